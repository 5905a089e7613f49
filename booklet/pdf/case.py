"""The type case of a process: faces that were cut for one piece serve the next ones, and those of later runs.

A cut holds more than a piece needs once it is shared. That changes no page: glyphs keep their numbers, and everything
that a page may ever set beside its own text is in every cut (`type.ADDED`).
"""

from __future__ import annotations

import atexit
import functools
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from booklet import fonts
from booklet.cache import Cache, Lost, tool
from booklet.diagnostics import Noted
from booklet.fonts import Face
from booklet.pdf import type
from booklet.pdf.fetcher import ROOT, fetcher

CASE = "case/1"
COMMON = {
    "zh": ("gb2312", 0xB0, 0xD8),
    "zh-Hant": ("big5", 0xA4, 0xC7),
    "ja": ("euc_jp", 0xB0, 0xD0),
    "ko": ("euc_kr", 0xB0, 0xC9),
}
"""The rows of a double-byte character set that hold the common characters of a language, or of its region."""
HELD = 4
"""Cases that a process holds: its book has few languages."""


@dataclass(frozen=True, slots=True)
class Case:
    """`sheet`: the `@font-face` rules, read with the configuration. What lies there depends on `characters` alone."""

    characters: frozenset[int]
    configuration: Any
    sheet: Any


_held: dict[tuple[Face, ...], Case] = {}
atexit.register(_held.clear)  # a configuration keeps its files in a temporary folder


def case(faces: tuple[Face, ...], text: str, language: str, cache: Cache | None = None) -> Case:
    """Faces that have at least the characters of a text, as far as they have them at all. `cache` keeps them."""
    wanted = type.characters(text)
    held = _held.pop(faces, None)
    if held is None or not wanted <= held.characters:
        wanted |= held.characters if held else frozenset()
        held = _of_disk(faces, wanted, language, cache) if cache else own(faces, wanted | common(language))
    _held[faces] = held
    while len(_held) > HELD:
        _held.pop(next(iter(_held)))
    return held


def _of_disk(faces: tuple[Face, ...], wanted: frozenset[int], language: str, cache: Cache) -> Case:
    """The case that was kept last, if it has the characters; else a larger one, which is kept in its place."""
    inputs = [tool(), language, *(f"{face!r} {face.digest}" for face in faces)]
    found = cache.known_json(CASE, inputs)
    kept: Any = found.value if found is not None else {"characters": [], "files": {}}
    characters = frozenset(kept["characters"])
    if wanted <= characters:
        with suppress(Lost):
            return _read(faces, characters, {key: cache.store.get(digest) for key, digest in kept["files"].items()})
    wanted |= characters | common(language)
    files = type.files(faces, wanted)
    digests = {key: cache.store.put(data) for key, data in files.items()}
    cache.forget(CASE, inputs)
    cache.remember_json(CASE, inputs, lambda: Noted({"characters": sorted(wanted), "files": digests}))
    cache.store.drop({*kept["files"].values()} - {*digests.values()})
    return _read(faces, wanted, files)


def own(faces: tuple[Face, ...], characters: frozenset[int]) -> Case:
    """Faces with these characters and no others."""
    return _read(faces, characters, type.files(faces, characters))


def _read(faces: tuple[Face, ...], characters: frozenset[int], files: Mapping[str, bytes]) -> Case:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    configuration = FontConfiguration()
    fetch = fetcher(files, (), _nothing, {})
    sheet = CSS(string=type.rules(faces), font_config=configuration, url_fetcher=fetch, base_url=ROOT)
    return Case(characters, configuration, sheet)


@functools.cache
def common(language: str) -> frozenset[int]:
    """The characters that most texts of a language are written with; none where the alphabet is in every cut."""
    name = fonts.region(language) or language.split("-")[0]
    if name not in COMMON:
        return frozenset()
    coding, first, last = COMMON[name]
    pairs = (bytes((high, low)) for high in range(first, last) for low in range(0x40, 0xFF))
    return frozenset(ord(c) for pair in pairs for c in pair.decode(coding, "ignore") if ord(c) > 0x2E80)


def _nothing(digest: str) -> bytes:
    raise LookupError(digest)

"""The type case of a process: faces that were cut for one piece serve the next ones.

A cut holds more than a piece needs once it is shared. That changes no page: glyphs keep their numbers, and everything
that a page may ever set beside its own text is in every cut (`type.ADDED`).
"""

from __future__ import annotations

import atexit
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from booklet import fonts
from booklet.fonts import Face
from booklet.pdf import type
from booklet.pdf.fetcher import ROOT, fetcher

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


def case(faces: tuple[Face, ...], text: str, language: str) -> Case:
    """Faces that have at least the characters of a text, as far as they have them at all."""
    wanted = type.characters(text)
    held = _held.pop(faces, None)
    if held is None or not wanted <= held.characters:
        held = own(faces, wanted | (held.characters | common(language) if held else frozenset()))
    _held[faces] = held
    while len(_held) > HELD:
        _held.pop(next(iter(_held)))
    return held


def own(faces: tuple[Face, ...], characters: frozenset[int]) -> Case:
    """Faces with these characters and no others."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    configuration = FontConfiguration()
    files: Mapping[str, bytes] = type.files(faces, characters)
    fetch = fetcher(files, (), _nothing, {})
    sheet = CSS(string=type.rules(faces), font_config=configuration, url_fetcher=fetch, base_url=ROOT)
    return Case(characters, configuration, sheet)


@cache
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

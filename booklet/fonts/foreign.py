"""Fonts that a theme (`[fonts]` in theme.toml) or an author (`[pdf.fonts]` in booklet.toml) names.

song = "fonts/MySong.otf"        a file, relative to the theme or to the project
hei-700 = "Source Han Sans SC"   a family that is installed on this machine
kai = "LXGW WenKai"              a new family for style sheets: "Booklet Kai"
"""

from __future__ import annotations

import hashlib
import io
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from booklet.diagnostics import failure
from booklet.fonts.faces import Face

NAME = re.compile(r"([a-z]+)(?:-([1-9]00))?(-italic)?")
SUFFIXES = (".otf", ".ttf", ".ttc", ".otc")
FOLDERS = {
    "win32": ("C:/Windows/Fonts", "~/AppData/Local/Microsoft/Windows/Fonts"),
    "darwin": ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"),
    "linux": ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts"),
}
EMOJI = "Noto Color Emoji"


def own(themes: Iterable[Path], author: Mapping[str, str], root: Path) -> tuple[Face, ...]:
    """The fonts of the theme folders, the first one first, and over them the author's."""
    faces = [face for folder in reversed(tuple(themes)) for face in named(_table(folder), folder)]
    return (*faces, *named(author, root))


def _table(folder: Path) -> dict[str, str]:
    table: dict[str, str] = tomllib.loads((folder / "theme.toml").read_text("utf-8")).get("fonts", {})
    return table


def named(fonts: Mapping[str, str], folder: Path) -> tuple[Face, ...]:
    """The faces of a table of fonts. BookletError (exit 4) for a name, a file or a family that is none."""
    return tuple(_face(name, value, folder) for name, value in fonts.items())


def _face(name: str, value: str, folder: Path) -> Face:
    match = NAME.fullmatch(name)
    if not match:
        hint = "song, hei-700, roman-400-italic: a family, its weight, its slant"
        raise failure("fonts/unknown", f"{name!r} is no name of a font", hint=hint)
    weight, slanted = int(match[2] or 400), match[3] is not None
    file, index = (folder / value, 0) if value.lower().endswith(SUFFIXES) else family(value, weight, slanted)
    if not file.is_file():
        raise failure("fonts/unknown", f"the font file {value} of {name!r} is not there")
    content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    pins = _pins(content, index, weight, value)
    return Face(f"Booklet {match[1].capitalize()}", weight, slanted, "", str(file), pins, sha256=digest, index=index)


def _pins(content: bytes, index: int, weight: int, value: str) -> tuple[tuple[str, float], ...]:
    """A variable font stands still: at the weight that it was named for, all else at its default."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        font = TTFont(io.BytesIO(content), fontNumber=index, lazy=True)
        axes = font["fvar"].axes if "fvar" in font else []
    except (TTLibError, OSError, ValueError) as problem:
        raise failure("fonts/unreadable", f"{value} is no font that can be read: {problem}") from None
    places = {axis.axisTag: axis.defaultValue for axis in axes}
    for axis in axes:
        if axis.axisTag == "wght":
            places["wght"] = min(max(weight, axis.minValue), axis.maxValue)
    return tuple(sorted(places.items()))


def family(name: str, weight: int = 400, slanted: bool = False) -> tuple[Path, int]:
    """The file of an installed family, and the font's place in it. BookletError where there is none."""
    found = [font for font in installed_fonts() if name.casefold() in font[2]]
    if not found:
        hint = "name a file instead: a path that ends in .otf or .ttf"
        raise failure("fonts/unknown", f"no font family {name!r} is installed on this machine", hint=hint)
    best = min(found, key=lambda font: (font[4] != slanted, abs(font[3] - weight), str(font[0]), font[1]))
    return best[0], best[1]


@cache
def installed_fonts() -> tuple[tuple[Path, int, frozenset[str], int, bool], ...]:
    """File, place in it, names of the family, weight and slant of every font in the folders of this system."""
    return tuple(font for file in _files() for font in _described(file))


def _files() -> Iterator[Path]:
    for folder in FOLDERS.get(sys.platform, FOLDERS["linux"]):
        root = Path(folder).expanduser()
        yield from sorted(file for file in root.rglob("*") if file.suffix.lower() in SUFFIXES)


def _described(file: Path) -> Iterator[tuple[Path, int, frozenset[str], int, bool]]:
    from fontTools.ttLib import TTCollection, TTFont, TTLibError

    try:
        fonts = (
            TTCollection(file, lazy=True).fonts
            if file.suffix.lower() in (".ttc", ".otc")
            else [TTFont(file, lazy=True)]
        )
        for index, font in enumerate(fonts):
            names = {str(record).casefold() for record in font["name"].names if record.nameID in (1, 16)}
            os2: Any = font["OS/2"]
            yield file, index, frozenset(names), int(os2.usWeightClass), bool(os2.fsSelection & 1)
    except (TTLibError, OSError, KeyError, ValueError, UnicodeError):
        return  # a broken font of this machine is not the author's concern


@cache
def emoji() -> tuple[Face, ...]:
    """The colour emoji of this machine (Debian: fonts-noto-color-emoji), if there are any."""
    found = [font for font in installed_fonts() if EMOJI.casefold() in font[2]]
    if not found:
        return ()
    content = found[0][0].read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return (Face("Booklet Emoji", 400, False, "", str(found[0][0]), sha256=digest),)

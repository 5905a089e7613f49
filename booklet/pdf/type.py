"""The faces of one piece: cut to its characters, as style sheet and files."""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable

from booklet import fonts
from booklet.fonts import Face
from booklet.pdf.slots import CHARACTERS

ADDED = f"{string.printable}□•◦▪‣–\u2010\u2026"
"""What the engine sets without being told to: list markers, counters, the anchor of a formula's text."""
SVG = re.compile(r"asset:([0-9a-f]{64})\.svg")
EMOJI = re.compile("[\U0001f000-\U0001faff\u231a-\u27bf\u2b50\u2b55\ufe0f]")
BLANK = "□"
"""The mark for a character that is not there (缺字)."""
INVISIBLE = frozenset(map(ord, "\u00ad\u200b\u200c\u200d\u2060\u2061\ufe0e\ufe0f\ufeff\t\n\r \u00a0\u3000"))


def used(css: Iterable[str], language: str, own: Iterable[Face] = ()) -> tuple[Face, ...]:
    """The faces whose families a style sheet names, with the glyphs of a language's region (`fonts.chosen`)."""
    text = "\n".join(css)
    return tuple(face for face in fonts.chosen(language, own) if f'"{face.family}"' in text)


def characters(text: str) -> frozenset[int]:
    """All that a text may need, whatever its style makes of it."""
    return frozenset(map(ord, text + text.upper() + CHARACTERS + ADDED))


def files(faces: Iterable[Face], wanted: frozenset[int]) -> dict[str, bytes]:
    """Each face cut to the characters that it has of these."""
    return {face.key: fonts.cut(face, wanted & fonts.covers(face)) for face in faces}


def drawn_text(html: str, asset: Callable[[str], bytes]) -> str:
    """The text inside the SVG pictures of a piece: it is set in the book's faces too."""
    digests = dict.fromkeys(SVG.findall(html))
    return "".join(asset(digest).decode("utf-8", "replace") for digest in digests)


def rules(faces: Iterable[Face]) -> str:
    """`@font-face` rules for the files. Their features are what the Han faces need: pairs of marks closed up."""
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
        f"font-style: {'italic' if face.slanted else 'normal'}; src: url(font:{face.key}) }}"
        for face in faces
    )


def missing(text: str, faces: Iterable[Face]) -> tuple[str, ...]:
    """The characters that no face has, in order."""
    known = frozenset().union(*(fonts.covers(face) for face in faces)) | INVISIBLE
    return tuple(sorted({c for c in text if ord(c) not in known and c.isprintable()}))


def filled(html: str, lost: Iterable[str]) -> str:
    """A document with a □ for each character that no face has: PDF/A forbids `.notdef` (ISO 19005-3 §6.2.11.8)."""
    return html.translate(dict.fromkeys(map(ord, lost), BLANK))

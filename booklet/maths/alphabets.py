"""Mathematical alphabets: `mathvariant` as characters, which MathML Core asks for (MathML Core §4.2, appendix C)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

STYLES = {
    "bold": "BOLD",
    "italic": "ITALIC",
    "bold-italic": "BOLD ITALIC",
    "script": "SCRIPT",
    "bold-script": "BOLD SCRIPT",
    "fraktur": "FRAKTUR",
    "bold-fraktur": "BOLD FRAKTUR",
    "double-struck": "DOUBLE-STRUCK",
    "sans-serif": "SANS-SERIF",
    "bold-sans-serif": "SANS-SERIF BOLD",
    "sans-serif-italic": "SANS-SERIF ITALIC",
    "sans-serif-bold-italic": "SANS-SERIF BOLD ITALIC",
    "monospace": "MONOSPACE",
}
ELSEWHERE = {"ITALIC SMALL H": "PLANCK CONSTANT"}


def styled(text: str, variant: str) -> str:
    """The text in another alphabet; characters that it lacks stay as they are."""
    return "".join(_letter(character, variant) for character in text)


@cache
def _letter(character: str, variant: str) -> str:
    """Letters that were in Unicode before the alphabets were added lie elsewhere, under an older name."""
    style = STYLES.get(variant)
    kind, _, name = unicodedata.name(character, "").replace(" LETTER ", " ").partition(" ")
    if style is None or kind not in ("LATIN", "GREEK", "DIGIT"):
        return character
    letter = f"{style} {'DIGIT ' if kind == 'DIGIT' else ''}{name}"
    older = ELSEWHERE.get(letter, letter.replace("FRAKTUR", "BLACK-LETTER"))
    for candidate in (f"MATHEMATICAL {letter}", older):
        try:
            return unicodedata.lookup(candidate)
        except KeyError:
            continue
    return character


def drawn(text: Iterable[str]) -> set[int]:
    """The code points that a reader may draw for a text: a variable of one letter is set in italics."""
    characters = set(text)
    return {*map(ord, characters), *(ord(_letter(character, "italic")) for character in characters)}

"""A formula as plain text, for contents entries and bookmarks, which hold no MathML: √dₖ for `\\sqrt{d_k}`."""

from __future__ import annotations

import unicodedata
from typing import Any

UP = str.maketrans("0123456789+-−=()niT", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵀ")
DOWN = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
INVISIBLE = {ord(character): None for character in "\u2061\u2062\u2063\u2064\u200b"}
ACCENTS = {"^": "\u0302", "~": "\u0303", "¯": "\u0304", "→": "\u20d7", "˙": "\u0307", "¨": "\u0308", "ˆ": "\u0302"}
ACCENTS |= {"˜": "\u0303", "‾": "\u0304", "―": "\u0304"}


def words(mathml: str) -> str:
    """The text of a `<math>` element as one would type it in a line."""
    from lxml import etree

    return unicodedata.normalize("NFC", " ".join(_of(etree.fromstring(mathml.encode())).split()))


def _of(element: Any) -> str:
    from lxml import etree

    name = etree.QName(element).localname
    if name in ("annotation", "annotation-xml"):
        return ""
    parts = [_of(child) for child in element]
    if name in SHAPES and len(parts) in (len(SHAPES[name]), 0):
        return "".join(_placed(how, part) for how, part in zip(SHAPES[name], parts, strict=False))
    if name == "msqrt":
        return f"√{_grouped(''.join(parts))}"
    if name == "mfrac" and len(parts) == 2:
        return f"{_grouped(parts[0])}/{_grouped(parts[1])}"
    return (element.text or "").translate(INVISIBLE) + "".join(parts)


SHAPES = {
    "msub": ("", "_"),
    "msup": ("", "^"),
    "msubsup": ("", "_", "^"),
    "munder": ("", "_"),
    "mover": ("", "~"),
    "munderover": ("", "_", "^"),
}


def _placed(how: str, part: str) -> str:
    if how == "~":
        return ACCENTS.get(part) or _placed("^", part)
    table = {"_": DOWN, "^": UP}.get(how)
    if table is None:
        return part
    moved = part.translate(table)
    plain = moved == part or any(a == b for a, b in zip(part, moved, strict=True))
    return f"{how}{_grouped(part)}" if plain and part else moved


def _grouped(part: str) -> str:
    return part if len(part) < 2 or part.isalnum() or (part[0].isalpha() and len(part) == 2) else f"({part})"

"""Where everything stands in the book: pages, folios, destinations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from booklet.diagnostics import failure
from booklet.pdf.model import LaidOut

ROMAN = tuple(
    zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "m cm d cd c xc l xl x ix v iv i".split(), strict=True)
)
FRONT = ("cover", "front")
"""Kinds of pieces whose pages are numbered in roman figures."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """`first`: the first page of each piece, from 0; `labels`: the folio of every page; `places`: see `Place`."""

    first: tuple[int, ...]
    labels: tuple[str, ...]
    front: int
    places: dict[str, tuple[int, float, float]]
    blanks: tuple[bool, ...]
    """Whether a blank page stands before each piece: it opens on a right-hand page, the back cover on a left."""


def assign(pieces: Sequence[LaidOut], two_sided: bool) -> Addresses:
    """Roman folios for the front matter, arabic from 1 for the rest. BookletError when an id is defined twice."""
    first: list[int] = []
    blanks: list[bool] = []
    places: dict[str, tuple[int, float, float]] = {}
    page = front = 0
    for piece in pieces:
        blank = two_sided and (page % 2 == 1) != (piece.kind == "end")
        page += blank
        blanks.append(blank)
        first.append(page)
        for name, (number, x, y) in piece.destinations.items():
            if name in places:
                raise failure("pdf/duplicate-id", f"#{name} stands in the book twice")
            places[name] = (page + number, x, y)
        page += piece.pages
        front = page if piece.kind in FRONT else front
    front += two_sided and front % 2 == 1
    labels = tuple(roman(n + 1) if n < front else str(n + 1 - front) for n in range(page))
    return Addresses(tuple(first), labels, front, places, tuple(blanks))


def roman(number: int) -> str:
    """Lower-case roman figures."""
    result = ""
    for value, letters in ROMAN:
        result += letters * (number // value)
        number %= value
    return result

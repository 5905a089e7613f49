"""Which page stands where on which sheet: arithmetic alone, so that a test can fold it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Folding:
    """`signature`: pages stitched together, a multiple of four, 0 for all; `creep`: mm a sheet; `duplex`: the edge
    over which the printer turns the paper."""

    signature: int = 0
    creep: float = 0
    duplex: Literal["short-edge", "long-edge"] = "short-edge"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet. Pages from 0; None is blank. `depth`: how many sheets of the signature lie around it."""

    sheet: int
    front: bool
    left: int | None
    right: int | None
    depth: int


def order(pages: int, folding: Folding) -> tuple[Side, ...]:
    """The sides in the order in which they are printed. The last page of the book is the last of the last signature.

    A signature of n leaves is n / 4 sheets, each folded once and laid into the one before.  On the outermost sheet the
    front holds the last page left and the first one right, the back the second left and the last but one right.
    """
    total = -(-pages // 4) * 4
    places: list[int | None] = [*range(pages - 1), *[None] * (total - pages), *([pages - 1] if pages else [])]
    size = folding.signature or total
    sides: list[Side] = []
    for start in range(0, total, max(size, 4)):
        sides += _signature(places[start : start + size], start // 4)
    return tuple(sides)


def _signature(pages: list[int | None], first: int) -> list[Side]:
    sides: list[Side] = []
    last = len(pages) - 1
    for depth in range(len(pages) // 4):
        n = 2 * depth
        sides.append(Side(first + depth, True, pages[last - n], pages[n], depth))
        sides.append(Side(first + depth, False, pages[n + 1], pages[last - n - 1], depth))
    return sides


def sides(pages: int, folding: Folding) -> int:
    """How many pages the imposed file has."""
    return len(order(pages, folding))

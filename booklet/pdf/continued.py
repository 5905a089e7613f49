"""A formula that a line may break is several images, and one element of the structure (PDF 32000-1 §14.8.4.5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from booklet.pdf.formulas import CONTINUED, SPOKEN

Element = Any


def join(elements: Sequence[Element], nums: Any, entry: dict[int, int]) -> None:
    """Later pieces give their marks to the first and leave the tree.

    `elements`: the structure in reading order; `nums`: the parent tree, in which `entry` finds a page's row.
    """
    first: Element = None
    for element in elements:
        spoken = str(element.get("/Alt", "")) if str(element.get("/S")) == "/Figure" else ""
        if spoken.startswith(SPOKEN):
            first = element
        elif spoken == CONTINUED:
            _give(element, first, nums, entry)
            leave(element)


def _give(later: Element, first: Element, nums: Any, entry: dict[int, int]) -> None:
    import pikepdf

    kids = list(first.K)
    for mark in later.K:
        if isinstance(mark, pikepdf.Dictionary):  # the piece's part of a link
            nums[entry[int(mark.Obj.StructParent)]] = first
            kids.append(mark)
            continue
        number = int(mark)
        nums[entry[int(later.Pg.StructParents)]][number] = first
        if later.Pg.objgen == first.Pg.objgen:
            kids.append(number)
        else:
            kids.append(pikepdf.Dictionary({"/Type": pikepdf.Name.MCR, "/Pg": later.Pg, "/MCID": number}))
    first.K = pikepdf.Array(kids)


def leave(element: Element) -> None:
    """Take an element, with all that it holds, from the one that it stands in."""
    import pikepdf

    above = element.P
    above.K = pikepdf.Array([kid for kid in above.K if not _same(kid, element)])


def _same(kid: Any, element: Element) -> bool:
    import pikepdf

    return isinstance(kid, pikepdf.Dictionary) and kid.objgen == element.objgen

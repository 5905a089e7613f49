"""Spans that say nothing are no elements of the structure: every box of a line is one, two fifths of a book's objects.

A Span groups words that share a property (PDF 32000-1 §14.8.4.4.1). One that has none hands its marks to the element
that it stands in, or, where that may hold no words itself, to the Span before it.  What is read is the same; the book
is smaller and sooner linked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

Element = Any
BARE = frozenset(("/Type", "/S", "/P", "/K", "/Pg"))
SILENT = ("/Span", "/NonStruct")
HOLDERS = frozenset((*SILENT, *(f"/{kind}" for kind in "P H1 H2 H3 H4 H5 H6 LBody Lbl TD TH Caption Link".split())))
"""Elements that may hold words themselves (§14.8.4.3, §14.8.4.4)."""


def dissolve(elements: Sequence[Element], nums: Any, entry: dict[int, int]) -> None:
    """`elements`: children before their parents; `nums`: the parent tree, in which `entry` finds a page's row."""
    import pikepdf

    for element in elements:
        inside = _kids(element)
        silent = sum(map(_is_silent, inside))
        if silent and str(element.S) in HOLDERS:
            element.K = pikepdf.Array([new for kid in inside for new in _given(kid, element, nums, entry)])
        elif silent > 1:
            element.K = pikepdf.Array(_merged(inside, nums, entry))


def _kids(element: Element) -> list[Any]:
    import pikepdf

    found = element.get("/K")
    return list(found) if isinstance(found, pikepdf.Array) else [] if found is None else [found]


def _is_silent(kid: Any) -> bool:
    """Is it a Span, or what groups for no purpose, without properties, that holds nothing but marks?"""
    import pikepdf

    if not isinstance(kid, pikepdf.Dictionary) or str(kid.get("/S")) not in SILENT or not set(kid.keys()) <= BARE:
        return False
    marks = _kids(kid)
    return all(not isinstance(mark, pikepdf.Dictionary) or mark.get("/Type") == pikepdf.Name.MCR for mark in marks)


def _given(kid: Any, above: Element, nums: Any, entry: dict[int, int]) -> list[Any]:
    """What stands for a kid in the element above."""
    return list(_marks(kid, above, nums, entry)) if _is_silent(kid) else [kid]


def _merged(inside: Sequence[Any], nums: Any, entry: dict[int, int]) -> list[Any]:
    """Kids among which no two silent Spans stand side by side."""
    import pikepdf

    result: list[Any] = []
    for kid in inside:
        before = result[-1] if result and _is_silent(kid) and _is_silent(result[-1]) else None
        if before is None:
            result.append(kid)
        else:
            before.K = pikepdf.Array([*_kids(before), *_marks(kid, before, nums, entry)])
    return result


def _marks(old: Element, new: Element, nums: Any, entry: dict[int, int]) -> Iterator[Any]:
    """The marks of an element as another one holds them; the parent tree follows."""
    import pikepdf

    for mark in _kids(old):
        own = isinstance(mark, pikepdf.Dictionary)
        page, number = (mark.Pg, int(mark.MCID)) if own else (old.Pg, int(mark))
        if "/Pg" not in new:
            new.Pg = page
        nums[entry[int(page.StructParents)]][number] = new
        here = page.objgen == new.Pg.objgen
        yield number if here else pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=page, MCID=number)

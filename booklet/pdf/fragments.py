"""What goes over pages is one element of the structure: WeasyPrint makes one on each page.

A paragraph would be read out as two, and a section as many as it has pages (PDF 32000-1 §14.7.2: an element's content
may lie on several pages).  Tables stay apart: each part has heads of its own, to which its cells refer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Element = Any
NUMBER = "Fragment"
"""The key under which an element keeps the number of its HTML element until `join`."""
JOINED = frozenset(f"/{kind}" for kind in "Part Art Sect Div P H1 H2 H3 H4 H5 H6 BlockQuote Caption L LI LBody".split())


def numbered(plain: Any) -> Any:
    """WeasyPrint's `_build_box_tree`, which then numbers the elements of blocks: the parts of one have one number."""
    from weasyprint.formatting_structure import boxes

    numbers: dict[tuple[int, str], int] = {}

    def build(box: Any, *rest: Any) -> Iterator[Any]:
        block = isinstance(box, boxes.BlockLevelBox) and box.element is not None
        for element in plain(box, *rest):
            if block and NUMBER not in element:
                element[NUMBER] = numbers.setdefault((id(box.element), box.element_tag), len(numbers))
            yield element

    return build


def join(document: Element) -> None:
    """Join the parts of what stands below an element, whose pages follow each other; the numbers go."""
    import pikepdf

    document.K = pikepdf.Array(_joined([], list(document.get("/K", ())), {}))
    _forget(document)


def _joined(before: list[Any], later: list[Any], ends: dict[tuple[int, int], Any]) -> list[Any]:
    """Kids in which a part has gone into the one that it continues. `ends`: element → page of its last part."""
    for kid in later:
        first = _continued(before, kid, ends)
        if first is None:
            before.append(kid)
            continue
        _absorb(first, kid, ends)
        ends[first.objgen] = kid.Pg
    return before


def _continued(before: list[Any], kid: Any, ends: dict[tuple[int, int], Any]) -> Element | None:
    """The element of an earlier page that a kid is the next part of: of lists any item, since the lists that an item
    holds stand after it; else the last one.
    """
    if not _is_part(kid):
        return None
    for other in reversed(before):
        if _is_part(other) and (other[f"/{NUMBER}"], other.S) == (kid[f"/{NUMBER}"], kid.S):
            return other if ends.get(other.objgen, other.Pg).objgen != kid.Pg.objgen else None
        if str(kid.S) != "/LI":
            return None
    return None


def _is_part(kid: Any) -> bool:
    return _is_element(kid) and f"/{NUMBER}" in kid and str(kid.S) in JOINED


def _is_element(kid: Any) -> bool:
    import pikepdf

    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def _absorb(first: Element, part: Element, ends: dict[tuple[int, int], Any]) -> None:
    import pikepdf

    kids = list(part.get("/K", ()))
    for kid in kids:
        if _is_element(kid):
            kid.P = first
    first.K = pikepdf.Array(_joined(list(first.get("/K", ())), kids, ends))


def _forget(element: Element) -> None:
    waiting = [element]
    while waiting:
        element = waiting.pop()
        if f"/{NUMBER}" in element:
            del element[f"/{NUMBER}"]
        waiting += [kid for kid in element.get("/K", ()) if _is_element(kid)]

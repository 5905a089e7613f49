"""Lines to write on take what their page has left, so that nobody runs out of room beside white paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

ROOM = "lines"
"""The class of an element that holds lines to write on, one child each."""

MOST = 2
"""Lines that a room is given for each that it has."""


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A line of text, a picture, or an empty box, and the innermost section that it stands in."""

    box: Any
    section: Any

    @property
    def end(self) -> float:
        return float(self.box.position_y + self.box.margin_height())


def fill(document: Any) -> bool:
    """Give every page's rooms the lines that still fit below its last text, in the document's tree; were there any?

    Only where the last of the page belongs to the section of its last room: what follows has gone to the next page, and
    stays there, for all that is given fits.  The document must be rendered again then.
    """
    return sum(_fill(page._page_box) for page in document.pages) > 0


def _fill(page: Any) -> bool:
    rooms = [box for box in _rooms(page) if box.children]
    leaves = list(_leaves(page, None))
    if not rooms or not leaves or leaves[-1].section is None:
        return False
    last = next((leaf.section for leaf in reversed(leaves) if _inside(leaf.box, rooms[-1])), None)
    if last is not leaves[-1].section:
        return False
    height = rooms[-1].children[0].margin_height()
    left = int((_bottom(page) - max(leaf.end for leaf in leaves)) / height + 0.01)
    for n, room in enumerate(rooms):
        line = room.children[0].element
        for _ in range(min((left + n) // len(rooms), MOST * len(room.children))):
            room.element.append(line.makeelement(line.tag, dict(line.attrib)))
    return left > 0


def _bottom(page: Any) -> float:
    """Where the type area ends, above the footnotes of the page."""
    from weasyprint.formatting_structure import boxes

    notes = sum(child.margin_height() for child in page.children if isinstance(child, boxes.FootnoteAreaBox))
    return float(page.content_box_y() + page.height - notes)


def _rooms(box: Any) -> Iterator[Any]:
    """Whole rooms; one that goes on from or to another page is left as it is."""
    for child in getattr(box, "children", ()):
        if _is_room(child):
            if len(child.children) == len(child.element):
                yield child
        else:
            yield from _rooms(child)


def _is_room(box: Any) -> bool:
    return getattr(box, "element_tag", "") == "div" and ROOM in str(box.element.get("class")).split()


def _leaves(box: Any, section: Any) -> Iterator[_Leaf]:
    """What stands in the flow of a page, in order."""
    from weasyprint.formatting_structure import boxes

    for child in box.children:
        if isinstance(child, boxes.MarginBox | boxes.FootnoteAreaBox) or not child.is_in_normal_flow():
            continue
        inner = child.element if getattr(child, "element_tag", "") == "section" else section
        if isinstance(child, boxes.LineBox) or not getattr(child, "children", ()):
            yield _Leaf(child, inner)
        else:
            yield from _leaves(child, inner)


def _inside(leaf: Any, room: Any) -> bool:
    return any(leaf is line for line in room.children)

"""One area for a link, not one for every box inside it: a mark, a title, dots and a page number make eight.

Who goes from link to link with the keyboard came by each of them eight times (WCAG 2.2, 2.4.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

NEAR = 3.0
"""px that a box may reach over the edge of its link: an accent, a raised figure."""
Link = tuple[str, str, tuple[float, float, float, float], Any]
"""What WeasyPrint gathers from a page: kind, target, rectangle in px, box; a box comes before those inside it."""


def joined(plain: Any) -> Any:
    """WeasyPrint's `add_links`, without the areas that lie in another one of the same target."""

    def add_links(links_and_anchors: Any, *rest: Any) -> None:
        links, anchors = links_and_anchors
        plain((list(outermost(links)), anchors), *rest)

    return add_links


def outermost(links: Iterable[Link]) -> Iterator[Link]:
    """The links that lie in no other one."""
    last: dict[tuple[str, str], tuple[float, float, float, float]] = {}
    for kind, target, place, box in links:
        around = last.get((kind, target))
        if around is None or not _within(place, around):
            last[kind, target] = place
            yield kind, target, place, box


def _within(place: tuple[float, float, float, float], around: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = around
    return left - NEAR <= place[0] and top - NEAR <= place[1] and place[2] <= right + NEAR and place[3] <= bottom + NEAR

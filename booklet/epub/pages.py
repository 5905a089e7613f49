"""The printed page numbers: which place of the e-book each page of the PDF begins at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from booklet.convert.spots import PageMap
from booklet.epub.model import Line
from booklet.epub.settle import page_id


@dataclass(frozen=True, slots=True)
class PageList:
    """`marks`: place → labels of the pages that begin there; `lines`: the page list, in order."""

    marks: dict[str, list[str]] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()


def page_list(pages: PageMap, places: Sequence[tuple[str, str]]) -> PageList:
    """Every page of the PDF, each at its first place that the e-book has too.

    A page on which nothing begins, as in the middle of long code, or the contents, whose lines have no places, goes to
    the last place before it.  `places`: place and file, in the e-book's reading order.
    """
    numbers = {label: n for n, label in enumerate(pages.labels)}
    known = [(numbers[pages.folios[place]], place, file) for place, file in places if place in pages.folios]
    rising = [known[n] for n in _rising([page for page, _, _ in known])]
    first = {page: (place, file) for page, place, file in reversed(rising)}
    last = {page: (place, file) for page, place, file in rising}
    result = PageList({}, ())
    lines: list[Line] = []
    spot = places[0]
    for n, label in enumerate(pages.labels):
        place, file = first.get(n, spot)
        spot = last.get(n, spot)
        result.marks.setdefault(place, []).append(label)
        lines.append(Line(f"{file}#{page_id(label)}", label))
    return PageList(result.marks, tuple(lines))


def _rising(pages: Sequence[int]) -> list[int]:
    """Places of a longest run that never falls: what stands elsewhere on paper than on screen gives no page."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for n, page in enumerate(pages):
        length = bisect_right(tails, page)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1], ends[length : length + 1] = [page], [n]
    run: list[int] = []
    n = ends[-1] if ends else -1
    while n >= 0:
        run.append(n)
        n = before[n]
    return run[::-1]

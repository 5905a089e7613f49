"""Long lists in several pieces: a new chapter sets the pages of its neighbours anew, and no others."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
WHOLE = 400
"""Lines, some twenty pages of A5: a list up to so long is one piece, whose pages are all full."""
LEAST = 80
"""Lines of a run. Its last page may be short; the next one begins with a chapter."""
ONE_IN = 8
"""Of the chapters, about so many begin a run, once the one before is long enough."""


def runs(
    chapters: Sequence[T], lines: Callable[[T], int], name: Callable[[T], str], one_sided: bool
) -> list[Sequence[T]]:
    """The chapters in runs, which their ids divide: wherever a chapter is put in, most runs stay what they were.

    On two sides all of it is one run, since a page is a left or a right one by its number.
    """
    if not one_sided or sum(map(lines, chapters)) <= WHOLE:
        return [chapters]
    return list(_divided(chapters, lines, name))


def _divided(chapters: Sequence[T], lines: Callable[[T], int], name: Callable[[T], str]) -> Iterator[Sequence[T]]:
    start = count = 0
    for n, chapter in enumerate(chapters):
        if count >= LEAST and _begins(name(chapter)):
            yield chapters[start:n]
            start, count = n, 0
        count += lines(chapter)
    yield chapters[start:]


def _begins(name: str) -> bool:
    return hashlib.sha256(name.encode()).digest()[0] % ONE_IN == 0

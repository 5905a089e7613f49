"""Which parts of a Markdown text are prose: not code, not comments."""

from __future__ import annotations

import re
from collections.abc import Iterator

PREFIX = r"[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]+|>)*"
FENCE = re.compile(rf"^(?P<prefix>{PREFIX})(?P<fence>`{{3,}}|~{{3,}})(?P<info>[^\n]*)$", re.M)
COMMENT = re.compile(r"<!--.*?-->", re.S)
TICKS = re.compile(r"`+")
BLANK = re.compile(r"\n[ \t]*\n")
VERBATIM = re.compile(r"<(pre|code|script|style)\b[^>]*>.*?</\1\s*>", re.S | re.I)


def literal(text: str) -> Iterator[tuple[int, int]]:
    """The spans of `text` that are code or comments, in order, without overlap."""
    place = 0
    while match := _next(text, place):
        start, end = match
        yield start, end
        place = max(end, start + 1)


def _next(text: str, place: int) -> tuple[int, int] | None:
    """The first code or comment at or after `place`."""
    found = [span for find in (_fence, _ticks, _comment, _verbatim) if (span := find(text, place))]
    return min(found, default=None)


def _fence(text: str, place: int) -> tuple[int, int] | None:
    """A fenced block: to its closing fence, else to the end (CommonMark 4.5)."""
    for opening in FENCE.finditer(text, place):
        mark, info = opening["fence"], opening["info"]
        if mark[0] == "`" and "`" in info:
            continue
        closing = re.compile(rf"^[ \t>]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$", re.M)
        end = closing.search(text, opening.end())
        return opening.start("fence"), end.end() if end else len(text)
    return None


def _ticks(text: str, place: int) -> tuple[int, int] | None:
    """Inline code: a run of backticks and the next run of the same length in the same paragraph (CommonMark 6.1)."""
    for opening in TICKS.finditer(text, place):
        if opening.start() and text[opening.start() - 1] == "\\":
            continue
        if FENCE.match(text, text.rfind("\n", 0, opening.start()) + 1) and len(opening[0]) > 2:
            return None  # a fence: the other finder's, and everything before it has been seen
        blank = BLANK.search(text, opening.end())
        limit = blank.start() if blank else len(text)
        for closing in TICKS.finditer(text, opening.end(), limit):
            if len(closing[0]) == len(opening[0]):
                return opening.start(), closing.end()
    return None


def _comment(text: str, place: int) -> tuple[int, int] | None:
    match = COMMENT.search(text, place)
    return match.span() if match else None


def _verbatim(text: str, place: int) -> tuple[int, int] | None:
    match = VERBATIM.search(text, place)
    return match.span() if match else None

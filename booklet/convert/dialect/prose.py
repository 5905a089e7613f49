"""Which parts of a Markdown text are no prose: listings, inline code, comments, `<pre>` and what else is verbatim."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from booklet.convert.dialect.lines import Line, lines

TICKS = re.compile(r"`+")
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
VERBATIM = re.compile(r"<(pre|code|script|style|textarea|svg)\b[^<>]*>.*?</\1\s*>", re.S | re.I)
RAW_END = re.compile(r"</(pre|script|style|textarea|svg)\s*>", re.I)
RUNS_ON = ("text", "html", "maths")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch that is no prose. `rows` are the lines of a listing, `before` is the line that it begins in."""

    kind: Literal["fence", "indented", "ticks", "comment", "raw"]
    start: int
    end: int
    before: Line
    rows: tuple[Line, ...] = ()


def code(text: str) -> list[tuple[int, int]]:
    """Where code and comments lie, in order."""
    return [(span.start, span.end) for span in spans(text, list(lines(text)))]


def spans(text: str, rows: Sequence[Line]) -> list[Span]:
    """The stretches of `text`, whose lines are `rows`, that are no prose: in order, without overlap."""
    found: list[Span] = []
    n = 0
    while n < len(rows):
        kind = rows[n].kind
        if kind in ("open", "indented"):
            n = _block(rows, n, found)
        elif kind in ("comment", "raw"):
            n = _long(text, rows, n, found)
        elif kind == "blank":
            n += 1
        else:
            n = _run(text, rows, n, found, rows[n].content)
    return found


def _block(rows: Sequence[Line], n: int, found: list[Span]) -> int:
    """A fenced block with its fences, or an indented one without the blank lines after it; the row after it."""
    goes_on = ("code",) if rows[n].kind == "open" else ("indented", "blank")
    end = n + 1
    while end < len(rows) and rows[end].kind in goes_on and not (rows[end].first and rows[end].kind == "indented"):
        end += 1
    if rows[n].kind == "open":
        end += end < len(rows) and rows[end].kind == "close"
        found.append(Span("fence", rows[n].content, rows[end - 1].end, rows[n], tuple(rows[n:end])))
        return end
    while rows[end - 1].kind == "blank":
        end -= 1
    found.append(Span("indented", rows[n].content, rows[end - 1].end, rows[n], tuple(rows[n:end])))
    return end


def _long(text: str, rows: Sequence[Line], n: int, found: list[Span]) -> int:
    """A comment or raw text over several lines, and what stands behind it on its last line; the row after it."""
    row = rows[n]
    comment = row.kind == "comment"
    close = text.find("-->", row.content) if comment else -1
    match = RAW_END.search(text, row.content)
    end = close + 3 if close >= 0 else match.end() if match and not comment else len(text)
    found.append(Span("comment" if comment else "raw", row.content, end, row))
    while n < len(rows) and rows[n].end < end:
        n += 1
    return _run(text, rows, n, found, end) if n < len(rows) else n


def _run(text: str, rows: Sequence[Line], n: int, found: list[Span], start: int) -> int:
    """Inline code and comments in the lines of one paragraph, from `start` on; the row after it."""
    last = n + 1
    if rows[n].kind not in ("heading", "row"):
        while last < len(rows) and rows[last].kind in RUNS_ON and not rows[last].first:
            last += 1
    found += inline(text, start, rows[last - 1].end, rows[n])
    return last


def inline(text: str, start: int, end: int, before: Line) -> Iterator[Span]:
    """Inline code (CommonMark 6.1), comments, and elements whose text is no Markdown."""
    place = start
    while match := _next(text, place, end):
        yield Span(match[0], match[1], match[2], before)
        place = match[2]


Inline = tuple[Literal["ticks", "comment", "raw"], int, int]


def _next(text: str, place: int, end: int) -> Inline | None:
    found: list[Inline] = []
    if ticks := _ticks(text, place, end):
        found.append(("ticks", *ticks))
    if comment := COMMENT.search(text, place, end):
        found.append(("comment", *comment.span()))
    if raw := VERBATIM.search(text, place, end):
        found.append(("raw", *raw.span()))
    return min(found, key=lambda span: span[1], default=None)


def _quotes(text: str, place: int) -> bool:
    """Are these TeX's quotation marks, on a line that is a display formula: `$$\\text{``a''}$$`?"""
    before = text[text.rfind("\n", 0, place) + 1 : place]
    after = text[place:].partition("\n")[0]
    return before.lstrip(" \t>").startswith("$$") and before.count("$$") % 2 == 1 and "$$" in after


def _ticks(text: str, place: int, end: int) -> tuple[int, int] | None:
    """A run of backticks and the next run of the same length."""
    runs = [match.span() for match in TICKS.finditer(text, place, end) if not _quotes(text, match.start())]
    for n, (begin, after) in enumerate(runs):
        if begin and text[begin - 1] == "\\":
            continue
        for start, finish in runs[n + 1 :]:
            if finish - start == after - begin:
                return begin, finish
    return None

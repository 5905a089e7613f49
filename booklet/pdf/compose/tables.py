"""Tables that fit: a wide one is set smaller, one that is wider still is turned, on a page of its own."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.html import raw_block

SIZE, SMALL = 9.0, 8.0
"""pt of a table's type."""
GAP = 10.5
"""pt between two columns."""
READABLE = 5.0
"""em: a column of running words that is narrower cannot be read."""
LINE = 1.5
"""em: the line height of a table."""
UNIT = 18.0
"""pt: a line of the type area."""
LATIN = 0.56
"""em: a letter is about so wide."""
WORD = re.compile(r"[!-~\u00a0-\u024f]+")
DRAWN = re.compile(r"width:([\d.]+)em")


@dataclass(frozen=True, slots=True)
class _Cell:
    """em: all on one line, and the narrowest column that it can be read in."""

    whole: float
    least: float


def fitted(table: Node, measure: float, lines: int) -> Nodes:
    """The table in a `<div class="table">`, `.dense` or `.turned` where it needs it. `measure` in pt.

    Widths that pandoc reads off the source's dashes are dropped: columns take what their words need, and a column of
    short words (`.narrow`) is not broken.
    """
    cells = [[_cell(cell[4]) for cell in row] for row in _rows(table)]
    narrow = [max(cell.whole for cell in column) <= READABLE for column in _columns(cells)]

    def marked(row: Any) -> Any:
        return [row[0], [_marked(cell, n < len(narrow) and narrow[n]) for n, cell in enumerate(row[1])]]

    made = {**table, "c": _with_rows(table["c"], marked)}
    return [raw_block(f'<div class="table{_kind(cells, measure, lines)}">'), made, raw_block("</div>")]


def _with_rows(content: Nodes, change: Callable[[Any], Any]) -> Nodes:
    """A table's content with every row changed, its columns as wide as they need to be."""
    attr, caption, specs, head, bodies, foot = content
    free = [[align, {"t": "ColWidthDefault"}] for align, _ in specs]
    inside = [[a, n, [change(row) for row in top], [change(row) for row in rows]] for a, n, top, rows in bodies]
    ends = [[part[0], [change(row) for row in part[1]]] for part in (head, foot)]
    return [attr, caption, free, ends[0], inside, ends[1]]


def _marked(cell: Any, narrow: bool) -> Any:
    """The cell with the class of a narrow column."""
    (identifier, classes, pairs), *rest = cell
    return [[identifier, [*classes, *(["narrow"] if narrow else [])], pairs], *rest]


def _kind(rows: Sequence[Sequence[_Cell]], measure: float, lines: int) -> str:
    columns = list(_columns(rows))
    gaps = GAP * (len(columns) - 1)
    least = sum(max(cell.least for cell in column) for column in columns)
    if least * SIZE + gaps <= measure:
        return ""
    if least * SMALL + gaps > measure and _height(rows, lines * UNIT - gaps) <= measure:
        return " dense turned"
    return " dense"


def _columns(rows: Sequence[Sequence[_Cell]]) -> Iterator[list[_Cell]]:
    for n in range(max(map(len, rows), default=0)):
        yield [row[n] for row in rows if n < len(row)]


def _height(rows: Sequence[Sequence[_Cell]], width: float) -> float:
    """pt, roughly: every column gets its share of the width by what its widest cell needs."""
    widest = [max(cell.whole for cell in column) for column in _columns(rows)]
    share = min(1.0, width / SMALL / max(sum(widest), 1.0))
    lines = sum(
        max(
            (math.ceil(cell.whole / max(full * share, 1.0)) for cell, full in zip(row, widest, strict=False)), default=1
        )
        for row in rows
    )
    return (lines * LINE + len(rows) * 0.5) * SMALL


def _rows(table: Node) -> Iterator[list[Any]]:
    """The cells, row by row."""
    _, _, _, head, bodies, foot = table["c"]
    groups = [head[1], *(part for body in bodies for part in (body[2], body[3])), foot[1]]
    for _, cells in (row for rows in groups for row in rows):
        yield cells


def _cell(blocks: Nodes) -> _Cell:
    words = ast.plain(blocks)
    drawn = [float(found) for html in ast.of(blocks, "RawInline") for found in DRAWN.findall(html["c"][1])]
    latin = [len(word) * LATIN for word in WORD.findall(words)]
    whole = sum(latin) + len(WORD.sub("", words)) + sum(drawn)
    return _Cell(whole, max([min(whole, READABLE), *latin, *drawn]))

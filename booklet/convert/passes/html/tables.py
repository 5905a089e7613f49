"""HTML tables as pandoc's: rows that span, cells that are headings, captions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.dialect import Markup
from booklet.convert.passes.html.tree import Element, Item

ALIGN = {"left": "AlignLeft", "right": "AlignRight", "center": "AlignCenter"}
NONE: list[object] = ["", [], []]
WIDEST = 1000
"""Columns and rows that a cell may span (HTML 4.9.11)."""


def table(element: Element, blocks: Callable[[list[Item]], Nodes], words: Callable[[list[Item]], Nodes]) -> Nodes:
    """A `Table`; its blocks alone where it has no row. Text that stands in no cell comes before it."""
    rows = list(_rows(element))
    if not rows:
        return blocks(element.children)
    stray: list[Item] = [c for c in element.children if not isinstance(c, Element)]
    captions = [c for c in element.children if isinstance(c, Element) and c.tag.name == "caption"]
    heads = [row for row, head in rows if head] or _first_heads(rows)
    body = [row for row, _ in rows if not any(row is head for head in heads)]
    made = [[_row(row, blocks) for row in part] for part in (heads, body)]
    width = max((_width(row) for part in made for row in part), default=0)
    if not width:
        return blocks(stray)
    caption = [ast.node("Plain", words(captions[0].children))] if captions else []
    content = [
        NONE,
        [None, caption],
        [[ast.node("AlignDefault"), ast.node("ColWidthDefault")] for _ in range(width)],
        [NONE, made[0]],
        [[NONE, 0, [], made[1]]],
        [NONE, []],
    ]
    return [*blocks(stray), {"t": "Table", "c": content}]


def _rows(element: Element) -> Iterator[tuple[Element, bool]]:
    """Every row, and whether it stands in a `<thead>`."""
    for child in element.children:
        if isinstance(child, Element) and child.tag.name == "tr":
            yield child, element.tag.name == "thead"
        elif isinstance(child, Element) and child.tag.name in ("thead", "tbody", "tfoot"):
            yield from _rows(child)


def _first_heads(rows: list[tuple[Element, bool]]) -> list[Element]:
    """Without a `<thead>` the first row is one if all its cells are headings."""
    first = rows[0][0]
    names = [c.tag.name for c in first.children if isinstance(c, Element)]
    return [first] if names and all(name == "th" for name in names) and len(rows) > 1 else []


def _row(element: Element, blocks: Callable[[list[Item]], Nodes]) -> list[object]:
    cells = [_cell(c, blocks) for c in element.children if isinstance(c, Element) and c.tag.name in ("td", "th")]
    return [NONE, cells]


def _cell(element: Element, blocks: Callable[[list[Item]], Nodes]) -> list[object]:
    tag = element.tag
    inner = [{**b, "t": "Plain"} if b["t"] == "Para" else b for b in blocks(element.children)]
    style = re.search(r"text-align\s*:\s*(\w+)", tag.get("style"))
    align: Node = ast.node(ALIGN.get((tag.get("align") or (style[1] if style else "")).lower(), "AlignDefault"))
    return [NONE, align, _span(tag, "rowspan"), _span(tag, "colspan"), inner]


def _span(tag: Markup, name: str) -> int:
    number = tag.get(name)
    return min(max(int(number), 1), WIDEST) if number.isdecimal() and number.isascii() else 1


def _width(row: list[object]) -> int:
    return sum(cell[3] for cell in row[1])  # type: ignore[attr-defined]

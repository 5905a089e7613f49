"""Tables on a narrow screen: each cell knows its column's head, so that the theme can fold a row into lines."""

from __future__ import annotations

from typing import Any

from booklet.convert import ast
from booklet.convert.ast import Node

PHONE = 21.0
"""em of a table's small type in the width of a phone."""
WRAPPED = 9.0
"""em: what is longer is broken into lines of about so much."""
GAP = 1.0


def is_wide(table: Node) -> bool:
    """Are its columns, side by side, too many words for a phone?"""
    _, _, specs, head, bodies, _ = table["c"]
    rows = [row for _, _, first, rest in bodies for row in (*first, *rest)] + head[1]
    widths = [0.0] * len(specs)
    for _, cells in rows:
        for n, cell in enumerate(cells[: len(widths)]):
            widths[n] = max(widths[n], min(WRAPPED, _em(ast.plain(cell[4]))))
    return sum(widths) + GAP * len(widths) > PHONE


def _em(words: str) -> float:
    return sum(1.0 if ord(c) > 0x2E80 else 0.55 for c in words)


def labelled(table: Node) -> Node:
    """Every cell of the bodies with its head's words as `data-label`, where the table has one row of heads."""
    attr, caption, specs, head, bodies, foot = table["c"]
    heads = _words(head)
    if not heads:
        return table
    marked = [[a, n, first, [_row(row, heads) for row in rows]] for a, n, first, rows in bodies]
    return {**table, "c": [attr, caption, specs, head, marked, foot]}


def _words(head: list[Any]) -> list[str]:
    if len(head[1]) != 1:
        return []
    [[_, cells]] = head[1]
    words = [ast.plain(cell[4]).strip() for cell in cells]
    return words if any(words) else []


def _row(row: list[Any], heads: list[str]) -> list[Any]:
    attr, cells = row
    if len(cells) != len(heads) or any(cell[2] != 1 or cell[3] != 1 for cell in cells):
        return row
    return [attr, [_cell(cell, label) for cell, label in zip(cells, heads, strict=True)]]


def _cell(cell: list[Any], label: str) -> list[Any]:
    (identifier, classes, pairs), *rest = cell
    return [[identifier, classes, [*pairs, ["label", label]]], *rest]

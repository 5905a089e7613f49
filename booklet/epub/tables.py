"""Tables on a narrow screen: each cell knows its column's head, so that the theme can fold a row into lines."""

from __future__ import annotations

from typing import Any

from booklet.convert import ast
from booklet.convert.ast import Node

WIDE = 4
"""Columns that do not fit a phone."""


def columns(table: Node) -> int:
    return len(table["c"][2])


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

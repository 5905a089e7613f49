"""Tables on a narrow screen: each cell knows its column's head, so that the theme can fold a row into lines."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from booklet.convert import ast
from booklet.convert.ast import Node
from booklet.epub.formulas import spoken

PHONE = 21.0
"""em of a table's small type in the width of a phone."""
WRAPPED = 9.0
"""em: what is longer is broken into lines of about so much."""
GAP = 1.0


def is_wide(table: Node, drawn: Mapping[str, float]) -> bool:
    """Are its columns, side by side, too much for a phone? `drawn`: formulas as XHTML → em; they are never broken."""
    _, _, specs, head, bodies, _ = table["c"]
    rows = [row for _, _, first, rest in bodies for row in (*first, *rest)] + head[1]
    widths = [0.0] * len(specs)
    for _, cells in rows:
        for n, cell in enumerate(cells[: len(widths)]):
            formulas = [drawn.get(html["c"][1], 0.0) for html in ast.of(cell[4], "RawInline")]
            widths[n] = max(widths[n], min(WRAPPED, _em(ast.plain(cell[4])) + sum(formulas)), *formulas)
    return sum(widths) + GAP * len(widths) > PHONE


def opening(table: Node, drawn: Mapping[str, float], word: str) -> str:
    """The tag of the block around a table. One that is too wide for a phone folds there; where its heads are more than
    words, which is all that a folded row can repeat, it scrolls, and can be reached with the keyboard (WCAG 2.1.1)."""
    if not is_wide(table, drawn):
        return '<div class="table">'
    kind = "table" if _drawn_heads(table) else "table wide"
    return f'<div class="{kind}" tabindex="0" role="group" aria-label="{html.escape(word)}">'


def _drawn_heads(table: Node) -> bool:
    """Does the head hold formulas or pictures?"""
    return (
        next(ast.of([cell[4] for _, cells in table["c"][3][1] for cell in cells], "RawInline", "Image"), None)
        is not None
    )


def _em(words: str) -> float:
    return sum(1.0 if ord(c) > 0x2E80 else 0.55 for c in words)


def labelled(table: Node) -> Node:
    """Every cell of the bodies with its head's words as `data-label`, where the table has one row of heads."""
    attr, caption, specs, head, bodies, foot = table["c"]
    heads = _words(head)
    head = [head[0], [[row, [_named(cell) for cell in cells]] for row, cells in head[1]]]
    if not heads:
        return {**table, "c": [attr, caption, specs, head, bodies, foot]}
    marked = [[a, n, first, [_row(row, heads) for row in rows]] for a, n, first, rows in bodies]
    return {**table, "c": [attr, caption, specs, head, marked, foot]}


def _named(cell: list[Any]) -> list[Any]:
    """A head cell that is nothing but a formula has a name."""
    *rest, blocks = cell
    return [*rest, [_said(block) for block in blocks]]


def _said(block: Node) -> Node:
    return ast.with_inlines(block, spoken(block["c"])) if block["t"] in ("Plain", "Para") else block


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

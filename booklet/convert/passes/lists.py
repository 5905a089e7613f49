"""Headings written inside list items become headings of the chapter; empty items go."""

from __future__ import annotations

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.draft import Context
from booklet.diagnostics import Noted

LISTS = ("BulletList", "OrderedList")


def hoist(blocks: Nodes, context: Context) -> Noted[Nodes]:
    """An item that begins with a heading leaves its list as `Div(.item)[Header, the item's other blocks]`.

    The list is cut in two around it; nested lists likewise, so that no heading stays inside a list that begins with it.
    """
    return Noted(ast.rewrite(blocks, _cut))


def _cut(item: Node) -> Nodes | None:
    if item["t"] not in LISTS or not any(map(_begins_with_heading, items(item))):
        return None
    result: Nodes = []
    run: list[Nodes] = []
    for place, entry in enumerate(items(item)):
        if _begins_with_heading(entry):
            result += [*_list(item, run, place - len(run)), ast.div(["item"], entry)]
            run = []
        else:
            run.append(entry)
    return result + _list(item, run, len(items(item)) - len(run))


def items(item: Node) -> list[Nodes]:
    """The items of a list, each a list of blocks."""
    entries: list[Nodes] = item["c"] if item["t"] == "BulletList" else item["c"][1]
    return entries


def with_items(item: Node, entries: list[Nodes], skipped: int = 0) -> Node:
    """The list with other items; an ordered one starts `skipped` later."""
    if item["t"] == "BulletList":
        return {**item, "c": entries}
    start, style, delimiter = item["c"][0]
    return {**item, "c": [[start + skipped, style, delimiter], entries]}


def _begins_with_heading(entry: Nodes) -> bool:
    return bool(entry) and entry[0]["t"] == "Header"


def _list(item: Node, entries: list[Nodes], skipped: int) -> Nodes:
    return [with_items(item, entries, skipped)] if any(entries) else []


def tidy(blocks: Nodes, context: Context) -> Noted[Nodes]:
    """Items without content are left out, and lists without items."""

    def visit(item: Node) -> Node | Nodes | None:
        if item["t"] not in LISTS:
            return None
        kept = [entry for entry in items(item) if not is_empty(entry)]
        return with_items(item, kept) if kept else []

    return Noted(ast.rewrite(blocks, visit))


def is_empty(entry: Nodes) -> bool:
    """Blocks that hold nothing: no text, no picture, no formula."""
    return not any(
        part["t"] in ("Str", "Image", "Math", "Code", "CodeBlock", "Table", "RawInline", "RawBlock")
        for part in ast.walk(entry)
    )

"""How an answer is marked: criteria, each with its points, from the lists, lines and tables that authors write."""

from __future__ import annotations

from collections.abc import Iterator

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.passes.lists import LISTS, items
from booklet.convert.passes.scales import Points, points

BREAKS = ("LineBreak", "SoftBreak")
COLON, COMMA = "：:，,、—– ", "，,；;、 "


def marked(blocks: Nodes) -> Nodes:
    """The blocks, each criterion as `Div(.criterion low="8" high="10")`; what says nothing of points stays as it is."""
    result: Nodes = []
    for block in blocks:
        result += _marked(block)
    return result


def _marked(block: Node) -> Nodes:
    if block["t"] in LISTS:
        found = [_criterion(entry) for entry in items(block)]
        return found if any(ast.attribute(item)[2] for item in found) else [block]
    if block["t"] in ("Para", "Plain"):
        lines = list(_lines(block["c"]))
        found = [_criterion([ast.node("Para", line)]) for line in lines]
        scored = sum(bool(ast.attribute(item)[2]) for item in found)
        return found if scored == len(lines) else [block]
    if block["t"] == "Table":
        rows = [_row(row) for body in block["c"][4] for row in body[3]]
        return [row for row in rows if row] if rows and all(rows) else [block]
    return [block]


def _row(row: Node) -> Node | None:
    """A row of a table, one of whose cells is nothing but points, as a criterion: its other cells after another."""
    cells = [cell[4] for cell in row[1]]  # type: ignore[index]
    texts = [ast.plain(cell).strip() for cell in cells]
    found = [(n, worth) for n, text in enumerate(texts) if (worth := points(text)) and worth[1:] == (0, len(text))]
    if len(found) != 1 or any(len(cell) > 1 for cell in cells):
        return None
    words: Nodes = []
    for n, cell in enumerate(cells):
        if n != found[0][0] and cell:
            words += [*([ast.node("Str", "：")] if words else []), *cell[0]["c"]]
    return ast.div(["criterion"], [ast.node("Para", words)], **_bounds(found[0][1][0]))


def _criterion(entry: Nodes) -> Node:
    """An item with its points taken out of its words."""
    first = entry[0] if entry and entry[0]["t"] in ("Para", "Plain") else None
    found = points(ast.plain(first["c"])) if first else None
    if first is None or found is None:
        return ast.div(["criterion"], entry)
    worth, start, end = found
    words = _joined(ast.cut(first["c"], start, end))
    head = [{"t": "Para", "c": words}] if ast.plain(words).strip() else []
    return ast.div(["criterion"], [*head, *entry[1:]], **_bounds(worth))


def _bounds(worth: Points) -> dict[str, str]:
    return {name: f"{value:g}" for name, value in zip(("low", "high"), worth, strict=True) if value is not None}


def _joined(inlines: Nodes) -> Nodes:
    """Without the colon, comma or space that stood between the points and the words."""
    flat = ast.plain(inlines)
    return ast.part(inlines, len(flat) - len(flat.lstrip(COLON)), len(flat.rstrip(COMMA)))


def _lines(inlines: Nodes) -> Iterator[Nodes]:
    """A paragraph's lines, or what stands between its semicolons."""
    line: Nodes = []
    for item in inlines:
        if item["t"] in BREAKS:
            yield line
            line = []
        elif item["t"] == "Str" and "；" in item["c"][:-1]:
            *before, last = item["c"].split("；")
            for text in before:
                yield [*line, ast.node("Str", text)]
                line = []
            line = [ast.node("Str", last)] if last else []
        elif item["t"] == "Str" and item["c"].endswith("；"):
            yield [*line, ast.node("Str", item["c"][:-1])]
            line = []
        else:
            line.append(item)
    if line:
        yield line

"""A display formula stands alone: the paragraph around it is split."""

from __future__ import annotations

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.draft import Context
from booklet.diagnostics import Noted

SPACES = ("Space", "SoftBreak", "LineBreak")
CLOSED = ("Table", "Strong", "Emph", "Link", "Quoted", "Strikeout", "Underline", "Header")


def split(blocks: Nodes, context: Context) -> Noted[Nodes]:
    """`Para` and `Plain` are cut at their display formulas; one in a table, a heading or inside words is set inline."""
    return Noted(ast.chain(blocks, (_set_inline, _cut)))


def is_display(item: Node) -> bool:
    """Is this the span of a display formula?"""
    return item["t"] == "Span" and ast.has_class(item, "formula") and item["c"][1][0]["c"][0]["t"] == "DisplayMath"


def _set_inline(item: Node) -> Node | None:
    return {**item, "c": ast.rewrite(item["c"], _inline)} if item["t"] in CLOSED else None


def _inline(item: Node) -> Node | None:
    if item["t"] == "Math" and item["c"][0]["t"] == "DisplayMath":
        return ast.node("Math", ast.node("InlineMath"), "\\displaystyle " + item["c"][1])
    return None


def _cut(item: Node) -> Nodes | None:
    if item["t"] not in ("Para", "Plain") or not any(map(is_display, item["c"])):
        return None
    parts: Nodes = []
    line: Nodes = []
    for inline in item["c"]:
        if is_display(inline):
            parts += [*_paragraph(line, bool(parts)), ast.div(["display"], [ast.node("Plain", [inline])])]
            line = []
        else:
            line.append(inline)
    return parts + _paragraph(line, bool(parts))


def _paragraph(inlines: Nodes, continues: bool) -> Nodes:
    """The words before, between or after formulas; what follows one continues its paragraph."""
    words = trimmed(inlines)
    if not words:
        return []
    paragraph: Node = {"t": "Para", "c": words}
    return [ast.div(["cont"], [paragraph])] if continues else [paragraph]


def trimmed(inlines: Nodes) -> Nodes:
    """Without spaces and line ends at either end."""
    start, end = 0, len(inlines)
    while start < end and inlines[start]["t"] in SPACES:
        start += 1
    while end > start and inlines[end - 1]["t"] in SPACES:
        end -= 1
    return inlines[start:end]

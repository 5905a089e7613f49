"""The classes by which passes and back-ends know a question, a formula, a missing picture are the book's own."""

from __future__ import annotations

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.draft import Context
from booklet.diagnostics import Noted

OWN = frozenset(
    "question answered unfinished unanswered answer formula display cont missing item "
    "asked focus rubric criterion".split()
)


def free(blocks: Nodes, context: Context) -> Noted[Nodes]:
    """Without such classes on what the author marked with them (`::: question`, `[x]{.formula}`)."""

    def visit(item: Node) -> Node | None:
        identifier, classes, pairs = ast.attribute(item)
        if item["t"] not in ("Div", "Span") or OWN.isdisjoint(classes):
            return None
        return ast.with_attribute(item, [identifier, [name for name in classes if name not in OWN], pairs])

    return Noted(ast.rewrite(blocks, visit))

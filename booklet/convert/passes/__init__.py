"""Passes over the AST of one post, in the order in which they run. Each takes blocks and gives new blocks."""

from __future__ import annotations

from collections.abc import Callable

from booklet.convert.ast import Nodes
from booklet.convert.draft import Context
from booklet.convert.passes import alerts, displays, headings, html, lists, placeholders, questions, reserved, tokens
from booklet.diagnostics import Diagnostic, Noted

Pass = Callable[[Nodes, Context], Noted[Nodes]]

PASSES: tuple[tuple[str, Pass], ...] = (
    ("the book's own classes kept free", reserved.free),
    ("formulas and line numbers into place", tokens.restore),
    ("raw HTML rebuilt, or dropped", html.allow),
    ("alerts as asides", alerts.alerts),
    ("display formulas stand alone", displays.split),
    ("headings out of list items", lists.hoist),
    ("ids and levels of headings", headings.identify),
    ("the thank-you tail left out", placeholders.drop_tail),
    ("questions and answers recognised", questions.wrap),
    ("placeholder text left out", placeholders.drop_sections),
    ("empty list items left out", lists.tidy),
)


def run(blocks: Nodes, context: Context) -> Noted[Nodes]:
    """All passes, one after the other, with what they noticed."""
    notes: list[Diagnostic] = []
    for _, step in PASSES:
        result = step(blocks, context)
        blocks = result.value
        notes += result.notes
    return Noted(blocks, tuple(notes))

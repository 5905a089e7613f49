"""Titles of chapters and headings outside of their chapters: in the contents and in the list of questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from booklet.convert import ast, han
from booklet.convert.ast import Node, Nodes
from booklet.convert.html import fragments, raw
from booklet.model import Formula
from booklet.pdf.displays import Fold, fitted, rooms, shown
from booklet.pdf.formulas import key

Asked = tuple[Sequence[tuple[int, Formula]], Sequence[Nodes]]
"""The formulas in the headings of a chapter (`Chapter.titled`), and titles of it and its headings."""


def anywhere(titled: Sequence[tuple[int, Formula]]) -> tuple[tuple[int, Formula], ...]:
    """Formulas of headings, wherever they stand in the post: a list of titles does not depend on that."""
    return tuple((n, replace(formula, line=0)) for n, formula in titled)


class Titles:
    """Written for a measure in em. `used`: the formulas that were shown, by their addresses."""

    def __init__(self, language: str, measure: float, fold: Fold) -> None:
        self.language, self.measure, self.fold = language, measure, fold
        self.used: dict[str, Formula] = {}

    def write(self, asked: Sequence[Asked]) -> list[list[str]]:
        """The titles as HTML, chapter by chapter. Pandoc starts once for all of them."""
        rows = [[self._set(inlines, dict(titled)) for inlines in titles] for titled, titles in asked]
        html = iter(fragments([title for row in rows for title in row]))
        return [[next(html) for _ in row] for row in rows]

    def _set(self, inlines: Nodes, formulas: dict[int, Formula]) -> Nodes:
        room = rooms([ast.node("Header", 2, ast.attributes(), inlines)], self.measure)

        def visit(item: Node) -> Node | None:
            if item["t"] != "Span" or not ast.has_class(item, "formula"):
                return None
            n = int(ast.value(item, "n") or 0)
            formula = fitted(formulas[n], room[n], self.fold)
            if formula.drawing is not None:
                self.used[key(formula)] = formula
            return raw(shown(formula, room[n]))

        result: Nodes = ast.rewrite(han.typeset(inlines, self.language), visit)
        return result

"""Formulas in an e-book: MathML, or SVG for readers that know no MathML."""

from __future__ import annotations

import html
import re
from typing import Literal

from booklet.convert import ast
from booklet.convert.ast import Nodes
from booklet.convert.html import raw
from booklet.epub.colours import GROUND, legible
from booklet.maths import svg
from booklet.model import Formula

Mode = Literal["mathml", "svg"]


LONG = 14.0
"""em: a formula that is longer may not fit a phone, and scrolls by itself there."""
TEX = re.compile(r'<math\b(?=[^>]*?\salttext="([^"]*)")')


def shown(formula: Formula, mode: Mode) -> str:
    """A formula as XHTML; the TeX in a box where it does not parse."""
    if formula.mathml is None or formula.drawing is None:
        return f'<code class="tex-error">{html.escape(formula.excerpt)}</code>'
    drawn = svg.inline(formula.drawing, formula.tex) if mode == "svg" else formula.mathml
    drawn = drawn if GROUND in formula.mathml else legible(drawn)
    long = not formula.display and formula.drawing["width"] > LONG
    return f'<span class="long-math" tabindex="0">{drawn}</span>' if long else drawn


def spoken(inlines: Nodes) -> Nodes:
    """The words of a link, a heading or a head cell: where they are formulas alone, each has its TeX as a name.

    MathML says nothing by itself where a name is computed (Accessible Name 1.2), and a link needs one (WCAG 2.4.4).
    """
    if ast.plain(inlines).strip() or next(ast.of(inlines, "Image"), None) is not None:
        return inlines

    def name(item: ast.Node) -> ast.Node | None:
        return raw(TEX.sub(r'\g<0> aria-label="\1"', item["c"][1])) if item["t"] == "RawInline" else None

    result: Nodes = ast.rewrite(inlines, name)
    return result

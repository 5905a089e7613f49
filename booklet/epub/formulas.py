"""Formulas in an e-book: MathML, or SVG for readers that know no MathML."""

from __future__ import annotations

import html
from typing import Literal

from booklet.maths import svg
from booklet.model import Formula

Mode = Literal["mathml", "svg"]


def shown(formula: Formula, mode: Mode) -> str:
    """A formula as XHTML; the TeX in a box where it does not parse."""
    if formula.mathml is None or formula.drawing is None:
        return f'<code class="tex-error">{html.escape(formula.excerpt)}</code>'
    return svg.inline(formula.drawing, formula.tex) if mode == "svg" else formula.mathml

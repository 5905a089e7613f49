"""Formulas in an e-book: MathML, or SVG for readers that know no MathML."""

from __future__ import annotations

import html
from typing import Literal

from booklet.maths import svg
from booklet.model import Formula

Mode = Literal["mathml", "svg"]


LONG = 14.0
"""em: a formula in a line that is longer may not fit a phone, and scrolls by itself there."""


def shown(formula: Formula, mode: Mode) -> str:
    """A formula as XHTML; the TeX in a box where it does not parse."""
    if formula.mathml is None or formula.drawing is None:
        return f'<code class="tex-error">{html.escape(formula.excerpt)}</code>'
    drawn = svg.inline(formula.drawing, formula.tex) if mode == "svg" else formula.mathml
    long = not formula.display and formula.drawing["width"] > LONG
    return f'<span class="long-math">{drawn}</span>' if long else drawn

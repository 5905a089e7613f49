"""Formulas in an e-book: MathML and a face to set it in, or SVG for readers that know no MathML."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Literal

from booklet.epub.model import Document, File
from booklet.maths import alphabets, svg
from booklet.model import Formula

Mode = Literal["mathml", "svg"]
MATHML = re.compile(rb"<math\b.*?</math>", re.S)
TAG = re.compile(r"<[^>]*>")
SHEET = """@font-face { font-family: "Booklet Maths"; src: url(maths.otf) }
math { font-family: "Booklet Maths", math }
"""


def shown(formula: Formula, mode: Mode) -> str:
    """A formula as XHTML; the TeX in a box where it does not parse."""
    if formula.mathml is None:
        return f'<code class="tex-error">{html.escape(formula.excerpt)}</code>'
    return svg.inline(formula.drawing, formula.tex) if mode == "svg" else formula.mathml


def face(documents: Sequence[Document]) -> list[File]:
    """The maths face, cut to the formulas of the documents; none where there is no MathML.

    Without a face that has a MATH table, browsers draw a sum's limits over its sign.
    """
    from booklet import fonts

    found = [part for document in documents for part in MATHML.findall(document.xhtml)]
    if not found:
        return []
    text = html.unescape(TAG.sub("", b"".join(found).decode()))
    maths = fonts.face_of("Booklet Maths", 400, False)
    data = fonts.cut(maths, alphabets.drawn(text) & fonts.covers(maths))
    return [File("maths.otf", "font/otf", data)]

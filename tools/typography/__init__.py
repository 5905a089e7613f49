"""Measures the thirty rules of the printed page on finished PDFs, with other code than the book is made with.

Running text is what stands at the size of the body in paragraphs, list items, definitions and quotations: not in
headings, tables, code, captions, contents, nor on pages of the front matter.  Lines that end a paragraph need not be
flush.
"""

from __future__ import annotations

from pathlib import Path

from tools.typography import files, lines, pages
from tools.typography.measure import Measured, Verdict, level
from tools.typography.reading import read

RULES = (*pages.RULES, *lines.RULES, *files.RULES)

__all__ = ["RULES", "Measured", "Verdict", "judge", "level", "read"]


def judge(pdf: Path) -> list[Verdict]:
    """What each rule finds in a PDF."""
    book = Measured(level(read(pdf)))
    return [rule(book) for rule in RULES]

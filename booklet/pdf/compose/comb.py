"""The book as a drawing: a row a chapter at the height of its tab, a cell a question, hollow where it is open."""

from __future__ import annotations

from collections.abc import Sequence

from booklet.model import Book, Chapter
from booklet.pdf.slots import STEP

WIDE = 200.0
"""pt: what any paper has beside the tabs; the cells of a longer row may have to be narrower."""
FIGURE, LOW = 13.0, 0.75
"""pt: the size of a figure in a tab; in a lower tab, its share of the height."""


def comb(book: Book, chapters: Sequence[Chapter], tabs: float) -> dict[str, object]:
    """Rows of the given chapters and the measures of all: `tabs` is their height together, in pt.

    The linker sets the tabs of the pages by the same measures (`booklet.pdf.link.ink`).
    """
    shown = {chapter.id for chapter in chapters}
    step = min(STEP, tabs / max(len(book.chapters), 1))
    rows = [
        {
            "number": n,
            "cells": [q.status == "unanswered" for q in chapter.questions],
            "long": len(chapter.questions) * step > WIDE,
        }
        for n, chapter in enumerate(book.chapters, 1)
        if chapter.id in shown
    ]
    return {"rows": rows, "tab": round(step * 5 / 6, 3), "low": step * 5 / 6 * LOW < FIGURE}

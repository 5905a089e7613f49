"""The book as a drawing: a row a chapter at the height of its tab, a cell a question, hollow where it is open."""

from __future__ import annotations

from collections.abc import Sequence

from booklet.model import Book, Chapter
from booklet.pdf.slots import STEP


def comb(book: Book, chapters: Sequence[Chapter], tabs: float) -> dict[str, object]:
    """Rows of the given chapters and the measures of all: `tabs` is their height together, in pt.

    The linker sets the tabs of the pages by the same measures (`booklet.pdf.link.ink`).
    """
    shown = {chapter.id for chapter in chapters}
    step = min(STEP, tabs / max(len(book.chapters), 1))
    rows = [
        {"number": n, "title": chapter.title, "cells": [q.status == "unanswered" for q in chapter.questions]}
        for n, chapter in enumerate(book.chapters, 1)
        if chapter.id in shown
    ]
    return {"rows": rows, "step": round(step, 3), "tab": round(step * 5 / 6, 3)}

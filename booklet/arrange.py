"""The book as a back-end gets it: open questions left out, answers where they are wanted, what is selected."""

from __future__ import annotations

from booklet import study
from booklet.config import Project
from booklet.diagnostics import Noted, failure
from booklet.model import Book
from booklet.options import Options
from booklet.theme import Theme

STUDY = ("quiz", "answers", "rubric")
"""The editions to learn with, which are for paper and have pages of their own kind."""


def shown(book: Book, project: Project) -> Noted[Book]:
    """The book without the questions that the configuration leaves out. BookletError where nothing is left."""
    if project.config.questions.unanswered != "omit":
        return Noted(book)
    left = study.without_waiting(book)
    if not left.value.chapters:
        raise failure("questions/none", "no question has an answer, and those without one are left out")
    return left


def arranged(book: Book, project: Project, edition: str, options: Options, look: Theme) -> Book:
    """The book as an edition has it: its answers where they are wanted, or what is selected of it.

    BookletError for a selection that matches nothing, and for a book without questions to learn with.
    """
    book = shown(book, project).value
    if edition not in STUDY:
        return study.placed(book, project.config.questions.answers, lambda language: look.words(language)["answers"])
    if not book.questions:
        raise failure("questions/none", f"the edition {edition} is of questions, and the book has none")
    chosen = study.chosen(book, [study.wanted(text) for text in options.select])
    return study.alone(chosen) if edition == "answers" else study.asked(chosen)

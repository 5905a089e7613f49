"""Editions to learn with: a quiz with room to write, and the answers alone. Numbers are those of the book."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from booklet.model import Book, Chapter, Formula
from booklet.pdf.compose.chapter import marks_of
from booklet.pdf.compose.front import shown
from booklet.pdf.compose.labels import numbering, short_title, short_titles
from booklet.pdf.compose.options import Options
from booklet.pdf.compose.replies import answers_piece, titled
from booklet.pdf.compose.room import share
from booklet.pdf.model import Piece
from booklet.theme import Theme

FRONT, QUIZ = "matter-title", "matter-quiz"
Common = Mapping[str, object]
Rows = list[dict[str, Any]]


def quiz(book: Book, theme: Theme, options: Options, common: Common) -> Iterator[Piece]:
    """A piece a chapter, or one of all questions where their order is another one."""
    words = theme.words(book.language)
    form = [(words["sheet_date"], ""), (words["sheet_time"], "")]
    if len(book.chapters) > 1 and not options.order:
        yield _front(book, theme, common, "quiz", [*form, (words["sheet_score"], f"/ {len(book.questions)}")])
    if options.order:
        yield _mixed(book, theme, options, common)
        return
    for number, chapter in book.numbered:
        rows, formulas = _asked(number, chapter, theme, options)
        head = {"id": chapter.id, "number": number, "heading": short_title(chapter.title)}
        yield _sheet(chapter, theme, common, rows, formulas, head)


def answers(book: Book, theme: Theme, options: Options, common: Common) -> Iterator[Piece]:
    """The chapters of `study.alone`."""
    if len(book.chapters) > 1:
        yield _front(book, theme, common, "answers", [])
    for chapter in book.chapters:
        yield answers_piece(book, chapter, theme, common, marks_of(chapter, theme, options))


def _front(book: Book, theme: Theme, common: Common, edition: str, form: list[tuple[str, str]]) -> Piece:
    """What it is, and its chapters. `form`: what a person fills in."""
    words, titles = theme.words(book.language), short_titles(book)
    rows = [
        {"id": chapter.id, "number": number, "title": titles[chapter.id], "count": len(chapter.questions)}
        for number, chapter in book.numbered
    ]
    values = {**shown(book), "name": words[edition], "lead": words[f"{edition}_lead"], "rows": rows, "form": form}
    html = theme.render("pdf/sheets.html", **{**common, **values}, scored=bool(form))
    return Piece(FRONT, "back", html, book.language)


def _asked(number: int, chapter: Chapter, theme: Theme, options: Options) -> tuple[Rows, dict[str, Formula]]:
    """The questions of a chapter as a quiz has them."""
    marks, paper = marks_of(chapter, theme, options), theme.papers[options.paper]
    titles, labels = titled(chapter, marks), numbering(chapter)
    rows = [
        {
            "id": q.id,
            "chapter": number,
            "label": labels[q.id],
            "html": titles[q.id],
            "difficulty": q.difficulty,
            "lines": share(theme, paper),
        }
        for q in chapter.questions
    ]
    return rows, marks.used


def _mixed(book: Book, theme: Theme, options: Options, common: Common) -> Piece:
    formulas: dict[str, Formula] = {}
    rows: dict[str, dict[str, Any]] = {}
    for number, chapter in book.numbered:
        asked, used = _asked(number, chapter, theme, options)
        rows |= {row["id"]: row for row in asked}
        formulas |= used
    words = theme.words(book.language)
    head = {"id": QUIZ, "number": None, "heading": words["quiz_shuffled"]}
    return _sheet(book, theme, common, [rows[name] for name in options.order], formulas, head)


def _sheet(
    of: Book | Chapter, theme: Theme, common: Common, rows: Rows, formulas: dict[str, Formula], head: dict[str, Any]
) -> Piece:
    """Questions with lines below each."""
    words = theme.words(of.language)
    form = [(words["sheet_date"], ""), (words["sheet_time"], ""), (words["sheet_score"], f"/ {len(rows)}")]
    values = {**common, "words": words, "language": of.language, "title": of.title, "form": form, "questions": rows}
    html = theme.render("pdf/quiz.html", **values, **head)
    path = of.path if isinstance(of, Chapter) else None
    return Piece(head["id"], "chapter", html, of.language, formulas, path)


SHEETS: Mapping[str, Callable[[Book, Theme, Options, Common], Iterator[Piece]]] = {"quiz": quiz, "answers": answers}
"""The editions that have pages of their own kind."""

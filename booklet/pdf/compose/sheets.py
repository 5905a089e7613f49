"""Editions to learn with: a quiz with room to write, the answers alone, an interviewer's marking sheet.

Numbers are those of the book.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from booklet.convert import apart, ast, han
from booklet.convert.ast import Node
from booklet.convert.html import fragments
from booklet.convert.pieces import pieces, worth
from booklet.model import Book, Chapter, Criterion, Formula, Question
from booklet.pdf.compose.chapter import marks_of
from booklet.pdf.compose.front import shown
from booklet.pdf.compose.labels import numbering, short_title, short_titles
from booklet.pdf.compose.options import Options
from booklet.pdf.compose.replies import answers_piece, titled
from booklet.pdf.compose.room import share
from booklet.pdf.model import Piece
from booklet.theme import Theme, safe

FRONT, QUIZ = "matter-title", "matter-quiz"
FILLED = {"quiz": ("sheet_date", "sheet_time"), "answers": (), "rubric": ("sheet_person", "sheet_by", "sheet_date")}
"""What a person fills in at the head of a sheet, as `strings.toml` calls it."""
Common = Mapping[str, object]
Row = dict[str, Any]


def quiz(book: Book, theme: Theme, options: Options, common: Common) -> Iterator[Piece]:
    """A piece a chapter, or one of all questions where their order is another one."""
    if not options.order:
        yield from _sheets("quiz", book, theme, options, common)
        return
    formulas: dict[str, Formula] = {}
    rows: dict[str, Row] = {}
    for number, chapter in book.numbered:
        asked, used = _rows(number, chapter, theme, options)
        rows |= {row["id"]: row for row in asked}
        formulas |= used
    head = {"id": QUIZ, "number": None, "heading": theme.words(book.language)["quiz_shuffled"]}
    yield _sheet("quiz", book, theme, common, [rows[name] for name in options.order], formulas, head)


def answers(book: Book, theme: Theme, options: Options, common: Common) -> Iterator[Piece]:
    """The chapters of `study.alone`."""
    yield from _front("answers", book, theme, common)
    for chapter in book.chapters:
        yield answers_piece(book, chapter, theme, common, marks_of(chapter, theme, options))


def rubric(book: Book, theme: Theme, options: Options, common: Common) -> Iterator[Piece]:
    """What each question tests and how its answer is marked, with room for points and notes."""
    yield from _sheets("rubric", book, theme, options, common)


def _sheets(edition: str, book: Book, theme: Theme, options: Options, common: Common) -> Iterator[Piece]:
    yield from _front(edition, book, theme, common)
    for number, chapter in book.numbered:
        rows, formulas = _rows(number, chapter, theme, options)
        head = {"id": chapter.id, "number": number, "heading": short_title(chapter.title)}
        yield _sheet(edition, chapter, theme, common, rows, formulas, head)


def _front(edition: str, book: Book, theme: Theme, common: Common) -> Iterator[Piece]:
    """What it is, and its chapters; a single chapter needs no such page."""
    if len(book.chapters) == 1:
        return
    words, titles = theme.words(book.language), short_titles(book)
    rows = [
        {"id": chapter.id, "number": number, "title": titles[chapter.id], "count": len(chapter.questions)}
        for number, chapter in book.numbered
    ]
    form = _form(edition, words, book.questions)
    values = {
        **shown(book),
        "name": words[f"edition_{edition}"],
        "lead": han.text(words[f"{edition}_lead"], book.language),
        "rows": rows,
        "form": form,
    }
    html = theme.render("pdf/sheets.html", **{**common, **values}, scored=bool(form))
    yield Piece(FRONT, "back", html, book.language)


def _form(edition: str, words: Mapping[str, str], questions: Iterable[Question]) -> list[tuple[str, str]]:
    """The blanks at the head of a sheet; the last is for the score, with all that can be had, where that is known."""
    if edition == "answers":
        return []
    most = [full(question.rubric) if edition == "rubric" else 1 for question in questions]
    total = f"/ {sum(filter(None, most)):g}" if all(most) else ""
    return [*((words[name], "") for name in FILLED[edition]), (words["sheet_score"], total)]


def full(criteria: Iterable[Criterion]) -> float | None:
    """The points that an answer can have: the best grade's, or all of what is counted one by one; None if unknown."""
    found = [(one.low, one.high) for one in criteria]
    highs = [high for _, high in found if high is not None]
    if not highs or any(high is None for _, high in found):
        return None
    return max(highs) if any(low != high for low, high in found) else sum(highs)


def _rows(number: int, chapter: Chapter, theme: Theme, options: Options) -> tuple[list[Row], dict[str, Formula]]:
    """The questions of a chapter that holds nothing else (`study.asked`)."""
    marks, words = marks_of(chapter, theme, options), theme.words(chapter.language)
    titles, labels = titled(chapter, marks), numbering(chapter)
    blocks = [block for block in han.typeset(chapter.blocks, chapter.language) if apart.is_question(block)]
    said = [_beside(block) for block in blocks]
    html = iter(fragments([run for part in said for run in part.values()], marks.block))
    texts = {_id(block): {name: safe(next(html)) for name in part} for block, part in zip(blocks, said, strict=True)}
    rows = [
        {
            "id": question.id,
            "chapter": number,
            "label": labels[question.id],
            "html": titles[question.id],
            "question": question,
            "texts": {"asked": "", "focus": "", "rubric": "", **texts[question.id]},
            "full": worth(full(question.rubric), full(question.rubric), words),
            "lines": share(theme, theme.papers[options.paper]),
        }
        for question in chapter.questions
    ]
    return rows, marks.used


def _id(block: Node) -> str:
    return str(ast.attribute(block)[0])


def _beside(question: Node) -> dict[str, list[Any]]:
    """What is said of a question, but for its answer."""
    return {name: run for name, run in pieces(question).items() if name != "answer"}


def _sheet(
    edition: str,
    of: Book | Chapter,
    theme: Theme,
    common: Common,
    rows: list[Row],
    formulas: dict[str, Formula],
    head: dict[str, Any],
) -> Piece:
    """Questions with room below each."""
    words = theme.words(of.language)
    form = _form(edition, words, [row["question"] for row in rows])
    values = {**common, "words": words, "language": of.language, "title": of.title, "form": form, "questions": rows}
    html = theme.render(f"pdf/{edition}.html", **values, **head)
    shown_here = {address: formula for address, formula in formulas.items() if address in html}
    path = of.path if isinstance(of, Chapter) else None
    return Piece(head["id"], "chapter", html, of.language, shown_here, path)


SHEETS: Mapping[str, Callable[[Book, Theme, Options, Common], Iterator[Piece]]] = {
    "quiz": quiz,
    "answers": answers,
    "rubric": rubric,
}
"""The editions that have pages of their own kind."""

"""The composing, told in order: cover, front matter, parts, chapters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from booklet.convert import ast, han
from booklet.convert.contents import contents, part_id
from booklet.convert.html import fragments
from booklet.model import Book, Chapter, Entry, Formula, Question, walk
from booklet.pdf.compose.chapter import chapter_piece
from booklet.pdf.compose.links import Shown
from booklet.pdf.compose.visit import Marks
from booklet.pdf.displays import MEASURES, Fold
from booklet.pdf.model import Piece
from booklet.theme import Theme, safe

PAPERS = {"A5": "148 × 210 mm", "B5": "176 × 250 mm", "A4": "210 × 297 mm", "Letter": "216 × 279 mm"}
TABS = 280.0
"""pt: the height of all tabs together, as `slot:tab` of the theme reserves it."""
STEP = 36.0


@dataclass(frozen=True, slots=True)
class Options:
    """What changes the pages beside the book and the theme."""

    paper: str = "A5"
    edition: str = "screen"
    depth: int = 3
    fold: Fold = lambda formula, em: None
    links: Shown = "footnote"


def compose(book: Book, theme: Theme, options: Options) -> tuple[Piece, ...]:
    """Every piece of the book, in reading order."""
    common = {"paper": options.paper, "edition": options.edition, "words": theme.words(book.language), "book": book}
    return tuple(_pieces(book, theme, options, common))


def _pieces(book: Book, theme: Theme, options: Options, common: dict[str, object]) -> Iterator[Piece]:
    comb = _comb(book, book.chapters)
    lines = title_lines(book.title)
    shown = {"lines": lines, "chars": max(4, *(width(line) for line in lines)), "title": book.title}
    done = [question.answered for question in book.questions]
    shown |= {"answered": sum(done), "waiting": len(done) - sum(done), "language": book.language}
    yield Piece("cover", "cover", theme.render("pdf/cover.html", **common, **comb, **shown), book.language)
    tree = contents(book, options.depth)
    html, formulas = _contents(book, tree, options)
    front = theme.render("pdf/title.html", **common, **shown, parts=html, colophon=_colophon(book, options, theme))
    yield Piece("front", "front", front, book.language, formulas)
    for part in book.parts:
        if part.title is not None:
            yield _part(book, theme, common, part.title, part.chapters)
        for chapter in part.chapters:
            words = theme.words(chapter.language)
            marks = Marks(chapter, words, MEASURES[options.paper], options.fold, options.links)
            yield chapter_piece(chapter, theme, common, marks)


def _part(book: Book, theme: Theme, common: dict[str, object], title: str, chapters: Sequence[Chapter]) -> Piece:
    identifier = part_id(title, book)
    values = {"id": identifier, "title": title, "language": book.language, **_comb(book, chapters)}
    return Piece(identifier, "part", theme.render("pdf/part.html", **common, **values), book.language)


def _comb(book: Book, chapters: Sequence[Chapter]) -> dict[str, object]:
    """Rows and measures of the drawing on cover and part pages; the tabs of the pages stand at the same heights."""
    step = min(STEP, TABS / max(len(book.chapters), 1))
    numbered = [(n, chapter) for n, chapter in enumerate(book.chapters, 1) if chapter in chapters]
    rows = [
        {"number": n, "title": chapter.title, "cells": [q.status == "unanswered" for q in chapter.questions]}
        for n, chapter in numbered
    ]
    return {"rows": rows, "step": round(step, 3), "tab": round(step * 5 / 6, 3)}


def _contents(
    book: Book, tree: Sequence[Entry], options: Options
) -> tuple[list[dict[str, object]], dict[str, Formula]]:
    """The lines of the contents, part by part; headings may hold formulas of their chapters."""
    formulas: dict[str, Formula] = {}
    parts: list[dict[str, object]] = []
    runs = [entry for entry in tree if entry.kind == "part"] or [Entry("", "part", "", children=tuple(tree))]
    loose = tuple(entry for entry in tree if entry.kind != "part") if runs[0].id else ()
    for run in [*runs, *([Entry("", "part", "", children=loose)] if loose else [])]:
        lines = [line for entry in run.children for line in _lines(book, entry, formulas, options)]
        parts.append({"id": run.id, "title": run.title, "lines": lines})
    return parts, formulas


def _lines(book: Book, entry: Entry, formulas: dict[str, Formula], options: Options) -> list[dict[str, object]]:
    chapter = next(chapter for chapter in book.chapters if chapter.id == entry.id)
    entries = [entry, *walk(entry.children)]
    titles = [han.typeset(item.inlines or ast.text(item.title), book.language) for item in entries]
    marks = Marks(chapter, {}, MEASURES[options.paper], options.fold)
    html = fragments(titles, marks.inline)
    formulas |= marks.used
    numbers = numbering(chapter)
    kinds = {"chapter": "c", "section": "s", "question": "q"}
    return [
        {
            "id": item.id,
            "kind": kinds[item.kind],
            "html": safe(text),
            "open": item.status == "unanswered",
            "number": f"{entry.number}.{numbers[item.id]}" if item.kind == "question" else item.number or "",
        }
        for item, text in zip(entries, html, strict=True)
    ]


def numbering(chapter: Chapter) -> dict[str, str]:
    """Each question's label in its chapter: the author's number, else its place."""
    return {question.id: label(question, place) for place, question in enumerate(chapter.questions, 1)}


def label(question: Question, place: int) -> str:
    return question.number or str(place)


def _colophon(book: Book, options: Options, theme: Theme) -> list[tuple[str, str]]:
    words = theme.words(book.language)
    whole = "：".join((book.title, book.subtitle)) if book.subtitle else book.title
    rows = [
        (words["colophon_title"], whole if book.language.startswith("zh") else whole.replace("：", ": ")),
        (words["colophon_authors"], ("、" if book.language.startswith("zh") else ", ").join(book.authors)),
        (words["colophon_date"], book.date),
        (words["colophon_source"], book.source),
        (words["colophon_rights"], book.rights),
        (words["colophon_fonts"], words["fonts"]),
        (words["colophon_paper"], PAPERS[options.paper]),
        (words["colophon_identifier"], book.identifier),
    ]
    return [(name, value) for name, value in rows if value]


def width(text: str) -> float:
    """Of a title line in em, roughly: Han characters one, others half."""
    return sum(1.0 if ord(c) > 0x2E80 else 0.56 for c in text)


def title_lines(title: str) -> list[str]:
    """A title in at most three lines: cut at its separators, else in the middle, words whole."""
    if width(title) <= 5:
        return [title]
    words = re.findall(r"[\x21-\x7e]+\s*|[^\x00-\x7f]|\s", title)
    best = min(range(1, len(words)) or [1], key=lambda n: abs(width("".join(words[:n])) - width("".join(words[n:]))))
    lines = ["".join(words[:best]).strip(), "".join(words[best:]).strip()]
    return [line for line in lines if line]

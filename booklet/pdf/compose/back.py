"""What stands after the chapters: list of questions, list of links, index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from booklet.convert.outward import Outward, outward
from booklet.convert.terms import Term, terms
from booklet.model import Book, Chapter, Entry, Formula
from booklet.pdf.compose.labels import citations, short_titles
from booklet.pdf.compose.options import Options
from booklet.pdf.compose.titles import Titles
from booklet.pdf.model import Piece
from booklet.theme import Theme, safe

BOXES = 8.0
"""em that the boxes to tick and the page number take of the measure."""
BACK, PLAN, QUESTIONS = "matter-back", "matter-plan", "matter-questions"
LINKS, INDEX = "matter-links", "matter-index"


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the back matter lists, from the whole book."""

    links: tuple[tuple[Chapter, tuple[Outward, ...]], ...]
    terms: tuple[Term, ...]


def gather(book: Book, options: Options) -> Gathered:
    """No links where each chapter has its own list, or where nobody asked for addresses."""
    return Gathered(outward(book) if options.links == "footnote" else (), terms(book))


def entries(book: Book, words: Mapping[str, str], found: Gathered, options: Options) -> tuple[Entry, ...]:
    """The sections that this book has, for its contents."""
    asked = bool(book.questions)
    have = {PLAN: asked and options.plan, QUESTIONS: asked, LINKS: bool(found.links), INDEX: bool(found.terms)}
    return tuple(entry for entry in matter(words) if have[entry.id])


def matter(words: Mapping[str, str]) -> tuple[Entry, ...]:
    """Everything that may stand after the chapters; bookmarks leave out what a book has not."""
    names = {PLAN: words["plan"], QUESTIONS: words["all_questions"], LINKS: words["all_links"], INDEX: words["index"]}
    return tuple(Entry(identifier, "matter", name) for identifier, name in names.items())


def back(book: Book, theme: Theme, options: Options, common: Mapping[str, object], found: Gathered) -> Piece:
    """All of it is one piece: it depends on every chapter."""
    words = theme.words(book.language)
    chapters, formulas = _questions(book, theme, options)
    html = theme.render(
        "pdf/back.html",
        **common,
        title=book.title,
        language=book.language,
        chapters=chapters,
        links=_links(book, found),
        index=_index(book, found.terms),
        sections=[entry.id for entry in entries(book, words, found, options)],
    )
    return Piece(BACK, "back", html, book.language, formulas)


def _questions(book: Book, theme: Theme, options: Options) -> tuple[list[dict[str, object]], dict[str, Formula]]:
    """Chapter by chapter: number, title, whether it is open."""
    titles, numbers = short_titles(book), citations(book)
    writer = Titles(book.language, theme.papers[options.paper].ems - BOXES, options.fold)
    asked = [(number, chapter) for number, chapter in enumerate(book.chapters, 1) if chapter.questions]
    written = writer.write([(chapter, [q.inlines for q in chapter.questions]) for _, chapter in asked])
    rows: list[dict[str, object]] = []
    for (number, chapter), html in zip(asked, written, strict=True):
        lines = [
            {"id": q.id, "number": numbers[q.id], "html": safe(text), "open": q.status == "unanswered"}
            | {"revised": q.revised(options.since)}
            for q, text in zip(chapter.questions, html, strict=True)
        ]
        rows.append({"number": number, "title": titles[chapter.id], "id": chapter.id, "questions": lines})
    return rows, writer.used


def _links(book: Book, found: Gathered) -> list[dict[str, object]]:
    """Numbered within each chapter, as everything is that a chapter prints."""
    titles, numbers = short_titles(book), citations(book)
    order = {chapter.id: number for number, chapter in enumerate(book.chapters, 1)}
    return [
        {
            "number": order[chapter.id],
            "title": titles[chapter.id],
            "rows": [
                {"number": n, "url": row.url, "words": row.words if row.words != row.url else ""}
                | {"where": numbers.get(row.where), "id": row.where}
                for n, row in enumerate(rows, 1)
            ],
        }
        for chapter, rows in found.links
    ]


def _index(book: Book, found: Sequence[Term]) -> list[dict[str, object]]:
    """Groups of one letter, each with its terms and where they lead."""
    numbers = citations(book)
    return [
        {"letter": letter, "terms": [_entry(term, numbers) for term in group]}
        for letter, group in groupby(found, key=lambda term: term.letter)
    ]


def _entry(term: Term, numbers: Mapping[str, str]) -> dict[str, object]:
    questions = [{"id": identifier, "number": numbers[identifier]} for identifier in term.questions]
    return {"text": term.text, "questions": questions, "places": list(term.places)}

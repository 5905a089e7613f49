"""What stands after the chapters: list of questions, list of links, index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from booklet.convert.ast import Nodes
from booklet.convert.outward import Outward, outward
from booklet.convert.terms import Term, terms
from booklet.model import Book, Chapter, Entry, Formula
from booklet.pdf.compose.labels import citations, is_inked, short_titles
from booklet.pdf.compose.options import Options
from booklet.pdf.compose.runs import runs
from booklet.pdf.compose.titles import Titles, anywhere
from booklet.pdf.model import Order, Piece
from booklet.theme import Theme, safe

BOXES = 8.0
"""em that the boxes to tick and the page number take of the measure."""
PLAN, QUESTIONS, LINKS, INDEX = "matter-plan", "matter-questions", "matter-links", "matter-index"


@dataclass(frozen=True, slots=True)
class Row:
    """A question in a list. `number`: where the linker does not write it; `revised`: the day of its last revision,
    where that is to be shown."""

    id: str
    number: str
    inlines: Nodes
    open: bool
    revised: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A chapter's questions. `titled`: as `Chapter.titled`."""

    id: str
    title: str
    rows: tuple[Row, ...]
    titled: tuple[tuple[int, Formula], ...]


@dataclass(frozen=True, slots=True)
class Address:
    """`where`: the number of the question that names it; `id`: of that question, or of the section."""

    number: int
    url: str
    words: str
    where: str | None
    id: str


@dataclass(frozen=True, slots=True)
class Leading:
    """A chapter's addresses."""

    id: str
    number: int
    title: str
    rows: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A term of the index: ids and numbers of its questions, ids of the places outside of any."""

    text: str
    questions: tuple[tuple[str, str], ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The terms of one letter."""

    id: str
    terms: tuple[Cited, ...]


Rows = Sequence[Asked] | Sequence[Leading] | Sequence[Group]
Values = tuple[dict[str, object], dict[str, Formula]]
"""For a template, and the formulas that it shows."""
Made = Callable[[Any, str], Values]


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


def orders(
    book: Book, theme: Theme, options: Options, common: Mapping[str, object], found: Gathered, given: str
) -> Iterator[Order]:
    """All that the book has of it. `given`: all that `common` and `options` hold."""
    for section in entries(book, theme.words(book.language), found, options):
        for n, (run, make) in enumerate(_runs(section.id, book, theme, options, found)):
            name = f"{section.id}.{run[0].id}" if n else section.id
            made = partial(_piece, name, section, make, run, theme, common, book.language)
            yield Order(name, made, (name, repr(section), repr(run), given))


def _runs(section: str, book: Book, theme: Theme, options: Options, found: Gathered) -> list[tuple[Rows, Made]]:
    """What each piece of a section lists, and what makes a template's values of it."""
    one_sided = not options.two_sided
    if section == INDEX:
        return [(list(_index(book, found.terms)), _groups)]
    if section == LINKS:
        leading = runs(list(_links(book, found)), lambda one: 2 * len(one.rows), lambda one: one.id, one_sided)
        return [(run, _chapters) for run in leading]
    asked = runs(list(_asked(book, options)), lambda one: len(one.rows), lambda one: one.id, one_sided)
    return [(run, partial(_questions, theme, options)) for run in asked]


def _piece(
    name: str, section: Entry, make: Made, run: Rows, theme: Theme, common: Mapping[str, object], language: str
) -> Piece:
    values, formulas = make(run, language)
    values |= {"language": language, "first": name == section.id, "title": section.title}
    html = theme.render(f"pdf/{section.id.removeprefix('matter-')}.html", **common, **values)
    return Piece(name, "back", html, language, formulas)


def _asked(book: Book, options: Options) -> Iterator[Asked]:
    titles, numbers = short_titles(book), citations(book)
    literal = {name: "" if is_inked(number) else number for name, number in numbers.items()}
    for chapter in book.chapters:
        if chapter.questions:
            rows = tuple(
                Row(q.id, literal[q.id], q.inlines, q.status == "unanswered", q.revised(options.since))
                for q in chapter.questions
            )
            yield Asked(chapter.id, titles[chapter.id], rows, anywhere(chapter.titled))


def _questions(theme: Theme, options: Options, run: Sequence[Asked], language: str) -> Values:
    """Chapter by chapter: number, title, whether it is open."""
    writer = Titles(language, theme.papers[options.paper].ems - BOXES, options.fold)
    written = writer.write([(one.titled, [row.inlines for row in one.rows]) for one in run])
    chapters = [
        {"chapter": one, "rows": [{"row": row, "html": safe(text)} for row, text in zip(one.rows, html, strict=True)]}
        for one, html in zip(run, written, strict=True)
    ]
    return {"chapters": chapters}, writer.used


def _links(book: Book, found: Gathered) -> Iterator[Leading]:
    """Numbered within each chapter, as everything is that a chapter prints."""
    titles, numbers = short_titles(book), citations(book)
    order = {chapter.id: number for number, chapter in enumerate(book.chapters, 1)}
    for chapter, rows in found.links:
        addresses = tuple(
            Address(n, row.url, row.words if row.words != row.url else "", numbers.get(row.where), row.where)
            for n, row in enumerate(rows, 1)
        )
        yield Leading(chapter.id, order[chapter.id], titles[chapter.id], addresses)


def _chapters(run: Sequence[Leading], language: str) -> Values:
    return {"chapters": run}, {}


def _index(book: Book, found: Sequence[Term]) -> Iterator[Group]:
    """Groups of one letter, each with its terms and where they lead."""
    numbers = citations(book)
    for letter, group in groupby(found, key=lambda term: term.letter):
        terms = tuple(
            Cited(term.text, tuple((name, numbers[name]) for name in term.questions), term.places) for term in group
        )
        yield Group(letter, terms)


def _groups(run: Sequence[Group], language: str) -> Values:
    return {"groups": run}, {}

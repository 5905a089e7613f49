"""The documents around the chapters: cover, title page, colophon, parts, list of questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from booklet.convert import history, spots
from booklet.convert.contents import part_id
from booklet.convert.terms import terms
from booklet.model import Book, Chapter, Part
from booklet.theme import Theme, safe

Titles = Mapping[str, str]
"""Id of a question → its title as XHTML."""
PLAN, QUESTIONS, INDEX = "matter-plan", "matter-questions", "matter-index"
"""Ids of matter are those of the PDF's, so that its pages are found here too."""


@dataclass(frozen=True, slots=True)
class Page:
    """A document that is no chapter, its links and page marks still open, as in a `Draft`."""

    file: str
    title: str
    xhtml: str
    number: str = ""
    """Of the chapter that it is a file of."""
    id: str = ""
    """Its entry in the contents, for what stands after the chapters."""


def rendered(theme: Theme, book: Book, template: str, file: str, title: str, id: str = "", **values: Any) -> Page:
    """A page of the book's own, by a template of the theme."""
    common = {
        "book": book,
        "words": theme.words(book.language),
        "language": book.language,
        "up": "",
        "title": title,
        "id": id,
    }
    xhtml = theme.render(f"epub/{template}.xhtml", at=lambda name: safe(spots.sign(name)), **common, **values)
    return Page(file, title, xhtml, id=id)


def front(book: Book, theme: Theme, cover: str, edition: str | None) -> list[Page]:
    """Cover page, title page, colophon. `cover`: the picture's file; `edition`: what the page numbers come from."""
    words = theme.words(book.language)
    return [
        rendered(theme, book, "cover", "cover.xhtml", words["cover"], picture=cover),
        rendered(theme, book, "title", "title.xhtml", words["title_page"]),
        rendered(
            theme,
            book,
            "colophon",
            "colophon.xhtml",
            words["colophon"],
            rows=_colophon(book, words, edition),
            history=history.lines(book, words),
        ),
    ]


def _colophon(book: Book, words: Mapping[str, str], edition: str | None) -> list[tuple[str, str]]:
    chinese = book.language.startswith("zh")
    rows = [
        (words["colophon_title"], ("：" if chinese else ": ").join(filter(None, (book.title, book.subtitle)))),
        (words["colophon_authors"], ("、" if chinese else ", ").join(book.authors)),
        (words["colophon_publisher"], book.publisher),
        (words["colophon_version"], book.version),
        (words["colophon_date"], book.released or book.date),
        (words["colophon_source"], book.source),
        (words["colophon_rights"], book.rights),
        (words["colophon_pages"], edition or ""),
        (words["colophon_identifier"], book.identifier),
    ]
    return [(name, value) for name, value in rows if value]


def part(item: Part, book: Book, theme: Theme) -> Page:
    identifier = part_id(item, book)
    title = item.title or ""
    return rendered(theme, book, "part", f"{identifier}.xhtml", title, id=identifier, chapters=item.chapters)


def questions(book: Book, theme: Theme, titles: Titles, plan: bool, since: str) -> list[Page]:
    """Every question of the book with its number, and whether it has an answer; before them, a page to plan by."""
    asked = [
        _asked(number, chapter, titles, since) for number, chapter in enumerate(book.chapters, 1) if chapter.questions
    ]
    words = theme.words(book.language)
    rows = [*([(PLAN, "plan", words["plan"])] if plan else []), (QUESTIONS, "questions", words["all_questions"])]
    return [
        rendered(theme, book, name, f"{name}.xhtml", title, id=identifier, chapters=asked)
        for identifier, name, title in (rows if asked else [])
    ]


def index(book: Book, theme: Theme) -> Page | None:
    """Tags and terms, each with the questions, and the sections outside of any, that speak of it."""
    found = terms(book)
    if not found:
        return None
    names = _names(book)
    groups = [
        (letter, [(term.text, [(at, names[at]) for at in (*term.questions, *term.places)]) for term in group])
        for letter, group in groupby(found, key=lambda term: term.letter)
    ]
    return rendered(theme, book, "index", "index.xhtml", theme.words(book.language)["index"], id=INDEX, groups=groups)


def _names(book: Book) -> dict[str, str]:
    """What a place is cited as: a question by its number, a section or chapter by its title."""
    names: dict[str, str] = {}
    for number, chapter in enumerate(book.chapters, 1):
        names[chapter.id] = chapter.title
        names |= {section.id: section.title for section in chapter.sections}
        names |= {q.id: f"{number}.{q.number or n}" for n, q in enumerate(chapter.questions, 1)}
    return names


def _asked(number: int, chapter: Chapter, titles: Titles, since: str) -> dict[str, Any]:
    """One chapter's rows; formulas as in the text."""
    rows = [
        {"id": q.id, "number": f"{number}.{q.number or n}", "html": safe(titles[q.id]), "status": q.status}
        | {"revised": q.revised(since)}
        for n, q in enumerate(chapter.questions, 1)
    ]
    return {"id": chapter.id, "number": number, "title": chapter.title, "language": chapter.language, "rows": rows}


def back(book: Book, theme: Theme, titles: Titles, plan: bool, since: str) -> list[Page]:
    """What stands after the chapters."""
    indexed = index(book, theme)
    return [*questions(book, theme, titles, plan, since), *([indexed] if indexed else [])]

"""Cover, title page, colophon, and how to use the book."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from booklet.convert import history
from booklet.convert.apart import is_apart
from booklet.model import Book
from booklet.pdf.compose.comb import comb
from booklet.pdf.compose.labels import joined, title_lines, version, width
from booklet.pdf.compose.options import Options
from booklet.pdf.model import Piece
from booklet.theme import Theme

COVER, FRONT, GUIDE, END = "matter-cover", "matter-front", "matter-guide", "matter-end"


def shown(book: Book) -> dict[str, object]:
    """What cover and title page say of the book."""
    lines = title_lines(book.title)
    waiting = sum(question.status == "unanswered" for question in book.questions)
    return {
        "title": book.title,
        "lines": lines,
        "chars": max(4, *(width(line) for line in lines)),
        "authors": joined(book.authors, book.language),
        "answered": len(book.questions) - waiting,
        "waiting": waiting,
        "language": book.language,
        "version": version(book),
    }


def cover(book: Book, theme: Theme, options: Options, common: Mapping[str, object]) -> Piece:
    """Drawn from the book, or the author's own picture."""
    own = options.cover
    values = {**common, **comb(book, book.chapters, theme.papers[options.paper].tabs), **shown(book), "own": own}
    return Piece(COVER, "cover", theme.render("pdf/cover.html", **values), book.language)


def end(book: Book, theme: Theme, options: Options, common: Mapping[str, object]) -> Piece:
    """The back cover: the same drawing, seen from behind."""
    values = {**common, **comb(book, book.chapters, theme.papers[options.paper].tabs), **shown(book)}
    return Piece(END, "end", theme.render("pdf/end.html", **values), book.language)


def title(book: Book, theme: Theme, options: Options, common: Mapping[str, object]) -> Piece:
    """Title page and colophon."""
    colophon, past = _colophon(book, options, theme), history.lines(book, theme.words(book.language))
    html = theme.render("pdf/title.html", **common, **shown(book), colophon=colophon, history=past)
    return Piece(FRONT, "front", html, book.language)


def guide(book: Book, theme: Theme, options: Options, common: Mapping[str, object]) -> Piece:
    """How to use the book: what each mark means."""
    values = {"apart": is_apart(book), "writing": options.lines, "graded": any(q.difficulty for q in book.questions)}
    html = theme.render("pdf/guide.html", **common, **shown(book), **values)
    return Piece(GUIDE, "front", html, book.language)


def _colophon(book: Book, options: Options, theme: Theme) -> list[tuple[str, Any]]:
    words = theme.words(book.language)
    chinese = book.language.startswith("zh")
    whole = ("：" if chinese else ": ").join(part for part in (book.title, book.subtitle) if part)
    paper = theme.papers[options.paper]
    grid = words["grid"].replace("{em}", f"{paper.ems:g}").replace("{lines}", str(paper.lines))
    rows = [
        (words["colophon_title"], whole),
        (words["colophon_authors"], joined(book.authors, book.language)),
        (words["colophon_publisher"], book.publisher),
        (words["colophon_version"], version(book)),
        (words["colophon_date"], book.released or book.date),
        (words["colophon_source"], book.source),
        (words["colophon_rights"], book.rights),
        (words["colophon_fonts"], words["fonts"]),
        (words["colophon_paper"], f"{PAPERS[options.paper]}{words['semicolon']}{grid}"),
        (words["colophon_identifier"], book.identifier),
    ]
    return [(name, value) for name, value in rows if value]


PAPERS = {"A5": "148 × 210 mm", "B5": "176 × 250 mm", "A4": "210 × 297 mm", "Letter": "8.5 × 11 in"}

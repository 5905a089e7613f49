"""The composing, told in order: cover, front matter, parts, chapters, back matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from booklet.convert import han
from booklet.convert.contents import after, part_id
from booklet.diagnostics import failure
from booklet.model import Book, Chapter
from booklet.pdf.compose import back, listing
from booklet.pdf.compose.chapter import chapter_piece, marks_of
from booklet.pdf.compose.comb import comb
from booklet.pdf.compose.front import COVER, END, FRONT, GUIDE, cover, end, guide, title
from booklet.pdf.compose.labels import citations, digits, short_titles, title_lines, width
from booklet.pdf.compose.options import Options
from booklet.pdf.compose.replies import answers_piece
from booklet.pdf.compose.sheets import SHEETS
from booklet.pdf.model import Order, Piece
from booklet.theme import Theme

ONE_LINE = 12.0
"""em: a longer title of a part takes two lines."""


def compose(book: Book, theme: Theme, options: Options) -> tuple[Piece, ...]:
    """Every piece of the book, in reading order. BookletError for a paper that the theme has no measures for."""
    return tuple(order.make() for order in orders(book, theme, options))


def cover_piece(book: Book, theme: Theme, options: Options) -> Piece:
    """The cover alone."""
    return cover(book, theme, options, _common(book, theme, options))


def _common(book: Book, theme: Theme, options: Options) -> dict[str, object]:
    """What every template may use; of the book all but its chapters."""
    if options.paper not in theme.papers:
        hint = f"it has: {', '.join(theme.papers)}"
        raise failure("config/theme", f"the theme {theme.name!r} has no paper {options.paper}", hint=hint)
    return {
        "paper": options.paper,
        "edition": options.edition,
        "bleed": f"{options.bleed:g}mm",
        "digits": digits(book),
        "words": _words(theme, book.language),
        "book": replace(book, parts=(), answers=(), content_hash=""),
    }


def _words(theme: Theme, language: str) -> dict[str, str]:
    """The theme's words, its sentences set as an author's are."""
    words = theme.words(language).items()
    return {key: han.text(value, language) if value.endswith("。") else value for key, value in words}


def orders(book: Book, theme: Theme, options: Options) -> Iterator[Order]:
    """As `compose`, each piece still to be made."""
    common = _common(book, theme, options)
    if options.edition in SHEETS:
        yield from map(_ready, SHEETS[options.edition](book, theme, options, common))
    else:
        yield from _orders(book, theme, options, common)


def _ready(piece: Piece) -> Order:
    """The order of a piece that is there."""
    return Order(piece.id, partial(_itself, piece), path=piece.path)


def _itself(piece: Piece) -> Piece:
    return piece


def _orders(book: Book, theme: Theme, options: Options, common: Mapping[str, object]) -> Iterator[Order]:
    found = back.gather(book, options)
    words = theme.words(book.language)
    last = (*after(book, words["answers"]), *back.entries(book, words, found, options))
    head = replace(book, parts=(), answers=(), numbers={}, date="", content_hash="")
    head = replace(head, version="", released="", history=())
    plain = {**common, "book": head}
    given = repr((options, head, common["digits"]))
    cited = max((len(number) for number in citations(book).values()), default=1)
    lists, counted = repr((given, cited)), {**plain, "cited": cited}
    yield Order(COVER, partial(cover, book, theme, options, common))
    yield Order(FRONT, partial(title, book, theme, options, common))
    yield from listing.orders(book, theme, options, counted, last, lists)
    if theme.values["guide"]:
        yield Order(GUIDE, partial(guide, book, theme, options, common))
    titled = 0
    for part in book.parts:
        if part.title is not None:
            titled += 1
            name = part_id(part, book)
            yield Order(name, partial(_part, book, theme, options, common, titled, name, part.title, part.chapters))
        for chapter in part.chapters:
            make = partial(_chapter, chapter, theme, options, plain)
            yield Order(chapter.id, make, (repr(chapter), given), chapter.path)
    for chapter in book.answers:
        yield _ready(answers_piece(book, chapter, theme, common, marks_of(chapter, theme, options)))
    yield from back.orders(book, theme, options, counted, found, lists)
    if options.two_sided:
        yield Order(END, partial(end, book, theme, options, common))


def _chapter(chapter: Chapter, theme: Theme, options: Options, common: Mapping[str, object]) -> Piece:
    return chapter_piece(chapter, theme, options, common, marks_of(chapter, theme, options))


def _part(
    book: Book,
    theme: Theme,
    options: Options,
    common: Mapping[str, object],
    number: int,
    identifier: str,
    title: str,
    chapters: Sequence[Chapter],
) -> Piece:
    titles = short_titles(book)
    drawn = comb(book, chapters, theme.papers[options.paper].tabs)
    values = {"id": identifier, "title": title, "language": book.language, **drawn}
    values["name"] = listing.part_name(number, theme.words(book.language), book.language)
    values["lines"] = lines = title_lines(title) if width(title) > ONE_LINE else [title]
    values["chars"] = max(4, *(width(line) for line in lines), 0)
    values["titles"] = [titles[chapter.id] for chapter in chapters]
    return Piece(identifier, "part", theme.render("pdf/part.html", **common, **values), book.language)

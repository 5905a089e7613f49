"""The composing, told in order: cover, front matter, parts, chapters, back matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from booklet.convert.contents import after, part_id
from booklet.diagnostics import failure
from booklet.model import Book, Chapter
from booklet.pdf.compose.back import back, entries, gather
from booklet.pdf.compose.chapter import chapter_piece, marks_of
from booklet.pdf.compose.comb import comb
from booklet.pdf.compose.front import cover, end, front, part_name
from booklet.pdf.compose.labels import digits, short_titles, title_lines, width
from booklet.pdf.compose.options import Options
from booklet.pdf.compose.replies import answers_piece
from booklet.pdf.compose.sheets import SHEETS
from booklet.pdf.model import Piece
from booklet.theme import Theme

ONE_LINE = 12.0
"""em: a longer title of a part takes two lines."""


def compose(book: Book, theme: Theme, options: Options) -> tuple[Piece, ...]:
    """Every piece of the book, in reading order. BookletError for a paper that the theme has no measures for."""
    pieces = SHEETS.get(options.edition, _pieces)
    return tuple(pieces(book, theme, options, _common(book, theme, options)))


def cover_piece(book: Book, theme: Theme, options: Options) -> Piece:
    """The cover alone."""
    return cover(book, theme, options, _common(book, theme, options))


def _common(book: Book, theme: Theme, options: Options) -> dict[str, object]:
    """What every template may use."""
    if options.paper not in theme.papers:
        hint = f"it has: {', '.join(theme.papers)}"
        raise failure("config/theme", f"the theme {theme.name!r} has no paper {options.paper}", hint=hint)
    return {
        "paper": options.paper,
        "edition": options.edition,
        "bleed": f"{options.bleed:g}mm",
        "digits": digits(book),
        "words": theme.words(book.language),
        "book": book,
    }


def _pieces(book: Book, theme: Theme, options: Options, common: Mapping[str, object]) -> Iterator[Piece]:
    found = gather(book, options)
    words = theme.words(book.language)
    last = (*after(book, words["answers"]), *entries(book, words, found, options))
    yield cover(book, theme, options, common)
    yield front(book, theme, options, common, last)
    titled = 0
    for part in book.parts:
        if part.title is not None:
            titled += 1
            yield _part(book, theme, options, common, titled, part.title, part.chapters)
        for chapter in part.chapters:
            yield chapter_piece(chapter, theme, options, common, marks_of(chapter, theme, options))
    for chapter in book.answers:
        yield answers_piece(book, chapter, theme, common, marks_of(chapter, theme, options))
    if len(last) > bool(book.answers):
        yield back(book, theme, options, common, found)
    if options.two_sided:
        yield end(book, theme, options, common)


def _part(
    book: Book,
    theme: Theme,
    options: Options,
    common: Mapping[str, object],
    number: int,
    title: str,
    chapters: Sequence[Chapter],
) -> Piece:
    identifier = part_id(title, book)
    titles = short_titles(book)
    drawn = comb(book, chapters, theme.papers[options.paper].tabs)
    values = {"id": identifier, "title": title, "language": book.language, **drawn}
    values["name"] = part_name(number, theme.words(book.language), book.language)
    values["lines"] = lines = title_lines(title) if width(title) > ONE_LINE else [title]
    values["chars"] = max(4, *(width(line) for line in lines), 0)
    values["titles"] = [titles[chapter.id] for chapter in chapters]
    return Piece(identifier, "part", theme.render("pdf/part.html", **common, **values), book.language)

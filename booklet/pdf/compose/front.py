"""Cover, title page, colophon, contents, and how to use the book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from booklet.convert import ast, han
from booklet.convert.contents import contents
from booklet.convert.html import fragments
from booklet.model import Book, Entry, Formula, walk
from booklet.pdf.compose.comb import comb
from booklet.pdf.compose.labels import citations, day, joined, ordinal, short_titles, title_lines, version, width
from booklet.pdf.compose.options import Options
from booklet.pdf.compose.visit import Marks
from booklet.pdf.model import Piece
from booklet.theme import Theme, safe

COVER, FRONT, END = "matter-cover", "matter-front", "matter-end"
KINDS = {"chapter": "c", "section": "s", "question": "q", "matter": "m"}


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
        "day": day(book.date, book.language),
        "version": version(book.date),
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


def front(book: Book, theme: Theme, options: Options, common: Mapping[str, object], back: Sequence[Entry]) -> Piece:
    """Title page, colophon, contents. `back`: what the contents list after the chapters."""
    parts, formulas = _contents(book, theme, options)
    html = theme.render(
        "pdf/title.html",
        **common,
        **shown(book),
        parts=parts,
        back=[{"id": entry.id, "title": entry.title} for entry in back],
        colophon=_colophon(book, options, theme),
    )
    return Piece(FRONT, "front", html, book.language, formulas)


def _contents(book: Book, theme: Theme, options: Options) -> tuple[list[dict[str, object]], dict[str, Formula]]:
    """The lines of the contents, part by part; headings may hold formulas of their chapters."""
    formulas: dict[str, Formula] = {}
    parts: list[dict[str, object]] = []
    tree, words, measure = contents(book, options.depth), theme.words(book.language), theme.papers[options.paper].ems
    titled = [entry for entry in tree if entry.kind == "part"]
    for run in _parts(tree):
        number = titled.index(run) + 1 if run in titled else 0
        name = part_name(number, words, book.language) if number else ""
        lines = [line for entry in run.children for line in _lines(book, entry, formulas, measure, options)]
        parts.append({"id": run.id, "title": run.title, "name": name, "lines": lines})
    return parts, formulas


def part_name(number: int, words: Mapping[str, str], language: str) -> str:
    """第一部分, Part 1."""
    return words["part_name"].replace("{}", ordinal(number, language))


def _parts(tree: Sequence[Entry]) -> list[Entry]:
    """The parts, with the chapters that are in none between them as parts without a name."""
    runs: list[Entry] = []
    for entry in tree:
        if entry.kind == "part":
            runs.append(entry)
        elif runs and not runs[-1].id:
            runs[-1] = Entry("", "part", "", children=(*runs[-1].children, entry))
        else:
            runs.append(Entry("", "part", "", children=(entry,)))
    return runs


def _lines(
    book: Book, entry: Entry, formulas: dict[str, Formula], measure: float, options: Options
) -> list[dict[str, object]]:
    chapter = next(chapter for chapter in book.chapters if chapter.id == entry.id)
    entries = [entry, *walk(entry.children)]
    titles = short_titles(book)
    inlines = [item.inlines or ast.text(titles.get(item.id, item.title)) for item in entries]
    marks = Marks(chapter, {}, measure, options.fold)
    html = fragments([han.typeset(title, book.language) for title in inlines], marks.inline)
    formulas |= marks.used
    numbers = citations(book)
    return [
        {
            "id": item.id,
            "kind": KINDS[item.kind],
            "html": safe(text),
            "open": item.status == "unanswered",
            "number": numbers[item.id] if item.kind == "question" else item.number or "",
        }
        for item, text in zip(entries, html, strict=True)
    ]


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
        (words["colophon_version"], version(book.date)),
        (words["colophon_date"], book.date),
        (words["colophon_source"], book.source),
        (words["colophon_rights"], book.rights),
        (words["colophon_fonts"], words["fonts"]),
        (words["colophon_paper"], f"{PAPERS[options.paper]}{words['semicolon']}{grid}"),
        (words["colophon_identifier"], book.identifier),
    ]
    return [(name, value) for name, value in rows if value]


PAPERS = {"A5": "148 × 210 mm", "B5": "176 × 250 mm", "A4": "210 × 297 mm", "Letter": "8.5 × 11 in"}

"""Cover, title page, colophon, contents, and how to use the book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from booklet.convert import ast, history
from booklet.convert.apart import is_apart
from booklet.convert.contents import contents
from booklet.model import Book, Entry, Formula, walk
from booklet.pdf.compose.comb import comb
from booklet.pdf.compose.labels import citations, joined, ordinal, short_titles, title_lines, version, width
from booklet.pdf.compose.options import Options
from booklet.pdf.compose.titles import Titles
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
        history=history.lines(book, theme.words(book.language)),
        apart=is_apart(book),
        writing=options.lines,
    )
    return Piece(FRONT, "front", html, book.language, formulas)


def _contents(book: Book, theme: Theme, options: Options) -> tuple[list[dict[str, object]], dict[str, Formula]]:
    """The lines of the contents, part by part; headings may hold formulas of their chapters."""
    parts: list[dict[str, object]] = []
    tree, words = contents(book, options.depth), theme.words(book.language)
    writer = Titles(book.language, theme.papers[options.paper].ems, options.fold)
    lines = _lines(book, tree, writer)
    titled = [entry for entry in tree if entry.kind == "part"]
    for run in _parts(tree):
        number = titled.index(run) + 1 if run in titled else 0
        name = part_name(number, words, book.language) if number else ""
        inside = [line for entry in run.children for line in lines[entry.id]]
        parts.append({"id": run.id, "title": run.title, "name": name, "lines": inside})
    return parts, writer.used


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


def _lines(book: Book, tree: Sequence[Entry], writer: Titles) -> dict[str, list[dict[str, object]]]:
    """Id of each chapter → its own line, and those of its headings."""
    titles, numbers = short_titles(book), citations(book)
    known = {chapter.id: chapter for chapter in book.chapters}
    entries = [[entry, *walk(entry.children)] for entry in walk(tuple(tree)) if entry.kind == "chapter"]
    asked = [
        (known[row[0].id], [item.inlines or ast.text(titles.get(item.id, item.title)) for item in row])
        for row in entries
    ]
    written = zip(entries, writer.write(asked), strict=True)
    return {
        row[0].id: [_line(item, text, numbers) for item, text in zip(row, html, strict=True)] for row, html in written
    }


def _line(item: Entry, text: str, numbers: Mapping[str, str]) -> dict[str, object]:
    number = numbers[item.id] if item.kind == "question" else item.number or ""
    line = {"id": item.id, "kind": KINDS[item.kind], "html": safe(text), "number": number}
    return {**line, "open": item.status == "unanswered"}


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

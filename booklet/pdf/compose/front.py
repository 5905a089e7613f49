"""Cover, title page, colophon, contents, and how to use the book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from booklet.convert import ast, han, history
from booklet.convert.apart import is_apart
from booklet.convert.contents import contents
from booklet.convert.html import fragments
from booklet.model import Book, Entry, Formula, walk
from booklet.pdf.compose.comb import comb
from booklet.pdf.compose.labels import citations, joined, ordinal, short_titles, title_lines, version, width
from booklet.pdf.compose.options import Options
from booklet.pdf.compose.visit import Marks
from booklet.pdf.displays import Fold
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
    writer = _Lines(book, theme.papers[options.paper].ems, options.fold)
    titled = [entry for entry in tree if entry.kind == "part"]
    for run in _parts(tree):
        number = titled.index(run) + 1 if run in titled else 0
        name = part_name(number, words, book.language) if number else ""
        lines = [line for entry in run.children for line in writer.lines(entry)]
        parts.append({"id": run.id, "title": run.title, "name": name, "lines": lines})
    return parts, writer.formulas


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


class _Lines:
    """Writes the contents' lines, chapter by chapter; `formulas` are those that their titles hold."""

    def __init__(self, book: Book, measure: float, fold: Fold) -> None:
        self.book, self.measure, self.fold = book, measure, fold
        self.titles, self.numbers = short_titles(book), citations(book)
        self.chapters = {chapter.id: chapter for chapter in book.chapters}
        self.formulas: dict[str, Formula] = {}

    def lines(self, entry: Entry) -> list[dict[str, object]]:
        """A chapter's own line, and those of its headings."""
        entries = [entry, *walk(entry.children)]
        inlines = [item.inlines or ast.text(self.titles.get(item.id, item.title)) for item in entries]
        marks = Marks(self.chapters[entry.id], {}, self.measure, self.fold)
        html = fragments([han.typeset(title, self.book.language) for title in inlines], marks.inline)
        self.formulas |= marks.used
        return [self._line(item, text) for item, text in zip(entries, html, strict=True)]

    def _line(self, item: Entry, text: str) -> dict[str, object]:
        number = self.numbers[item.id] if item.kind == "question" else item.number or ""
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

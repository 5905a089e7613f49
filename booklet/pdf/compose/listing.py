"""The contents: a line for each part, chapter, section and question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from booklet.convert import ast
from booklet.convert.ast import Nodes
from booklet.convert.contents import contents
from booklet.model import Book, Entry, Formula, walk
from booklet.pdf.compose.labels import citations, is_inked, ordinal, short_titles
from booklet.pdf.compose.options import Options
from booklet.pdf.compose.runs import runs
from booklet.pdf.compose.titles import Titles, anywhere
from booklet.pdf.model import Order, Piece
from booklet.theme import Theme, safe

CONTENTS = "matter-contents"
KINDS = {"chapter": "c", "section": "s", "question": "q"}


@dataclass(frozen=True, slots=True)
class Head:
    """The line of a part; without a title, of the chapters that are in none."""

    id: str = ""
    name: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """`kind`: as the style sheets call it. `number`: where the linker does not write it."""

    id: str
    kind: str
    inlines: Nodes
    number: str
    open: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A chapter: its own line, then those of its headings, which may hold formulas of it. `head`: it opens a part."""

    id: str
    lines: tuple[Line, ...]
    titled: tuple[tuple[int, Formula], ...]
    head: Head | None


def orders(
    book: Book, theme: Theme, options: Options, common: Mapping[str, object], back: Sequence[Entry], given: str
) -> Iterator[Order]:
    """The contents. `back`: what they list after the chapters; `given`: all that `common` and `options` hold."""
    listed = list(_listed(book, theme, options))
    found = runs(listed, lambda one: len(one.lines), lambda one: one.id, not options.two_sided)
    for n, run in enumerate(found):
        name = f"{CONTENTS}.{run[0].id}" if n else CONTENTS
        after = tuple(back) if run is found[-1] else ()
        make = partial(_piece, name, run, after, theme, options, common, book.language)
        yield Order(name, make, (name, repr(run), repr(after), given))


def part_name(number: int, words: Mapping[str, str], language: str) -> str:
    """第一部分, Part 1."""
    return words["part_name"].replace("{}", ordinal(number, language))


def _listed(book: Book, theme: Theme, options: Options) -> Iterator[Listed]:
    words, titles, numbers = theme.words(book.language), short_titles(book), citations(book)
    titled = {chapter.id: anywhere(chapter.titled) for chapter in book.chapters}
    for head, entries in _parts(contents(book, options.depth), words, book.language):
        opens: Head | None = head
        for entry in entries:
            lines = tuple(_line(item, titles, numbers) for item in (entry, *walk(entry.children)))
            yield Listed(entry.id, lines, titled[entry.id], opens)
            opens = None


def _parts(tree: Sequence[Entry], words: Mapping[str, str], language: str) -> Iterator[tuple[Head, Sequence[Entry]]]:
    """The parts, and the chapters that are in none between them."""
    number = 0
    alone: list[Entry] = []
    for entry in tree:
        if entry.kind != "part":
            alone.append(entry)
            continue
        if alone:
            yield Head(), alone
            alone = []
        number += 1
        yield Head(entry.id, part_name(number, words, language), entry.title), entry.children
    if alone:
        yield Head(), alone


def _line(item: Entry, titles: Mapping[str, str], numbers: Mapping[str, str]) -> Line:
    inlines = item.inlines or ast.text(titles.get(item.id, item.title))
    number = numbers.get(item.id, "")
    return Line(item.id, KINDS[item.kind], inlines, "" if is_inked(number) else number, item.status == "unanswered")


def _piece(
    name: str,
    run: Sequence[Listed],
    back: Sequence[Entry],
    theme: Theme,
    options: Options,
    common: Mapping[str, object],
    language: str,
) -> Piece:
    writer = Titles(language, theme.papers[options.paper].ems, options.fold)
    written = writer.write([(one.titled, [line.inlines for line in one.lines]) for one in run])
    parts: list[dict[str, object]] = []
    lines: list[dict[str, object]] = []
    for one, texts in zip(run, written, strict=True):
        if one.head or not parts:
            lines = []
            parts.append({"head": one.head or Head(), "lines": lines})
        lines += [{"line": line, "html": safe(text)} for line, text in zip(one.lines, texts, strict=True)]
    after = [{"id": entry.id, "title": entry.title} for entry in back]
    values = {"language": language, "parts": parts, "back": after, "first": name == CONTENTS}
    title = theme.words(language)["contents"]
    return Piece(
        name, "front", theme.render("pdf/contents.html", **common, **values, title=title), language, writer.used
    )

"""The contents of a book as one tree: PDF contents, bookmarks and the EPUB's navigation are all made from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from booklet.convert import ast
from booklet.maths.words import words
from booklet.model import Book, Chapter, Entry, Formula, Part, Question, Section


def contents(book: Book, depth: int = 3) -> tuple[Entry, ...]:
    """Parts, chapters, and below them sections and questions whose heading level is at most `depth` (2 to 6).

    Questions are always listed, whatever their level.
    """
    return tuple(entry for part in book.parts for entry in _part(part, book, depth))


def after(book: Book, word: str) -> tuple[Entry, ...]:
    """The entry of the answers at the book's end, if they stand there; a line a chapter below it."""
    numbers = {chapter.id: str(number) for number, chapter in book.numbered}
    rows = [Entry(c.id, "matter", c.title, number=numbers[c.answers_to]) for c in book.answers]
    return (Entry(rows[0].id, "matter", word, children=tuple(rows)),) if rows else ()


def part_id(part: Part, book: Book) -> str:
    """The id of a part's page: by its place, since two may have one title."""
    return f"part-{[other is part for other in book.parts].index(True) + 1}"


def _part(part: Part, book: Book, depth: int) -> Iterator[Entry]:
    numbers = {chapter.id: number for number, chapter in book.numbered}
    chapters = tuple(_chapter(chapter, numbers[chapter.id], depth) for chapter in part.chapters)
    if part.title is None:
        yield from chapters
    else:
        yield Entry(part_id(part, book), "part", part.title, children=chapters)


def _chapter(chapter: Chapter, number: int, depth: int) -> Entry:
    listed = [h for h in chapter.headings if isinstance(h, Question) or h.level <= depth]
    return Entry(chapter.id, "chapter", chapter.title, number=str(number), children=nest(listed, dict(chapter.titled)))


def nest(headings: Sequence[Section | Question], formulas: Mapping[int, Formula]) -> tuple[Entry, ...]:
    """Headings in reading order as a tree: each under the nearest one before it that has a smaller level."""
    entries: list[Entry] = []
    start = 0
    while start < len(headings):
        end = next(
            (n for n in range(start + 1, len(headings)) if headings[n].level <= headings[start].level), len(headings)
        )
        entries.append(_entry(headings[start], formulas, nest(headings[start + 1 : end], formulas)))
        start = end
    return tuple(entries)


def _entry(heading: Section | Question, formulas: Mapping[int, Formula], children: tuple[Entry, ...]) -> Entry:
    title = readable(heading, formulas)
    if isinstance(heading, Question):
        return Entry(heading.id, "question", title, heading.inlines, heading.number, heading.status, children)
    return Entry(heading.id, "section", title, heading.inlines, children=children)


def readable(heading: Section | Question, formulas: Mapping[int, Formula]) -> str:
    """The title in plain text, where neither bookmarks nor an NCX can hold MathML: `√d_k`, not its TeX."""

    def visit(item: ast.Node) -> ast.Node | None:
        if item["t"] != "Span" or not ast.has_class(item, "formula"):
            return None
        mathml = formulas[int(ast.value(item, "n") or 0)].mathml
        return ast.node("Str", words(mathml)) if mathml else None

    return " ".join(ast.plain(ast.rewrite(heading.inlines, visit)).split())

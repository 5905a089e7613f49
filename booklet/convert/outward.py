"""The links that lead out of the book, for a list that paper can hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from booklet.convert import ast
from booklet.convert.ast import Node
from booklet.model import Book, Chapter


@dataclass(frozen=True, slots=True)
class Outward:
    """An address, the words that it stands under, and the id of the question or section that names it first."""

    url: str
    words: str
    where: str


def outward(book: Book) -> tuple[tuple[Chapter, tuple[Outward, ...]], ...]:
    """The chapters that lead out, each with its addresses in the order of their first mention."""
    found = ((chapter, tuple(_first(chapter).values())) for chapter in book.chapters)
    return tuple((chapter, rows) for chapter, rows in found if rows)


def _first(chapter: Chapter) -> dict[str, Outward]:
    rows: dict[str, Outward] = {}
    for where, block in _located(chapter):
        for link in ast.of(block, "Link"):
            url = link["c"][2][0]
            if url.startswith(("http://", "https://")):
                rows.setdefault(url, Outward(url, ast.plain(link["c"][1]).strip(), where))
    return rows


def _located(chapter: Chapter) -> Iterator[tuple[str, Node]]:
    """Each block with the question or section that it stands in."""
    questions = {question.id for question in chapter.questions}
    where = chapter.id
    for block in chapter.blocks:
        identifier = ast.attribute(block)[0]
        if block["t"] == "Header" and identifier:
            where = identifier
        yield (identifier if identifier in questions else where), block

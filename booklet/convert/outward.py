"""The links that lead out of the book, for a list that paper can hold."""

from __future__ import annotations

from dataclasses import dataclass

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
    for lead in chapter.leads:
        if lead.target and not lead.inner and lead.target.startswith(("http://", "https://")):
            rows.setdefault(lead.target, Outward(lead.target, lead.words, lead.where))
    return rows

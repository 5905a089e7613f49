"""The list that all formats are made from: the questions of a book that have something to learn, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from booklet.diagnostics import Diagnostic, Location, Noted, finding
from booklet.model import Book, Chapter, Question


@dataclass(frozen=True, slots=True)
class Item:
    """A question and where it stands."""

    question: Question
    chapter: Chapter
    number: str
    """`1.3`, as the book cites it."""
    part: str | None
    """Title of the part, where the book has parts."""
    url: str
    """Where the site shows it; empty for a site without an address."""

    @property
    def topics(self) -> tuple[str, ...]:
        """Its own, else its chapter's."""
        return self.question.tags or self.chapter.tags


def items(book: Book) -> Noted[tuple[Item, ...]]:
    """All questions but those without an answer, which are named."""
    whole = tuple(_items(book))
    kept = tuple(item for item in whole if item.question.status != "unanswered")
    return Noted(kept, tuple(_left_out(item.question) for item in whole if item.question.status == "unanswered"))


def _items(book: Book) -> Iterator[Item]:
    parts = {chapter.id: part.title for part in book.parts for chapter in part.chapters}
    for n, chapter in enumerate(book.chapters, 1):
        for place, question in enumerate(chapter.questions, 1):
            number = f"{n}.{question.number or place}"
            yield Item(question, chapter, number, parts[chapter.id], _url(chapter, question))


def _url(chapter: Chapter, question: Question) -> str:
    """The chapter's page, at the question's heading."""
    anchor = next((name for name, target in chapter.anchors if target == question.id), "")
    return f"{chapter.url}#{quote(anchor)}" if chapter.url and anchor else chapter.url


def _left_out(question: Question) -> Diagnostic:
    message = f"“{question.title}” is left out, for it has no answer"
    return finding("export/unanswered", message, Location(question.path, question.line))

"""The nouns at the end: a line of the contents, a finished file (see `booklet.model`, which passes them on)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from booklet.drawn import Json

Status = Literal["answered", "unfinished", "unanswered"]
"""answered; unfinished: real text, but an empty last bullet or a placeholder sentence; unanswered: nothing real."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents. PDF contents, bookmarks and EPUB navigation are made from the same tree."""

    id: str
    """Where it leads: an id of the book."""
    kind: Literal["part", "chapter", "section", "question", "matter"]
    title: str
    inlines: Json = None
    number: str | None = None
    status: Status | None = None
    children: tuple[Entry, ...] = ()


def walk(entries: tuple[Entry, ...]) -> Iterator[Entry]:
    """Every entry of the tree, in reading order."""
    for entry in entries:
        yield entry
        yield from walk(entry.children)


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished file."""

    kind: Literal["pdf", "epub", "anki", "json", "csv"]
    file: str
    """Its name in the output folder."""
    data: bytes = field(repr=False)
    language: str = ""
    edition: str | None = None
    profile: str | None = None
    paper: str | None = None
    pages: int | None = None

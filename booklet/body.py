"""What is heavy of a chapter, apart: a book of a thousand fits the memory, and what is unchanged stays unread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from booklet.drawn import Formula, Json


@dataclass(frozen=True, slots=True)
class Body:
    """A chapter's blocks, and what they refer to."""

    blocks: Json
    formulas: tuple[Formula, ...] = ()
    places: tuple[tuple[str, int], ...] = ()
    """The name of each paragraph (`booklet.convert.places`) and its line in the post, for findings about pages."""


class Held(Protocol):
    """A body, wherever it lies."""

    @property
    def digest(self) -> str:
        """SHA-256 of all that it holds, or of all that it is made from."""

    def load(self) -> Body: ...


@dataclass(frozen=True, slots=True)
class Passage:
    """A question with its answer, or the prose under a heading, as words: what an index looks through."""

    id: str
    """Of the question or heading, of the chapter before its first heading."""
    question: bool
    title: str
    text: str
    """Without capitals, so that terms are found whatever their spelling."""
    strong: tuple[str, ...] = ()
    defined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lead:
    """A link: as it was written until the book is bound, then to `#id` or a URL, or to None where its words stay alone.

    `where`: the id of the question or section that it stands in.
    """

    target: str | None
    words: str
    where: str
    line: int | None = None
    inner: bool = False
    """Does it stand inside the words of another link?"""

"""`questions.lock`: every question as it was last published, with the words of its answer, and the pictures' digests.

The words are in it because notes need them where nothing else has them: a shallow clone has no history, and a folder
without git none at all.  JSON, a line of the answer a line of the file, so that git shows what a release changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from booklet.diagnostics import Location, failure

NAME = "questions.lock"
SCHEMA = "booklet/lock/1"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: in the lock as it was published, in a snapshot as it is."""

    id: str
    title: str
    label: str
    """Its number within the chapter: the author's, else its place."""
    chapter: str
    """The chapter's id."""
    answer: tuple[str, ...] = field(default=(), repr=False)
    """Its words: a line for each paragraph, and for each line of a listing."""
    digest: str = ""
    """SHA-256 of the answer with all that is in it: pictures, formulas, marks."""
    answered: bool = True
    first_published: str | None = None
    """ISO date of the first release that had it."""
    last_revised: str | None = None
    """ISO date of the last release that had another title or answer than the one before it."""
    removed: str | None = None
    """ISO date of the release that no longer had it. Should the question come back, it gets its id again."""


@dataclass(frozen=True, slots=True)
class Text:
    """A chapter without its questions."""

    id: str
    title: str
    digest: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The book in one language, as far as notes speak of it. `digest`: of what the title page says."""

    language: str
    title: str
    digest: str
    content_hash: str
    chapters: tuple[Text, ...] = ()
    questions: tuple[Asked, ...] = ()
    """In reading order; in the lock those that were removed come last."""

    @property
    def live(self) -> tuple[Asked, ...]:
        return tuple(question for question in self.questions if question.removed is None)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the network: its address, and the SHA-256 of the bytes that came from there."""

    address: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Lock:
    """The whole file. `release`: the label of the release that wrote it."""

    release: str = ""
    books: tuple[Snapshot, ...] = ()
    pictures: tuple[Picture, ...] = ()

    def book(self, language: str) -> Snapshot | None:
        return next((book for book in self.books if book.language == language), None)


def load(text: str) -> Lock:
    """BookletError for a file that is damaged."""
    try:
        value = json.loads(text)
        if value["schema"] != SCHEMA:
            raise ValueError(f"its schema is {value['schema']}")
        pictures = tuple(Picture(**item) for item in value["pictures"])
        return Lock(value["release"], tuple(_snapshot(item) for item in value["books"]), pictures)
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        hint = "take it from git as it was committed last; booklet alone writes it"
        raise failure("release/ledger", f"the lock cannot be read: {problem}", Location(NAME), hint) from None


def dump(lock: Lock) -> str:
    """The same text for the same lock."""
    return json.dumps({"schema": SCHEMA, **asdict(lock)}, ensure_ascii=False, indent=1) + "\n"


def _snapshot(item: Mapping[str, Any]) -> Snapshot:
    questions = tuple(Asked(**{**row, "answer": tuple(row["answer"])}) for row in item["questions"])
    return Snapshot(**{**item, "chapters": tuple(Text(**row) for row in item["chapters"]), "questions": questions})

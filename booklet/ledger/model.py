"""The nouns of publishing: a release, its files, what changed in it; and the ledger that lists all releases."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["added", "revised", "retitled", "renumbered", "moved", "removed"]
KINDS: tuple[Kind, ...] = ("added", "revised", "retitled", "renumbered", "moved", "removed")
"""In the order in which notes list them."""


@dataclass(frozen=True, slots=True)
class ReleasedFile:
    """A file of a release. `name` is the one in the release's folder; `pages` are those of a PDF."""

    name: str
    kind: Literal["pdf", "epub", "anki", "json", "csv"]
    language: str
    bytes: int
    sha256: str
    edition: str | None = None
    profile: str | None = None
    paper: str | None = None
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class ReleasedBook:
    """The book in one language. `content_hash` is the one of `booklet.model.Book`."""

    language: str
    title: str
    content_hash: str
    questions: int
    answered: int


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of words that went, and what stands in its place; either may be empty. `after`: the words before it."""

    after: str
    gone: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different from the release before, in one language."""

    kind: Kind
    id: str
    """Of the question or chapter; empty for the book."""
    title: str
    """As it is now; of what was removed, as it was."""
    chapter: str
    """Title of the chapter that it is, stands in, or stood in; empty for the book."""
    language: str
    number: str | None = None
    """The question's number in the book, `3.2`; None for what was removed."""
    page: str | None = None
    """The folio in the first PDF; None where there is none."""
    old: str | None = None
    """What it was before: the title (retitled), the number (renumbered), the chapter's title (moved)."""
    edits: tuple[Edit, ...] = ()
    """Of a revised question: the first few of them."""
    more: int = 0
    """How many edits are not listed."""
    subject: Literal["question", "chapter", "book"] = "question"
    """chapter: its place, title, and what stands outside its questions. book: what the title page says."""


@dataclass(frozen=True, slots=True)
class Release:
    """What was published. A revision is the same content with another look: theme, settings or program."""

    version: str
    """`2026.11`, `2026.11.1`, or `1.4.0`."""
    revision: int
    """From 1."""
    date: str
    """ISO date, in the time zone of the configuration; the one that the books show."""
    moment: str
    """ISO date and time in UTC, `2026-11-25T02:20:07Z`: what schedules are held against."""
    content_hash: str
    """SHA-256 over those of `books`."""
    tool: str
    """`booklet 0.3.0 (1a2b3c4d5e6f)`: version and digest of the program."""
    books: tuple[ReleasedBook, ...]
    files: tuple[ReleasedFile, ...] = ()
    changes: tuple[Change, ...] = ()
    """Empty in the first release and in revisions."""
    source: str = ""
    """SHA-256 over the posts as they were written: tells whether other content comes from another program alone."""

    @property
    def label(self) -> str:
        """The name of its folder, and of its tag: `2026.11`; a revision's is `2026.11-r2`."""
        return self.version if self.revision == 1 else f"{self.version}-r{self.revision}"

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(book.language for book in self.books)


@dataclass(frozen=True, slots=True)
class Ledger:
    """All releases, oldest first."""

    releases: tuple[Release, ...] = field(default=())

    @property
    def last(self) -> Release | None:
        return self.releases[-1] if self.releases else None

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(release.label for release in self.releases)


@dataclass(frozen=True, slots=True)
class Past:
    """A release as the books themselves list it: version, date, and how many questions it changed."""

    version: str
    date: str
    """ISO."""
    added: int = 0
    revised: int = 0
    removed: int = 0

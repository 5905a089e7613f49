"""Which version a book is: what the ledger says of its content."""

from __future__ import annotations

from dataclasses import replace

from booklet.ledger import Ledger, Release
from booklet.model import Book, Past


def stamped(book: Book, ledger: Ledger) -> Book:
    """The book with version, date and history. Content that was never published follows the last version: `2026.11+`.

    So a build of what was released gives what was released, whoever builds it, whenever.
    """
    listed = [release for release in ledger.releases if book.language in release.languages]
    if not listed:
        return book
    last = listed[-1]
    same = any(one.content_hash == book.content_hash for one in last.books if one.language == book.language)
    return replace(
        book,
        version=last.label if same else f"{last.label}+",
        released=last.date if same else "",
        history=tuple(_past(release, book.language) for release in listed),
    )


def _past(release: Release, language: str) -> Past:
    """A question counts once, however much of it was revised."""

    def count(*kinds: str) -> int:
        own = (c for c in release.changes if c.subject == "question" and c.language == language)
        return len({c.id for c in own if c.kind in kinds})

    return Past(release.label, release.date, count("added"), count("revised", "retitled"), count("removed"))

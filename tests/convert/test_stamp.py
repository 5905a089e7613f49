"""Which version a book says that it is, and the table of all versions."""

from __future__ import annotations

from pathlib import Path

import pytest

from booklet import theme
from booklet.convert.history import lines
from booklet.convert.stamp import stamped
from booklet.ledger import Change, Ledger, Past, Release, ReleasedBook
from booklet.model import Book

BOOK = Book("书", "book", "zh-Hans", "urn:uuid:1", (), date="2025-11-06", content_hash="b")


def release(version: str, content: str, language: str = "zh-Hans", revision: int = 1) -> Release:
    changes = tuple(
        Change(kind, identifier, "", "", language, subject=subject)  # type: ignore[arg-type]
        for kind, identifier, subject in (
            ("added", "q-1", "question"),
            ("added", "chapter", "chapter"),
            ("revised", "q-2", "question"),
            ("retitled", "q-2", "question"),
        )
    )
    book = ReleasedBook(language, "书", content, 3, 2)
    return Release(version, revision, f"2026-0{version}-01", "", "", "booklet", (book,), changes=changes)


def test_a_book_that_was_never_released_says_nothing() -> None:
    assert stamped(BOOK, Ledger()) == BOOK
    assert stamped(BOOK, Ledger((release("1", "b", "en"),))) == BOOK, "its twin was"


@pytest.mark.parametrize(
    ("content", "revision", "version", "released"),
    [("b", 1, "2", "2026-02-01"), ("b", 2, "2-r2", "2026-02-01"), ("c", 1, "2+", "")],
)
def test_what_was_released_bears_its_version(content: str, revision: int, version: str, released: str) -> None:
    book = stamped(BOOK, Ledger((release("1", "a"), release("2", content, revision=revision))))
    assert (book.version, book.released) == (version, released)
    assert book.history[0] == Past("1", "2026-01-01", added=1, revised=1)


def test_the_table_has_the_newest_first_and_never_forgets_the_first() -> None:
    words = theme.load("default", Path()).words("zh-Hans")
    book = stamped(BOOK, Ledger(tuple(release(str(n), "a") for n in range(1, 10))))
    assert lines(book, words)[0] == "9　2026-09-01　增 1 题，改 1 题"
    assert len(lines(book, words)) == 9
    many = stamped(BOOK, Ledger(tuple(release(str(n % 10), "a") for n in range(1, 24))))
    assert len(lines(many, words)) == 11
    assert lines(many, words)[-2:] == ["其间 13 版从略", "1　2026-01-01　增 1 题，改 1 题"]
    assert lines(BOOK, words) == []

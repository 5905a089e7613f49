"""Releases without a build: a bound book, files of a few bytes, a ledger."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

from booklet import shelf
from booklet.fonts.faces import FACES
from booklet.ledger import Change, Edit, Ledger, Release, ReleasedBook, ReleasedFile
from booklet.model import Book
from booklet.theme import Theme

BOOKS = {"guide.pdf": b"%PDF-1.7 one", "guide-print.pdf": b"%PDF-1.7 two", "guide.epub": b"PK epub"}
NOTES = {"notes.md": "# 更新\n".encode(), "notes.json": b"{}\n"}
FILES = {**BOOKS, **NOTES}
HOUSE = [face for face in FACES if not face.region]


def file(name: str, language: str = "zh-Hans") -> ReleasedFile:
    kind = "epub" if name.endswith(".epub") else "pdf"
    edition = None if kind == "epub" else "print" if "print" in name else "screen"
    digest = hashlib.sha256(BOOKS[name]).hexdigest()
    profile, pages = ("standard", None) if kind == "epub" else (None, 45)
    return ReleasedFile(name, kind, language, len(BOOKS[name]), digest, edition, profile, None, pages)  # type: ignore[arg-type]


def release(book: Book, version: str = "2026.11", day: int = 25, **more: object) -> Release:
    """A release of a book on a day of November 2026."""
    asked = len(book.questions), sum(question.answered for question in book.questions)
    own = ReleasedBook(book.language, book.title, book.content_hash, *asked)
    date = f"2026-11-{day:02}"
    made = Release(version, 1, date, f"{date}T02:20:07Z", "0" * 64, "booklet 0.1.0", (own,))
    return dataclasses.replace(made, files=tuple(map(file, BOOKS)), **more)  # type: ignore[arg-type]


def changes(book: Book) -> tuple[Change, ...]:
    """One change of each kind."""
    one, two = book.questions[:2]
    common = {"chapter": book.chapters[0].title, "language": book.language}
    edits = (Edit("点积的", "方差", "标准差"), Edit("因此", "", "再"))
    return (
        Change("added", one.id, one.title, number="1.1", page="5", **common),
        Change("revised", two.id, two.title, number="1.2", edits=edits, more=3, **common),
        Change("retitled", one.id, one.title, number="1.1", old="旧题目", **common),
        Change("renumbered", two.id, two.title, number="1.2", old="1.3", **common),
        Change("moved", two.id, two.title, number="1.2", old="旧章", **common),
        Change("removed", "q-gone", "没有了的题", **common),
        Change("revised", book.chapters[0].id, book.chapters[0].title, subject="chapter", **common),
    )


def ledger(book: Book) -> Ledger:
    """The first release, a revision, and one with changes."""
    first = release(book, "2026.10", 1)
    return Ledger((first, dataclasses.replace(first, revision=2), release(book, changes=changes(book))))


def publish(folder: Path, listed: Ledger, views: list[shelf.View], look: Theme) -> Path:
    """A folder of releases, as a static host would have it."""
    whole: dict[str, bytes] = {}
    for item in listed.releases:
        whole = shelf.beside(item, FILES, HOUSE)
        for name, data in whole.items():
            write(folder / item.label / name, data)
    for name, data in shelf.above(listed, views, whole, look).items():
        write(folder / name, data)
    return folder


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)

"""An Anki package: genanki makes the collection; ids, times and the archive depend on the book alone.

A note's GUID is its question's id: a later version of the book updates the note, and the learner's progress stays.
Anki takes an update for one when it is newer than the note, so all notes bear the date of the version.
"""

from __future__ import annotations

import datetime
import hashlib
import io
import itertools
import json
import sqlite3
import zipfile
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from booklet.diagnostics import Diagnostic, Location, counted, finding
from booklet.export import escape, note_type, texts
from booklet.export.questions import Item
from booklet.export.texts import Texts
from booklet.model import Book, Chapter

if TYPE_CHECKING:
    from booklet.export.artifact import Asked

STAMP = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a zip archive knows."""
VERSION = range(96, 100)
"""Where a database says which SQLite wrote it (SQLite file format: write library version): no part of the book."""
EARLIEST = 315_532_800
"""1980: ids are counted from the moment on, and none may be 0."""
FIRST_ID, IDS = 10**12, 9 * 10**12
"""Anki's ids look like milliseconds since 1970, and must fit JavaScript's numbers."""
LONGEST_NAME = 32
"""Hexadecimal digits of a picture's digest in its name."""


def written(book: Book, items: Sequence[Item], asked: Asked) -> tuple[bytes, int]:
    """The package, and how many pictures it holds."""
    media: dict[str, str] = {}

    def picture(_chapter: Chapter, target: str) -> str:
        digest, _, kind = target.removeprefix("asset:").partition(".")
        name = f"booklet-{digest[:LONGEST_NAME]}.{kind}"
        media[name] = digest
        return name

    shown = texts.html(items, asked.theme.words, asked.macros, picture)
    words = asked.theme.words(book.language)
    model = note_type.model(number(book, "note type"), book, asked.theme)
    made = _decks(book, items)
    for place, (item, text) in enumerate(zip(items, shown, strict=True), 1):
        made[_deck_name(book, item)].add_note(_note(place, item, text, model, words, book, asked.suffix))
    collection = _collection(list(made.values()), moment(book) if asked.moment is None else asked.moment)
    return _archive(collection, {name: asked.asset(digest) for name, digest in sorted(media.items())}), len(media)


def number(book: Book, name: str) -> int:
    """An id that stays the same from version to version."""
    digest = hashlib.sha256(f"{book.identifier} {name}".encode()).digest()
    return FIRST_ID + int.from_bytes(digest[:8]) % IDS


def moment(book: Book) -> int:
    """Seconds since 1970 of the newest date in the posts; a day's begins at midnight UTC."""
    dates = [chapter.lastmod or chapter.date for chapter in book.chapters]
    return max(EARLIEST, *(_seconds(date) for date in dates if date), EARLIEST)


def undated(items: Sequence[Item]) -> tuple[Diagnostic, ...]:
    """Posts that do not say when they were last changed: Anki would take their changes for none."""
    posts = list(dict.fromkeys(item.chapter.path for item in items if not item.chapter.lastmod))
    if not posts:
        return ()
    message = f"{counted(len(posts), 'post')} without `lastmod`: Anki replaces a card only by one with a newer date"
    hint = "set `lastmod` when a post changes, or SOURCE_DATE_EPOCH to the day of the version"
    return (finding("export/undated", message, Location(posts[0]), hint),)


def _seconds(date: str) -> int:
    found = datetime.datetime.fromisoformat(date)
    return int((found if found.tzinfo else found.replace(tzinfo=datetime.UTC)).timestamp())


def _decks(book: Book, items: Sequence[Item]) -> dict[str, Any]:
    """The book's deck, which says what it is, and one below it for each part and chapter. Their names hold no number:
    a chapter that comes between others must not move their cards."""
    from genanki import Deck

    about = (book.description, book.date, book.source)
    whole = escape.level(book.title)
    decks = {whole: Deck(number(book, "deck"), whole, "<br>".join(map(escape.words, filter(None, about))))}
    for item in items:
        name = _deck_name(book, item)
        if name not in decks:
            decks[name] = Deck(number(book, f"deck {item.part or ''}/{item.chapter.id}"), name)
    return decks


def _deck_name(book: Book, item: Item) -> str:
    levels = (book.title, item.part, item.chapter.title)
    return "::".join(escape.level(level) for level in levels if level)


def _note(place: int, item: Item, text: Texts, model: Any, words: Mapping[str, str], book: Book, suffix: str) -> Any:
    from genanki import Note

    question = item.question
    chapter = f"{escape.tag(book.slug)}::{escape.tag(item.chapter.id)}"
    tags = [chapter, *map(escape.tag, item.topics)]
    fields = note_type.fields(item, text, words)
    return Note(
        model=model,
        fields=[escape.field(field) for field in fields],
        sort_field=item.number,
        tags=[tag for tag in dict.fromkeys(tags) if tag],
        guid=f"{question.id}{suffix}",
        due=place,
    )


def _collection(decks: list[Any], seconds: int) -> bytes:
    """The database in Anki's format, its ids counted from the moment on."""
    from genanki import Package

    with sqlite3.connect(":memory:") as database:
        Package(decks).write_to_db(database.cursor(), seconds, itertools.count(seconds * 1000))
        database.commit()
        data = bytes(database.serialize())
    return data[: VERSION.start] + bytes(4) + data[VERSION.stop :]


def _archive(collection: bytes, media: Mapping[str, bytes]) -> bytes:
    """The zip archive; a picture's name in it is its place in the list `media`."""
    named = json.dumps({str(n): name for n, name in enumerate(media)})
    files = {"collection.anki2": collection, "media": named.encode()}
    files |= {str(n): data for n, data in enumerate(media.values())}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            archive.writestr(entry, data)
    return target.getvalue()

"""A book and a format → a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from booklet.diagnostics import Diagnostic, Noted, failure
from booklet.export.questions import Item, items
from booklet.export.texts import Words
from booklet.model import Artifact, Book
from booklet.theme import Theme

Format = Literal["anki", "json", "csv"]
FORMATS: Mapping[str, str] = {"anki": ".apkg", "json": ".json", "csv": ".csv"}
"""How the names of their files end."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a format needs beside the book."""

    theme: Theme
    suffix: str
    """`.en` for a language that is not the configured one."""
    macros: Mapping[str, str]
    asset: Callable[[str], bytes]
    """Digest → bytes of a picture."""
    moment: int | None = None
    """Seconds since 1970: when this version came out. None: the newest date of the posts."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The file, and how many questions, notes left out and pictures are in it."""

    artifact: Artifact
    counts: Mapping[str, int]


def export(book: Book, format_: Format, asked: Asked) -> Noted[Exported]:
    """The file. BookletError (source) for a book in which no question has an answer."""
    found = items(book)
    if not found.value:
        hint = "`booklet inspect` shows what was taken for a question"
        raise failure("export/no-questions", "there is nothing to export: no question has an answer", hint=hint)
    data, pictures, notes = _written(book, found.value, format_, asked)
    name = f"{book.slug}{asked.suffix}{FORMATS[format_]}"
    counts = {"questions": len(found.value), "left_out": len(found.notes), "pictures": pictures}
    return Noted(Exported(Artifact(format_, name, data, book.language), counts), (*found.notes, *notes))


def _written(
    book: Book, found: tuple[Item, ...], format_: Format, asked: Asked
) -> tuple[bytes, int, tuple[Diagnostic, ...]]:
    words: Words = asked.theme.words
    if format_ == "anki":
        from booklet.export import anki

        return *anki.written(book, found, asked), anki.undated(found) if asked.moment is None else ()
    from booklet.export import tables

    if format_ == "json":
        return tables.as_json(book, found, words, asked.macros), 0, ()
    return tables.as_csv(found, words), 0, ()

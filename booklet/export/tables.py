"""The questions as JSON for programs, and as CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from booklet.convert.gather import spoken
from booklet.export import texts
from booklet.export.questions import Item
from booklet.export.texts import Texts, Words
from booklet.model import Book

SCHEMA = "booklet/export/1"
COLUMNS = "id number chapter part title question answer focus rubric status difficulty tags url".split()
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def as_json(book: Book, items: Sequence[Item], words: Words, macros: Mapping[str, str]) -> bytes:
    """The book and its questions, texts as HTML and as Markdown; absent is null."""
    pages = texts.html(items, words, macros, texts.address)
    plain = texts.markdown(items, words)
    names = ("title", "slug", "language", "identifier", "date", "content_hash")
    answer = {
        "schema": SCHEMA,
        "book": {name: getattr(book, name) for name in names},
        "questions": [_row(item, *both) for item, *both in zip(items, pages, plain, strict=True)],
    }
    return (json.dumps(answer, ensure_ascii=False, indent=2) + "\n").encode()


def _row(item: Item, html: Texts, markdown: Texts) -> dict[str, Any]:
    question = item.question
    both = {name: {"html": html[key], "markdown": markdown[key]} if html[key] else None for name, key in TEXTS.items()}
    rubric = [{"low": one.low, "high": one.high, "text": spoken(one.blocks)} for one in question.rubric]
    return {
        "id": question.id,
        "number": item.number,
        "title": question.title,
        "status": question.status,
        "difficulty": question.difficulty,
        "tags": list(item.topics),
        "part": item.part,
        "chapter": {"id": item.chapter.id, "title": item.chapter.title},
        "url": item.url or None,
        "path": question.path,
        "line": question.line,
        **both,
        "rubric": rubric,
    }


TEXTS = {"heading": "title", "question": "asked", "answer": "answer", "focus": "focus"}
"""Key of the JSON → part of the question."""


def as_csv(items: Sequence[Item], words: Words) -> bytes:
    """A table as RFC 4180 has it: CRLF, quotes doubled, a line of heads; texts as Markdown.

    It begins with a byte-order mark: without one, Excel takes the file for the system's old encoding (GBK in China).
    A text that would begin a formula has a space before it.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for item, text in zip(items, texts.markdown(items, words), strict=True):
        writer.writerow([_cell(value) for value in _cells(item, text)])
    return target.getvalue().encode("utf-8-sig")


def _cells(item: Item, text: Texts) -> list[str]:
    question = item.question
    hard = str(question.difficulty or "")
    where = [question.id, item.number, item.chapter.title, item.part or "", text["title"]]
    said = [text["asked"], text["answer"], text["focus"], text["rubric"]]
    return [*where, *said, question.status, hard, ", ".join(item.topics), item.url]


def _cell(value: str) -> str:
    return f" {value}" if value.startswith(FORMULA) else value

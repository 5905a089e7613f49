"""What counts as another book, another answer, another chapter: SHA-256 over words, formulas and pictures.

Names of files, dates in front matter and places in files count nowhere; neither does how things are rendered.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.model import Asset, Book, Chapter

RENDERED = frozenset({"mathml", "drawing", "recipe"})
ELSEWHERE = frozenset({"path", "url", "line", "anchors", "date", "lastmod"})
PUBLISHED = frozenset({"content_hash", "version", "released", "history", "first_published", "last_revised"})
ARRANGED = frozenset({"answers", "answers_to", "numbers"})
APART = frozenset({"body", "passages", "titled", "said", "where"})
"""What `Chapter.content` stands for."""
LEFT_OUT = RENDERED | ELSEWHERE | PUBLISHED | ARRANGED | APART


def content_hash(book: Book) -> str:
    """Of everything in the book that its readers see or hear."""
    text = _json(_content(book))
    for number, chapter in enumerate(book.chapters, 1):  # an id that a file's name gave is a name of a file
        for mark in (f'"{chapter.id}--', f'"#{chapter.id}--', f'"#{chapter.id}"'):
            text = text.replace(mark, mark.replace(chapter.id, str(number)))
    return _sha(text)


def of_answer(question: Node, difficulty: int | None) -> str:
    """Of a question's `Div`: all but its heading, and the ids in it."""
    return _sha(_json([difficulty, ast.rewrite(question["c"][1][1:], _anonymous)]))


def of_text(chapter: Chapter) -> str:
    """Of all that a chapter has outside its questions, but for its title."""

    def visit(item: Node) -> Nodes | None:
        return [] if item["t"] == "Div" and ast.has_class(item, "question") else _anonymous(item)

    picture = chapter.picture.sha256 if chapter.picture else None
    matter = [chapter.description, chapter.authors, chapter.tags, chapter.language, picture]
    return _sha(_json([matter, ast.rewrite(chapter.blocks, visit)]))


def of_title(book: Book) -> str:
    """Of what the title page and the colophon say, and of the names of the parts."""
    said = (book.title, book.subtitle, book.authors, book.publisher, book.rights, book.description, book.source)
    return _sha(_json([said, [part.title for part in book.parts]]))


def combined(hashes: Sequence[str]) -> str:
    """One for the books in all languages."""
    return _sha("\n".join(hashes))


def _anonymous(item: Node) -> Any:
    """A node without its id, and without what depends on its place among others."""
    if item["t"] not in ast.ATTRIBUTE_AT:
        return None
    _, classes, pairs = ast.attribute(item)
    bare = ast.with_attribute(item, ["", classes, [pair for pair in pairs if pair[0] not in ("n", "line")]])
    if item["t"] != "Link":
        return bare
    words, (target, title) = bare["c"][1:]
    return {**bare, "c": [bare["c"][0], words, [re.sub(r"^#(?!q-).*", "#", target), title]]}


def _content(value: object) -> object:
    """As JSON. `dataclasses.asdict` would copy the renderings first, most of a large book's time."""
    if isinstance(value, Asset) and value.status == "ok":
        return value.sha256
    if isinstance(value, Chapter):
        value = replace(value, id="")
    if is_dataclass(value):
        return {one.name: _content(getattr(value, one.name)) for one in fields(value) if one.name not in LEFT_OUT}
    if isinstance(value, dict):
        return {key: _content(item) for key, item in value.items() if key not in RENDERED}
    return [_content(item) for item in value] if isinstance(value, list | tuple) else value


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

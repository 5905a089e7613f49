"""The e-book from the cache: chapters one by one, then the file; only what changed is made."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import replace

from booklet.cache import Cache, key, tool
from booklet.diagnostics import Noted
from booklet.epub.build import Given, build
from booklet.epub.chapter import draft
from booklet.epub.model import Draft, Options
from booklet.model import Book, Chapter
from booklet.theme import Theme

DRAFT = "draft/1"
EPUB = "epub/2"


def bind(book: Book, given: Given, options: Options, cache: Cache, advance: Callable[[], None]) -> bytes:
    """The finished file of a profile. `advance` is called after each chapter."""
    keys: list[str] = []
    drafts: list[str] = []
    for chapter in (*book.chapters, *book.answers):
        inputs: list[bytes | str] = [tool(), given.theme.digest, chapter_key(chapter, options)]
        made = functools.partial(_draft, chapter, given.theme, options)
        keys.append(key(inputs))
        drafts.append(cache.remember_file(DRAFT, inputs, made).value)
        advance()
    whole: list[bytes | str] = [tool(), given.theme.digest, given.cover]
    parts = tuple(replace(part, chapters=()) for part in book.parts)
    head = repr(replace(book, parts=parts, answers=()))
    whole += [head, repr((given.contents, given.pages, given.series, options))]

    def finished() -> Noted[bytes]:
        return Noted(build(book, [Draft.load(cache.store.get(digest)) for digest in drafts], given, options))

    return cache.store.get(cache.remember_file(EPUB, [*whole, *keys], finished).value)


def chapter_key(chapter: Chapter, options: Options) -> str:
    """Everything that a draft depends on beside the theme."""
    return json.dumps([repr(chapter), repr(options)], ensure_ascii=False)


def _draft(chapter: Chapter, theme: Theme, options: Options) -> Noted[bytes]:
    return Noted(draft(chapter, theme, options).dump())

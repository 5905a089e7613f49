"""Books from Markdown, as `bind` makes them, but for the links between posts."""

from __future__ import annotations

from dataclasses import replace

from booklet.convert import gather
from booklet.convert.bind import distinct
from booklet.convert.held import with_blocks
from booklet.model import Book, Chapter, Part
from tests.convert.make import convert

WORD = "参考答案"


def book(*bodies: str, **fields: object) -> Book:
    """A book with a chapter a body: `a`, `b`, …"""
    chapters = distinct(list(map(chapter, bodies, "abcdefgh")))
    return Book("书", "book", "zh-Hans", "urn:x", (Part(None, tuple(chapters)),))


def chapter(body: str, name: str) -> Chapter:
    made = convert(body, chapter_id=name, path=f"content/posts/{name}.md", title=f"面试题-{name}").value
    bare = with_blocks(made, gather.unlined(made.blocks))
    return replace(bare, headings=gather.told(bare.headings, bare.blocks))


def word(language: str) -> str:
    return WORD

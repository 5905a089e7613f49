"""Links of a book from which something has been taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.held import with_blocks
from booklet.model import Book, Chapter


def kept(book: Book, moved: Mapping[str, str]) -> Book:
    """The book with every link leading somewhere: to what `moved` says of its target, else it is only its words."""
    there = {name for chapter in book.chapters for name in _ids(chapter)}
    parts = (
        replace(part, chapters=tuple(_chapter(chapter, there, moved) for chapter in part.chapters))
        for part in book.parts
    )
    return replace(book, parts=tuple(parts))


def _ids(chapter: Chapter) -> Iterator[str]:
    yield chapter.id
    yield from (name for item in ast.walk(chapter.blocks) if (name := ast.attribute(item)[0]))


def _chapter(chapter: Chapter, there: set[str], moved: Mapping[str, str]) -> Chapter:
    def visit(item: Node) -> Node | Nodes | None:
        if item["t"] != "Link" or not item["c"][2][0].startswith("#"):
            return None
        attr, words, (target, title) = item["c"]
        name = target[1:] if target[1:] in there else moved.get(target[1:], "")
        return ast.node("Link", attr, words, [f"#{name}", title]) if name in there else list(words)

    blocks: Any = ast.rewrite(chapter.blocks, visit)
    return with_blocks(chapter, blocks)

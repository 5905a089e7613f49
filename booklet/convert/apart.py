"""Answers that stand apart from their questions: the words of that convention (`booklet.model`), and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.held import with_blocks
from booklet.convert.pieces import pieces
from booklet.model import Book, Chapter

ENDING = "_answer"
"""Of the id of an answer: a question's id holds no such character, nor does a chapter's."""
HEADING = "_answers"
"""Of the id of the heading over a chapter's answers, or of the chapter that holds them."""

FIGURE = "figure"
"""The attribute of a picture that has its number."""


Replies = dict[str | None, dict[str, Node]]
"""Id of a question → the parts of its answer."""


def is_question(block: Node) -> bool:
    return bool(block["t"] == "Div" and ast.has_class(block, "question"))


def is_reply(block: Node) -> bool:
    return bool(block["t"] == "Div" and ast.has_class(block, "reply"))


def is_heading(block: Node) -> bool:
    """The heading over a chapter's answers."""
    return bool(block["t"] == "Header" and ast.has_class(block, "answers"))


def parts(block: Node) -> dict[str, Node]:
    """What a question holds below its title, or an answer apart: each part by its name (`convert.pieces`)."""
    return {ast.attribute(part)[1][0]: part for part in block["c"][1] if part["t"] == "Div"}


def figured(blocks: Nodes) -> Nodes:
    """Every picture that stands alone, with a caption, has its number, so that it keeps it wherever it goes."""
    numbers = {id(image): str(n) for n, image in enumerate(_captioned(_read(blocks)), 1)}
    return _numbered(blocks, numbers)  # type: ignore[no-any-return]


def _read(blocks: Nodes) -> Iterator[Nodes]:
    """Blocks as they are read: the answer is not the first part of a question."""
    for block in blocks:
        yield [piece for run in pieces(block).values() for piece in run] if is_question(block) else [block]


def _captioned(runs: Iterable[Nodes]) -> Iterator[Node]:
    for paragraph in ast.of(list(runs), "Para"):
        if len(paragraph["c"]) == 1 and paragraph["c"][0]["t"] == "Image" and paragraph["c"][0]["c"][1]:
            yield paragraph["c"][0]


def _numbered(tree: Any, numbers: Mapping[int, str]) -> Any:
    """As `ast.rewrite`, for nodes that are known by their identity."""
    if isinstance(tree, list):
        return [_numbered(item, numbers) for item in tree]
    if not isinstance(tree, dict) or "c" not in tree:
        return tree
    if id(tree) in numbers:
        return tree if ast.value(tree, FIGURE) else ast.with_value(tree, FIGURE, numbers[id(tree)])
    return {**tree, "c": _numbered(tree["c"], numbers)}


def figure(image: Node, count: int) -> tuple[Node, str]:
    """A picture as a back-end shows it, and its number: its own, else the one that is counted."""
    identifier, classes, pairs = ast.attribute(image)
    bare = [pair for pair in pairs if pair[0] != FIGURE]
    return ast.with_attribute(image, [identifier, classes, bare]), ast.value(image, FIGURE) or str(count)


def is_apart(book: Book) -> bool:
    """Do answers stand apart from their questions?"""
    return bool(book.answers) or any(chapter.answers_to or _ends(chapter) for chapter in book.chapters)


def _ends(chapter: Chapter) -> bool:
    """Does it end with its answers?"""
    return any(heading.id == f"{chapter.id}{HEADING}" for heading in chapter.headings)


def together(book: Book) -> Book:
    """The book with every answer below its question, for whoever reads the text and not the page."""
    if not is_apart(book):
        return book
    held = filter(is_reply, _blocks((*book.chapters, *book.answers)))
    replies = {ast.value(block, "question"): parts(block) for block in held}
    whole = (replace(part, chapters=tuple(_joined(one, replies) for one in part.chapters)) for part in book.parts)
    return replace(book, parts=tuple(whole), answers=())


def _blocks(chapters: tuple[Chapter, ...]) -> Iterator[Node]:
    return (block for chapter in chapters for block in chapter.blocks)


def _joined(chapter: Chapter, replies: Replies) -> Chapter:
    kept = [block for block in chapter.blocks if not is_reply(block) and not is_heading(block)]
    blocks = [_answered(block, replies) if is_question(block) else block for block in kept]
    own = tuple(heading for heading in chapter.headings if heading.id != f"{chapter.id}{HEADING}")
    return replace(with_blocks(chapter, blocks), headings=own)


def _answered(question: Node, replies: Replies) -> Node:
    identifier, classes, pairs = ast.attribute(question)
    if ast.value(question, "answer") is None:
        return question
    left = [pair for pair in pairs if pair[0] != "answer"]
    inside = [question["c"][1][0], *{**parts(question), **replies.get(identifier, {})}.values()]
    return ast.node("Div", [identifier, classes, left], inside)

"""Where the answers stand: with their questions, at the end of their chapter, or at the end of the book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from booklet.convert import apart, ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.held import with_blocks
from booklet.model import Book, Chapter, Part, Question, Section
from booklet.study.links import kept

LEVEL = 3
"""Of the headings over answers."""
MOVING = ("answer", "focus", "rubric")
"""The parts of a question that go."""
Where = Literal["inline", "chapter-end", "book-end"]
Word = Callable[[str], str]
"""A language → the heading over answers."""


def placed(book: Book, where: Where, word: Word) -> Book:
    """The book with its answers there. What moves keeps its ids and the numbers of its figures; links follow."""
    if where == "inline":
        return book
    if where == "chapter-end":
        return _each(book, lambda chapter: _with_section(chapter, word(chapter.language)))
    held = tuple(made for chapter in book.chapters if (made := _answers(chapter, False)))
    return replace(_each(book, lambda chapter: _split(chapter)[0]), answers=held)


def alone(book: Book) -> Book:
    """The answers without the questions' text around them; one that waits for its answer says so.

    Numbers are those of the book; a link leads to the answer of the question that it named, or is only its words.
    """
    held = tuple(made for chapter in book.chapters if (made := _answers(chapter, True)))
    numbers = {f"{chapter.id}{apart.HEADING}": number for number, chapter in book.numbered}
    moved = {question.id: f"{question.id}{apart.ENDING}" for chapter in held for question in chapter.questions}
    moved |= {chapter.answers_to: chapter.id for chapter in held}
    return kept(replace(book, parts=(Part(None, held),), numbers=numbers), moved)


def _each(book: Book, change: Callable[[Chapter], Chapter]) -> Book:
    parts = (replace(part, chapters=tuple(map(change, part.chapters))) for part in book.parts)
    return replace(book, parts=tuple(parts))


def _with_section(chapter: Chapter, word: str) -> Chapter:
    bare, replies = _split(chapter)
    if not replies:
        return chapter
    identifier = f"{chapter.id}{apart.HEADING}"
    heading = ast.node("Header", 2, [identifier, ["answers"], []], ast.text(word))
    section = Section(identifier, 2, word, ast.text(word), chapter.path, chapter.questions[-1].line)
    headings = (*bare.headings, section, *_inside(chapter, replies))
    return replace(with_blocks(bare, [*bare.blocks, heading, *replies]), headings=headings)


def _answers(chapter: Chapter, whole: bool) -> Chapter | None:
    """A chapter of the answers; `whole`: also of those that are only waited for. None where there is none."""
    replies = _replies(apart.figured(chapter.blocks), whole)
    if not replies:
        return None
    name = f"{chapter.id}{apart.HEADING}"
    asked: tuple[Section | Question, ...] = (*chapter.questions, *_inside(chapter, replies))
    return replace(
        with_blocks(chapter, replies), id=name, headings=asked, answers_to=chapter.id, picture=None, anchors=()
    )


def _split(chapter: Chapter) -> tuple[Chapter, Nodes]:
    """The chapter without its answers, and the answers."""
    blocks = apart.figured(chapter.blocks)
    bare = [_emptied(block) if _moves(block) else block for block in blocks]
    replies = _replies(blocks)
    if not replies:
        return chapter, []
    gone = {section.id for section in _inside(chapter, replies)}
    left = tuple(heading for heading in chapter.headings if heading.id not in gone)
    return replace(with_blocks(chapter, bare), headings=left), replies


def _inside(chapter: Chapter, replies: Nodes) -> tuple[Section, ...]:
    """The headings that stand in answers, with their levels there."""
    levels = {ast.attribute(item)[0]: item["c"][0] for item in ast.of(replies, "Header")}
    found = (section for section in chapter.sections if section.id in levels)
    return tuple(replace(section, level=levels[section.id]) for section in found)


def _moves(block: Node) -> bool:
    """Every answer of some text; what stands below a question that waits for one stays there."""
    return apart.is_question(block) and not ast.has_class(block, "unanswered")


def _replies(blocks: Nodes, whole: bool = False) -> Nodes:
    return [_reply(block) for block in blocks if _moves(block) or (whole and apart.is_question(block))]


def _reply(question: Node) -> Node:
    """An answer apart, with what would give it away: what the question tests, and how answers are marked.

    It has a heading of level 3 from the back-ends; its own are set below that.
    """
    identifier = ast.attribute(question)[0]
    by = LEVEL - question["c"][1][0]["c"][0]

    def visit(item: Node) -> Node | None:
        if item["t"] != "Header" or not by:
            return None
        level, *rest = item["c"]
        return ast.node("Header", min(level + by, 6), *rest)

    moved = [part for name, part in apart.parts(question).items() if name in MOVING]
    return ast.div(["reply"], ast.rewrite(moved, visit), f"{identifier}{apart.ENDING}", question=identifier)


def _emptied(question: Node) -> Node:
    identifier, classes, pairs = ast.attribute(question)
    parts = apart.parts(question)
    left = [ast.div(["answer"], []), *(part for name, part in parts.items() if name not in MOVING)]
    triple = [identifier, classes, [*pairs, ["answer", f"{identifier}{apart.ENDING}"]]]
    return ast.node("Div", triple, [question["c"][1][0], *left])

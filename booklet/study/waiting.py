"""A book without the questions that nobody has answered."""

from __future__ import annotations

from dataclasses import replace

from booklet.convert import apart, ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.held import with_blocks
from booklet.diagnostics import Diagnostic, Location, Noted, finding
from booklet.model import Book, Chapter, Part, Question
from booklet.study.links import kept

HINT = 'keep it with `unanswered = "lines"` or `"mark"` under [questions]'


def without_waiting(book: Book) -> Noted[Book]:
    """Without them, the sections that held nothing else, and the chapters of which nothing is left; each is named.

    The others keep their numbers in their chapter.
    """
    notes = [_note(question) for question in book.questions if question.status == "unanswered"]
    if not notes:
        return Noted(book)
    parts = [replace(part, chapters=tuple(map(_bare, part.chapters))) for part in book.parts]
    left = tuple(Part(part.title, tuple(c for c in part.chapters if c.blocks)) for part in parts)
    notes += [_empty(chapter) for part in parts for chapter in part.chapters if not chapter.blocks]
    return Noted(kept(replace(book, parts=tuple(part for part in left if part.chapters)), {}), tuple(notes))


def _note(question: Question) -> Diagnostic:
    message = f"“{question.title}” is left out, for it has no answer"
    return finding("questions/left-out", message, Location(question.path, question.line), HINT)


def _empty(chapter: Chapter) -> Diagnostic:
    message = f"“{chapter.title}” is left out: none of its questions has an answer"
    return finding("questions/left-out", message, Location(chapter.path), HINT)


def _bare(chapter: Chapter) -> Chapter:
    gone = {question.id for question in chapter.questions if question.status == "unanswered"}
    if not gone:
        return chapter
    blocks = _without_empty_sections(chapter.blocks, gone)
    left = {ast.attribute(item)[0] for item in ast.of(blocks, "Header", "Div")}
    headings = tuple(heading for heading in labelled(chapter).headings if heading.id in left)
    return replace(
        with_blocks(chapter, blocks),
        headings=headings,
        passages=tuple(one for one in chapter.passages if one.id in (*left, chapter.id)),
        leads=tuple(lead for lead in chapter.leads if lead.where in (*left, chapter.id)),
        said=tuple(words for q, words in zip(chapter.questions, chapter.said, strict=True) if q.id not in gone),
    )


def labelled(chapter: Chapter) -> Chapter:
    """Every question with its number as its own label, so that it stays when another one goes."""
    places = {question.id: n for n, question in enumerate(chapter.questions, 1)}
    headings = (
        replace(h, number=h.number or str(places[h.id])) if isinstance(h, Question) else h for h in chapter.headings
    )
    return replace(chapter, headings=tuple(headings))


def _without_empty_sections(blocks: Nodes, gone: set[str]) -> Nodes:
    """Without the questions that go, and the headings over nothing else."""

    def goes(block: Node) -> bool:
        return apart.is_question(block) and ast.attribute(block)[0] in gone

    def emptied(place: int) -> bool:
        below = blocks[place + 1 : _end(blocks, place)]
        return any(map(goes, below)) and all(goes(block) or block["t"] == "Header" for block in below)

    return [
        block
        for place, block in enumerate(blocks)
        if not goes(block) and not (block["t"] == "Header" and emptied(place))
    ]


def _end(blocks: Nodes, place: int) -> int:
    """Where the section of the heading at `place` ends."""
    later = range(place + 1, len(blocks))
    return next((n for n in later if _level(blocks[n]) <= _level(blocks[place])), len(blocks))


def _level(block: Node) -> int:
    """Of a heading, or of a question; 7 of everything else."""
    if apart.is_question(block):
        return int(block["c"][1][0]["c"][0])
    return int(block["c"][0]) if block["t"] == "Header" else 7

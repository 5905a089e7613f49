"""Answers apart from their questions: each names its question, and leads back to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from booklet.convert import ast, han, spots
from booklet.convert.ast import Node
from booklet.convert.html import fragments
from booklet.convert.pieces import PARTS, pieces
from booklet.model import Book, Chapter
from booklet.pdf.compose.labels import label, short_title
from booklet.pdf.compose.visit import Marks, running
from booklet.pdf.model import Piece
from booklet.theme import Theme, safe


def answers_piece(book: Book, chapter: Chapter, theme: Theme, common: Mapping[str, object], marks: Marks) -> Piece:
    """A chapter of answers (`Book.answers`) as one document."""
    words = theme.words(chapter.language)
    blocks = han.typeset(chapter.blocks, chapter.language)
    titles = titled(chapter, marks)
    said = [pieces(block) for block in blocks]
    runs = [run for part in said for run in part.values()]
    html = iter(fragments(runs, marks.block, spots.names(blocks, chapter.id)))
    texts = [{name: safe(spots.named(next(html))) for name in part} for part in said]
    asked = {question.id for held in book.chapters for question in held.questions if held.id != chapter.id}
    set_blocks = [
        reply(chapter, block, titles, text, theme, words, asked) for block, text in zip(blocks, texts, strict=True)
    ]
    page = theme.render(
        "pdf/answers.html",
        **{**common, "words": words, "language": chapter.language},
        chapter=chapter,
        title=f"{words['answers']} – {chapter.title}",
        heading=han.text(short_title(chapter.title), chapter.language),
        blocks=set_blocks,
        links=list(marks.links.listed),
    )
    pictures = {asset.sha256: (asset.source, asset.line) for asset in reversed(chapter.assets) if asset.sha256}
    shown = {address: formula for address, formula in marks.used.items() if address in page}
    return Piece(chapter.id, "chapter", page, chapter.language, shown, chapter.path, dict(chapter.places), pictures)


def titled(chapter: Chapter, marks: Marks) -> dict[str, Any]:
    """Id of each question → its title as HTML."""
    asked = [han.typeset(han.clauses(question.inlines), chapter.language) for question in chapter.questions]
    html = map(safe, fragments(asked, marks.inline))
    return dict(zip((question.id for question in chapter.questions), html, strict=True))


def reply(
    chapter: Chapter,
    block: Node,
    titles: Mapping[str, Any],
    texts: Mapping[str, Any],
    theme: Theme,
    words: Mapping[str, str],
    asked: Collection[str],
) -> Any:
    """A `Div(.reply)` as the theme sets it. `titles`: id of a question → its title as HTML; `texts`: the
    parts of the answer; `asked`: the questions that stand in the book, to which an answer leads back."""
    identifier = ast.value(block, "question")
    place, question = next((n, q) for n, q in enumerate(chapter.questions, 1) if q.id == identifier)
    number = label(question, place)
    values = {
        "id": ast.attribute(block)[0],
        "title": titles[question.id],
        "number": number,
        "where": f"{number}　{han.text(running(question.inlines), chapter.language)}",
        "back": question.id in asked,
        "texts": {name: texts.get(name, "") for name in PARTS},
    }
    return safe(theme.render("pdf/reply.html", question=question, words=words, **values))

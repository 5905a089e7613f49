"""The documents of the spine: cover page, title page, parts, chapters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.contents import part_id
from booklet.convert.html import fragments
from booklet.epub.formulas import Mode
from booklet.epub.model import Document
from booklet.epub.visit import Marks
from booklet.model import Book, Chapter, Part
from booklet.theme import Theme, safe


def front_documents(book: Book, theme: Theme) -> list[Document]:
    """Cover page and title page."""
    words = theme.words(book.language)
    values = {"book": book, "words": words, "language": book.language}
    return [
        _document("cover.xhtml", words["cover"], theme.render("epub/cover.xhtml", **values)),
        _document("title.xhtml", words["title_page"], theme.render("epub/title.xhtml", **values)),
    ]


def part_document(part: Part, book: Book, theme: Theme) -> Document:
    identifier = part_id(part.title or "", book)
    values = {"id": identifier, "title": part.title, "language": book.language, "chapters": part.chapters}
    return _document(f"{identifier}.xhtml", part.title or "", theme.render("epub/part.xhtml", **values))


def chapter_document(
    chapter: Chapter,
    book: Book,
    theme: Theme,
    pictures: Mapping[str, str],
    owners: Mapping[str, str],
    formulas: Mode,
) -> Document:
    """A chapter with its questions as sections and its notes at the end, which readers show as pop-ups."""
    words = theme.words(chapter.language)
    marks = Marks(chapter, words, pictures, owners, formulas)
    runs = list(_runs(chapter.blocks))
    texts = [safe(text) for text in fragments([_source(run) for run in runs], marks.visit)]
    titles = [safe(text) for text in fragments([q.inlines for q in chapter.questions], marks.visit)]
    named = {q.id: (n, q, text) for n, (q, text) in enumerate(zip(chapter.questions, titles, strict=True), 1)}
    notes = [safe(text) for text in fragments(marks.notes, marks.visit)]
    xhtml = theme.render(
        "epub/chapter.xhtml",
        chapter=chapter,
        number=book.chapters.index(chapter) + 1,
        language=chapter.language,
        words=words,
        blocks=[_block(run, text, named) for run, text in zip(runs, texts, strict=True)],
        notes=notes,
    )
    properties = tuple(name for name, sign in (("mathml", "<math"), ("svg", "<svg")) if sign in xhtml)
    return _document(f"{chapter.id}.xhtml", chapter.title, xhtml, properties)


def _runs(blocks: Nodes) -> list[Any]:
    runs: list[Any] = []
    for block in blocks:
        if block["t"] == "Div" and ast.has_class(block, "question"):
            runs.append(block)
        elif runs and isinstance(runs[-1], list):
            runs[-1].append(block)
        else:
            runs.append([block])
    return runs


def _source(run: Any) -> Nodes:
    inside: Nodes = run if isinstance(run, list) else run["c"][1][1]["c"][1]
    return inside


def _block(run: Any, text: Any, named: Mapping[str, Any]) -> dict[str, Any]:
    """What the template needs: a question with its answer, or running text."""
    if isinstance(run, list):
        return {"question": None, "html": text}
    number, question, title = named[_identifier(run)]
    return {"question": question, "number": question.number or str(number), "title": title, "html": text}


def _identifier(run: Node) -> str:
    return str(ast.attribute(run)[0])


CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufdd0-\ufdef\ufffe\uffff]")


def _document(name: str, title: str, xhtml: str, properties: tuple[str, ...] = ()) -> Document:
    """Checked to be well-formed XML, so that a fault shows here and not in a reader."""
    from lxml import etree

    data = CONTROL.sub("", xhtml).encode()
    etree.fromstring(data)
    return Document(name, title, data, properties)

"""A chapter as one document: its opener, then its prose and questions. Nothing in it depends on other chapters."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from booklet.convert import apart, ast, facts, han, spots
from booklet.convert.ast import Node, Nodes
from booklet.convert.html import fragments
from booklet.convert.pieces import PARTS, pieces
from booklet.model import Book, Chapter, Question, Section
from booklet.pdf.compose.labels import label, short_title, width
from booklet.pdf.compose.options import Options
from booklet.pdf.compose.replies import reply
from booklet.pdf.compose.room import room
from booklet.pdf.compose.visit import Marks, running
from booklet.pdf.model import Piece
from booklet.theme import Paper, Theme, safe

SHORT = 9
"""Lines: an answer under so many is not split."""
LIST_SIZE, LIST_MARGINS, TITLE_SIZE = 9.0, 66.0, 26.0
"""pt, of an opener's list and title."""
OPENER = 11
"""Lines of an opener that hold neither title, quotation nor questions."""
PARAGRAPH = re.compile(r"\s*<p\b[^>]*>")


def marks_of(chapter: Chapter, theme: Theme, options: Options) -> Marks:
    """The visitors for a chapter on this paper."""
    paper = theme.papers[options.paper]
    return Marks(chapter, theme.words(chapter.language), paper.ems, options.fold, options.links, paper.lines)


def chapter_piece(
    chapter: Chapter, theme: Theme, options: Options, common: Mapping[str, object], marks: Marks
) -> Piece:
    """The chapter's piece, in the chapter's own language."""
    paper = theme.papers[options.paper]
    words = theme.words(chapter.language)
    set_blocks = han.typeset(chapter.blocks, chapter.language)
    opening, rest = _epigraph(set_blocks)
    runs = list(_runs(rest))
    book = common.get("book")
    signed = book.authors if isinstance(book, Book) else ()
    inner = facts.listed(chapter)
    asked = [han.clauses(question.inlines) for question in chapter.questions]
    titles = [han.typeset(words, chapter.language) for words in (*asked, *(heading.inlines for heading in inner))]
    at = spots.names(set_blocks, chapter.id)
    parts = [pieces(run) for run in runs]
    html = fragments([opening, *titles, *(piece for part in parts for piece in part.values())], marks.block, at)
    count = len(chapter.questions)
    texts = [safe(spots.named(text)) for text in html]
    named = dict(zip((q.id for q in chapter.questions), texts[1 : 1 + count], strict=True))
    set_texts = iter(texts[1 + count + len(inner) :])
    said = [{name: next(set_texts) for name in part} for part in parts]
    blocks = [
        _set(chapter, run, named, texts, theme, words, paper, options) for run, texts in zip(runs, said, strict=True)
    ]
    mini = [
        _line(heading, n, text) for n, (heading, text) in enumerate(zip(inner, texts[1 + count :], strict=False), 1)
    ]
    page = theme.render(
        "pdf/chapter.html",
        **{**common, "words": words, "language": chapter.language},
        chapter=chapter,
        title=chapter.title,
        heading=han.text(short_title(chapter.title), chapter.language),
        epigraph=texts[0] if opening else "",
        facts=facts.facts(chapter, words, signed),
        picture=facts.source(chapter.picture) if chapter.picture else None,
        mini=mini,
        tight=_is_tight(chapter, inner, opening, paper),
        blocks=blocks,
        links=list(marks.links.listed),
    )
    pictures = {asset.sha256: (asset.source, asset.line) for asset in reversed(chapter.assets) if asset.sha256}
    places = dict(chapter.places)
    return Piece(chapter.id, "chapter", page, chapter.language, marks.used, chapter.path, places, pictures)


def _line(heading: Section | Question, place: int, text: Any) -> dict[str, Any]:
    """A line of the chapter's own contents."""
    if isinstance(heading, Section):
        return {"id": heading.id, "number": "", "html": text, "open": False}
    return {
        "id": heading.id,
        "number": label(heading, place),
        "html": text,
        "open": heading.status == "unanswered",
    }


def _is_tight(chapter: Chapter, inner: Sequence[Section | Question], opening: Nodes, paper: Paper) -> bool:
    """Does the list of questions need more lines than a full opener leaves for it?"""
    room = paper.measure - LIST_MARGINS
    rows = sum(math.ceil(width(heading.title) * LIST_SIZE / room) for heading in inner)
    title = math.ceil(width(short_title(chapter.title)) * TITLE_SIZE / paper.measure) * 2
    said = math.ceil(width(ast.plain(opening)) / (paper.ems - 4)) + 1 if opening else 0
    described = math.ceil(width(chapter.description) / paper.ems) + 1 if chapter.description else 0
    return bool(chapter.picture) or OPENER + title + said + described + rows > paper.lines


def _epigraph(blocks: Nodes) -> tuple[Nodes, Nodes]:
    """A quotation that opens the post stands on the opener."""
    if blocks and blocks[0]["t"] == "BlockQuote":
        return blocks[0]["c"], blocks[1:]
    return [], blocks


def _runs(blocks: Nodes) -> Iterator[Any]:
    """Questions and answers apart one by one, and what stands between them in runs."""
    run: Nodes = []
    for block in blocks:
        if apart.is_question(block) or apart.is_reply(block):
            if run:
                yield run
            yield block
            run = []
        else:
            run.append(block)
    if run:
        yield run


def _set(
    chapter: Chapter,
    run: Any,
    titles: dict[str, Any],
    texts: Mapping[str, Any],
    theme: Theme,
    words: dict[str, str],
    paper: Paper,
    options: Options,
) -> Any:
    """A run as the page has it."""
    if isinstance(run, list):
        return texts["text"]
    if apart.is_reply(run):
        return reply(chapter, run, titles, texts, theme, words, titles.keys())
    return _question(chapter, run, titles, texts, theme, words, paper, options)


def _question(
    chapter: Chapter,
    block: Node,
    titles: dict[str, Any],
    texts: Mapping[str, Any],
    theme: Theme,
    words: dict[str, str],
    paper: Paper,
    options: Options,
) -> Any:
    identifier = ast.attribute(block)[0]
    place, question = next((n, q) for n, q in enumerate(chapter.questions, 1) if q.id == identifier)
    moved, answer = ast.value(block, "answer"), texts["answer"]
    marked = answer if moved or question.status == "unanswered" else _with_mark(answer, words)
    number = label(question, place)
    return safe(
        theme.render(
            "pdf/question.html",
            question=question,
            number=number,
            where=f"{number}　{han.text(running(question.inlines), chapter.language)}",
            title=titles[identifier],
            texts={name: texts.get(name, "") for name in PARTS} | {"answer": marked},
            moved=moved,
            lines=room(question, theme, paper) if options.lines else 0,
            revised=question.revised(options.since),
            short=_is_short(block, question, paper),
            words=words,
        )
    )


def _with_mark(answer: Any, words: dict[str, str]) -> Any:
    """The black cell at the answer's first words; alone where it begins with a list or a table."""
    cell = safe(f'<span class="da">{words["answer"]}</span>')
    if opened := PARAGRAPH.match(answer):
        start, end = opened.end(), answer.index("</p>") + 4
        return safe(f'<div class="first">{opened[0].lstrip()}{cell}{answer[start:end]}</div>{answer[end:]}')
    return safe(f'<div class="first alone"><p>{cell}</p></div>{answer}')


def _is_short(block: Node, question: Question, paper: Paper) -> bool:
    """Roughly under so many lines, and nothing in it that may be long."""
    answer = block["c"][1][1:]
    if next(ast.of(answer, "Table", "Image", "CodeBlock"), None) is not None or question.status == "unanswered":
        return False
    lines = 0.0
    for paragraph in ast.of(answer, "Para", "Plain"):
        lines += math.ceil(len(ast.plain(paragraph)) / paper.ems)
    for item in ast.of(answer, "Span"):
        if ast.has_class(item, "formula") and item["c"][1][0]["c"][0]["t"] == "DisplayMath":
            lines += 2
    return lines < SHORT

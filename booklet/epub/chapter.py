"""A chapter set for the e-book: questions as sections, notes for pop-ups, in one file or, if large, several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from booklet.convert import apart, ast, facts, spots
from booklet.convert.ast import Node, Nodes
from booklet.convert.html import fragments
from booklet.convert.pieces import PARTS, pieces
from booklet.epub import faces
from booklet.epub.model import Counts, Draft, Options
from booklet.epub.visit import Marks
from booklet.model import Chapter, Question
from booklet.theme import Theme, safe

LARGEST = 240_000
"""Bytes of a file's running text. E-ink readers hold a whole file in memory; some stop at 300 kB."""
NUMBER = "<?number?>"
CALL = re.compile(r'href="#fn\.(\d+)"')
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Block:
    """What the template sets: a question with its answer, or running text."""

    texts: Mapping[str, Any]
    """`text` alone, or the parts of a question (`convert.pieces`)."""
    question: Question | None = None
    number: str = ""
    title: Any = ""
    moved: str = ""
    """Where the question's answer stands, if that is not here."""
    reply: str = ""
    """The id of an answer apart from its question."""

    @property
    def html(self) -> str:
        return "".join(self.texts.values())

    @property
    def heading(self) -> bool:
        """Does it only announce what follows?"""
        return self.question is None and self.html.startswith(("<h", "<?at")) and self.html.endswith(HEADINGS)

    @property
    def calls(self) -> tuple[int, ...]:
        return tuple(map(int, CALL.findall(self.html)))


EMPTY_HEAD = re.compile(r"<th\b([^>]*)>(\s*)</th>")
"""A head cell without words heads nothing."""
HEADINGS = tuple(f"</h{n}>" for n in range(1, 7))


def draft(chapter: Chapter, theme: Theme, options: Options) -> Draft:
    """The chapter's draft; of the other chapters it knows nothing."""
    words = theme.words(chapter.language)
    marks = Marks(chapter, words, options.mode)
    titles = dict(zip((q.id for q in chapter.questions), _titles(chapter, marks), strict=True))
    blocks = _blocks(chapter, marks, titles)
    notes = [safe(text) for text in fragments(marks.notes, marks.visit)]
    common = {
        "chapter": chapter,
        "words": words,
        "facts": facts.facts(chapter, words, options.signed),
        "picture": facts.source(chapter.picture) if chapter.picture else None,
        "since": options.since,
    }
    files = tuple(_file(part, n, notes, theme, common) for n, part in enumerate(_parts(blocks)))
    letters = faces.letters(files)
    return Draft(chapter.id, chapter.title, chapter.language, files, titles, letters, _counts(chapter))


def _titles(chapter: Chapter, marks: Marks) -> list[str]:
    return fragments([question.inlines for question in chapter.questions], marks.visit)


def _blocks(chapter: Chapter, marks: Marks, titles: Mapping[str, str]) -> list[Block]:
    """The chapter's blocks, each written apart, so that a file may end after any of them."""
    runs = list(_runs(chapter.blocks))
    parts = [pieces(run) for run in runs]
    whole = [piece for part in parts for piece in part.values()]
    html = iter(fragments(whole, marks.visit, spots.names(chapter.blocks, chapter.id)))
    said = [{name: safe(next(html)) for name in part} for part in parts]
    asked = {q.id: (n, q, safe(titles[q.id])) for n, q in enumerate(chapter.questions, 1)}
    return [_block(run, texts, asked) for run, texts in zip(runs, said, strict=True)]


def _runs(blocks: Nodes) -> Iterator[Any]:
    """Questions, and answers apart from them, as nodes, every other block as a list of its own."""
    for block in blocks:
        yield block if apart.is_question(block) or apart.is_reply(block) else [block]


def _block(run: Node | Nodes, texts: Mapping[str, Any], asked: Mapping[str, Any]) -> Block:
    if isinstance(run, list):
        return Block(texts)
    identifier = str(ast.attribute(run)[0])
    name, reply = (ast.value(run, "question"), identifier) if apart.is_reply(run) else (identifier, "")
    number, question, title = asked[str(name)]
    said = {name: texts.get(name, "") for name in PARTS}
    return Block(said, question, question.number or str(number), title, ast.value(run, "answer") or "", reply)


def _parts(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Runs of blocks that a reader can hold; no file ends with a heading."""
    part: list[Block] = []
    size = 0
    for block in blocks:
        length = len(block.html.encode())
        if part and size + length > LARGEST:
            announced = next(n for n in range(len(part), -1, -1) if n == 0 or not part[n - 1].heading) or len(part)
            yield part[:announced]
            part = part[announced:]
            size = sum(len(item.html.encode()) for item in part)
        part.append(block)
        size += length
    yield part


def _file(blocks: Sequence[Block], n: int, notes: Sequence[Any], theme: Theme, common: Mapping[str, Any]) -> str:
    called = dict.fromkeys(call for block in blocks for call in block.calls)
    xhtml = theme.render(
        "epub/answers.xhtml" if common["chapter"].answers_to else "epub/chapter.xhtml",
        **common,
        number=safe(NUMBER),
        continued=n > 0,
        up="../",
        language=common["chapter"].language,
        blocks=blocks,
        notes=[(call, notes[call - 1]) for call in called],
        at=lambda name: safe(spots.sign(name)),
    )
    return EMPTY_HEAD.sub(r"<td\1>\2</td>", CONTROL.sub("", xhtml))


def _counts(chapter: Chapter) -> Counts:
    images = list(ast.of(chapter.blocks, "Image"))
    lost = sum(asset.status != "ok" for asset in chapter.assets)
    broken = sum(not formula.ok for formula in chapter.formulas)
    silent = sum(not ast.plain(image["c"][1]).strip() for image in images)
    return Counts(len(images), silent, len(chapter.formulas) - broken, broken + lost)

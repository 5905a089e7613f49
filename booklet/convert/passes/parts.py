"""The labelled parts of a question: what exactly is asked, how hard it is, its topics, what it tests, how it is marked.

Authors write them as paragraphs (`**考察点**：…`), as items of a list, as lines or `|` fields of one paragraph, in a
quotation, or below headings of their own.  What carries no such label stays in the answer, in its order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.passes.lists import LISTS, items, with_items
from booklet.convert.passes.marking import marked
from booklet.convert.passes.scales import difficulty, points

NAMES = {
    "asked": "问题 题目 题干 题目描述 问题描述 |question|problem|prompt|problem statement",
    "difficulty": "难度 难度等级 难度级别 难度系数 难易度 难易程度 |difficulty|difficulty level|level",
    "tags": "标签 题目标签 |tags|topics",
    "focus": "考察点 考察要点 考查点 考查要点 考点 考察内容 考察目的 考察重点 考察能力 考察方向 "
    "|what is tested|what it tests|what this tests|focus|key focus|focus areas|assessment focus|assessment points"
    "|examination points|test points|evaluation points",
    "rubric": "评分标准 评分要点 评分细则 评分参考 打分标准 评价标准 评分 "
    "|scoring|scoring criteria|scoring standard|scoring standards|scoring rubric|scoring guide|rubric|marking"
    "|marking scheme|grading|grading criteria|grading rubric|evaluation criteria|assessment criteria",
    "answer": "参考答案 答案 解答 回答 参考答案要点 答案要点 答题要点 解析 "
    "|answer|sample answer|reference answer|solution",
}
KEYS = {
    name: key
    for key, names in NAMES.items()
    for name in (*names.partition("|")[0].split(), *filter(None, names.partition("|")[2].split("|")))
}
LABEL = re.compile(r"^[^\w\s]*\s*(?P<name>[\w ]{1,24}?)\s*[：:]\s*")
TITLE = re.compile(r"^[^\w\s]*\s*(?P<name>[\w ]{1,24}?)\s*[：:]?$")
FIELD = re.compile(r"\s*[|｜·\u3000]\s*")
TAG = re.compile(r"\s*[、,，;；|]\s*|\s+(?=#)|\s*[`#]\s*")
LONGEST_TAG = 24
BREAKS = ("LineBreak", "SoftBreak")
FACTS = ("difficulty", "tags")
BLOCKS = ("asked", "focus", "rubric")


@dataclass(slots=True)
class Parts:
    """What a question's blocks say, each kind by itself."""

    answer: Nodes = field(default_factory=list)
    asked: Nodes = field(default_factory=list)
    focus: Nodes = field(default_factory=list)
    rubric: Nodes = field(default_factory=list)
    difficulty: int | None = None
    tags: tuple[str, ...] = ()

    def divs(self) -> Nodes:
        """As the AST has them beside the answer."""
        made = (("asked", self.asked), ("focus", self.focus), ("rubric", marked(self.rubric)))
        return [ast.div([name], blocks) for name, blocks in made if blocks]


def parted(blocks: Nodes) -> Parts:
    """The parts of the blocks below a question's heading."""
    found = Parts()
    _Reader(found, _keys(blocks)).read(blocks)
    return found


def _keys(blocks: Nodes) -> frozenset[str]:
    """Kinds of the labels with which these blocks and items of lists begin: they tell what a doubtful one means."""
    tops = [block for block in blocks if block["t"] in ("Para", "Plain", "Header")]
    tops += [entry[0] for block in blocks if block["t"] in LISTS for entry in items(block) if entry]
    return frozenset(key for block in tops if (key := _label(_inlines(block))[0] or _title(block)))


class _Reader:
    """Goes through the blocks of one question and deals them out."""

    def __init__(self, found: Parts, keys: frozenset[str]) -> None:
        self.found, self.keys = found, keys
        self.head = True
        """Has nothing been met yet that belongs to the answer?"""

    def read(self, blocks: Nodes) -> None:
        place = 0
        while place < len(blocks):
            place += self._take(blocks[place], blocks[place + 1 :])

    def _take(self, block: Node, after: Nodes) -> int:
        """How many blocks have been dealt with: this one, and what below it belongs to its label."""
        kind = block["t"]
        if kind == "Header" and (key := self._known(_title(block))) in BLOCKS:
            own = _section(block, after)
            self._give(key, after[:own])
            return 1 + own
        if kind in ("Para", "Plain"):
            return self._paragraph(block, after)
        if kind in LISTS:
            rest = [entry for entry in items(block) if not self._item(entry)]
            self._answer([with_items(block, rest)] if rest else [])
        elif kind == "BlockQuote":
            inside = Parts()
            reader = _Reader(inside, self.keys | _keys(block["c"]))
            reader.head = self.head
            reader.read(block["c"])
            self._merge(inside, [{**block, "c": inside.answer}] if inside.answer else [])
        else:
            self._answer([block])
        return 1

    def _paragraph(self, block: Node, after: Nodes) -> int:
        key, rest = _label(block["c"])
        if self._known(key) in BLOCKS and not any(_label(line)[0] for line in _lines(block["c"])[1:]):
            own = _following(key, rest, after)
            words = [ast.node("Para", rest)] if rest else []
            self._give(key, [*words, *after[:own]])
            return 1 + own
        lines = [_fields(line) for line in _lines(block["c"])]
        kept = [[piece for piece in line if not self._piece(piece)] for line in lines]
        rest = _rejoined(kept) if kept != lines else block["c"]
        self._answer([{**block, "c": rest}] if rest else [])
        return 1

    def _piece(self, piece: Nodes) -> bool:
        """Is a line or field of a paragraph a part of its own?"""
        key, words = _label(piece)
        if self._known(key) in BLOCKS and words:
            self._give(key, [ast.node("Para", words)])
            return True
        known = self._fact(key, words)
        self.head = self.head and (known or self.found != Parts())
        return known

    def _item(self, entry: Nodes) -> bool:
        """Is the item of a list a part of its own?"""
        key, rest = _label(_inlines(entry[0])) if entry else ("", [])
        if self._known(key) in BLOCKS:
            self._give(key, [*([ast.node("Para", rest)] if rest else []), *entry[1:]])
            return True
        alone = len(entry) == 1 and (key != "tags" or len(self.keys) > 1)
        return alone and self._fact(key, rest)

    def _known(self, key: str) -> str:
        """`问题：` in an answer may be a weakness: it is what is asked where it comes first, beside other labels."""
        return key if key != "asked" or (self.head and len(self.keys) > 1) else ""

    def _fact(self, key: str, words: Nodes) -> bool:
        """Has the line been understood as difficulty or tags?"""
        text = ast.plain(words).strip()
        if key == "difficulty" and (level := difficulty(text)):
            self.found.difficulty = level
            return True
        if key == "tags" and self.head and (names := tag_names(text)):
            self.found.tags += names
            return True
        return False

    def _give(self, key: str, blocks: Nodes) -> None:
        getattr(self.found, key).extend(blocks)

    def _answer(self, blocks: Nodes) -> None:
        self.found.answer += blocks
        self.head = self.head and not blocks

    def _merge(self, inside: Parts, rest: Nodes) -> None:
        for key in BLOCKS:
            self._give(key, getattr(inside, key))
        self.found.difficulty = inside.difficulty or self.found.difficulty
        self.found.tags += inside.tags
        self._answer(rest)


def tag_names(text: str) -> tuple[str, ...]:
    """`A、B` or `#A #B` as names; none where it reads like a sentence."""
    names = tuple(name for name in TAG.split(text.strip(" 。.")) if name)
    return names if all(len(name) <= LONGEST_TAG and "。" not in name for name in names) else ()


def _label(inlines: Nodes) -> tuple[str, Nodes]:
    """The kind of label that a line begins with, and the line without it.

    A Latin word is a label only where it is emphasised: `Focus:` may begin a sentence.
    """
    match = LABEL.match(ast.plain(inlines))
    key = KEYS.get(match["name"].casefold().strip(), "") if match else ""
    if not match or not key or (match["name"].isascii() and not _stressed(inlines)):
        return "", inlines
    return key, ast.stripped(ast.cut(inlines, 0, match.end()))


def _stressed(inlines: Nodes) -> bool:
    first = next((item for item in inlines if item["t"] not in ("Str", "Space")), None)
    return first is not None and first["t"] in ("Strong", "Emph") and bool(TITLE.match(ast.plain(first)))


def _title(block: Node) -> str:
    match = TITLE.match(ast.plain(block["c"][2]).strip()) if block["t"] == "Header" else None
    return KEYS.get(match["name"].casefold().strip(), "") if match else ""


def _inlines(block: Node) -> Nodes:
    inlines: Nodes = block["c"] if block["t"] in ("Para", "Plain") else []
    return inlines


def _lines(inlines: Nodes) -> list[Nodes]:
    """A paragraph at its line ends where a label follows, and before each label in bold; else in one piece.

    Between wide characters the reader of Markdown has already taken the line ends away.
    """
    lines: list[Nodes] = [[]]
    for place, item in enumerate(inlines):
        if item["t"] in BREAKS and LABEL.match(ast.plain(inlines[place + 1 :])):
            lines.append([])
        elif item["t"] == "Strong" and lines[-1] and _heads(inlines[place:], lines[-1]):
            lines.append([item])
        else:
            lines[-1].append(item)
    return [ast.stripped(line) for line in lines if line]


def _heads(inlines: Nodes, before: Nodes) -> bool:
    """Does a label in bold begin here that is known, or that follows one that is?"""
    bold = _stressed(inlines) and LABEL.match(ast.plain(inlines)) is not None
    return bold and bool(_label(inlines)[0] or _label(before)[0])


def _rejoined(lines: list[list[Nodes]]) -> Nodes:
    """Lines and fields as one paragraph."""
    rest: Nodes = []
    for line in filter(None, lines):
        rest += [ast.node("SoftBreak")] if rest else []
        for place, piece in enumerate(line):
            rest += [*([*ast.text(" | ")] if place else []), *piece]
    return rest


def _fields(line: Nodes) -> list[Nodes]:
    """`难度：中 | 标签：A` in two, where a label follows."""
    flat = ast.plain(line)
    cuts = [match.span() for match in FIELD.finditer(flat) if LABEL.match(flat[match.end() :])]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(flat)]
    return [ast.stripped(ast.part(line, start, end)) for start, end in zip(starts, ends, strict=True)]


def _section(heading: Node, after: Nodes) -> int:
    """How many blocks stand below a heading."""
    level = heading["c"][0]
    ends = (n for n, block in enumerate(after) if block["t"] == "Header" and block["c"][0] <= level)
    return next(ends, len(after))


def _following(key: str, rest: Nodes, after: Sequence[Node]) -> int:
    """How many of the blocks after a labelled paragraph are its own.

    What is asked goes on to the next label; anything else has the list or table that it announces, or the paragraph
    where it says nothing itself.
    """
    if key == "asked":
        found = (n for n, block in enumerate(after) if _label(_inlines(block))[0] or _keys([block]) or _title(block))
        return next(found, int(not rest and bool(after)))
    if not after:
        return 0
    opens = not rest or ast.plain(rest).rstrip().endswith(("：", ":"))
    kinds = (*LISTS, "Table", "DefinitionList")
    if after[0]["t"] in kinds:
        return int(opens or (key == "rubric" and points(ast.plain(after[0])[:200]) is not None))
    return int(not rest and after[0]["t"] in ("Para", "BlockQuote") and not _label(_inlines(after[0]))[0])

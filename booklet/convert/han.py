"""Passes over Chinese and Japanese text that need no layout (CLREQ 3.1.3, 3.2; CSS Text 4 §8).

A run of inlines is read as one flat line of characters, whatever spans, links and emphasis they stand in; rules are
regular expressions over that line and say where a space goes, goes away or is held; the run is then written anew.

* One U+0020 stands between Han and Latin, also beside code, links and formulas, whether the author typed one or not;
  none beside a full-width mark.  The text engine makes it a quarter em wide, and none at the edges of a line.
* U+2060 before `——`, `……`, `～`, `–` and `·`: they start no line.  After `/` and `-` in short words: `A/B`, `top-p`.
* U+2060 or U+00A0 before the last Han character of a paragraph: it does not stand alone on the last line.
* U+00A0 between a number and its unit.
* U+200B and U+2060 before “ and after ” among Han: a line may break there, which UAX #14 before version 15.1 forbids
  (a chain of “甲”“乙” would be one word).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes

HAN = "\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
THING, NOTE = "\ufffc", "\u2061"
"""What stands for code, a formula or a picture, and for a footnote's call, in the flat line."""
LETTER = f"0-9A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff{THING}"
CLOSING, OPENING = "，。、；：！？）》〉」』】〕", "（《〈「『【〔"
JOINER, HELD = "\u2060", "\u00a0"
DIVIDE = "\u200b\u2060"
"""A place for a line to end; the joiner tells it from an author's own U+200B."""
UNITS = "[KMGT]i?B|[kKMGT]?bps|[mμnk]?[sgmJW]|[cmkμn]m|[kMG]?Hz|fps|dpi|px|pt|GPU|FLOPS|[BMK]|%|‰|℃|°C"
COUNTED = "亿万千百个次倍层维元年月日天时分秒条种步类项组批位字词轮章页"
BETWEEN = re.compile(f"(?<=[{HAN}])({NOTE}?)(?=[{LETTER}])|(?<=[{LETTER}%‰℃°+#])({NOTE}?)(?=[{HAN}])")
BESIDE = re.compile(
    f" +(?=[{CLOSING}{OPENING}])|(?<=[{CLOSING}{OPENING}]) +|(?<=[{HAN}]) +(?=[“‘])|(?<=[”’]) +(?=[{HAN}])"
)
RIGID = re.compile("(?<=[^\\s\u2060—…])(?=[—…～·–])")
WORD = "[A-Za-z0-9]"
SHORT = re.compile(f"(?<![A-Za-z0-9.:_-])(?<!/)(?:{WORD}{{1,2}}[-/](?={WORD})|{WORD}+[-/](?={WORD}{{1,2}}(?!{WORD})))")
UNIT = re.compile(f"(?<=[0-9])( )(?=(?:{UNITS})(?![A-Za-z0-9]))|(?<=[0-9])( ?)(?=[{COUNTED}])")
LAST = re.compile(f"(?<=[^\\s\u2060{OPENING}“‘])( ?{NOTE}?)(?=[{OPENING}“‘]*[{HAN}][^{HAN}{LETTER}]*$)")
QUOTED = re.compile(
    f"(?<=[{HAN}{CLOSING}{THING}”’])(?=[“‘])|(?<=”)(?=[{HAN}{OPENING}{LETTER}])|(?<=’)(?=[{HAN}{OPENING}])"
)
CLAUSE = re.compile(r"(?<=[？，：；！。）])")
SPLIT = range(16, 40)
"""Characters of titles that break between clauses."""
PARAGRAPHS = ("Para", "Plain", "Header")
OPAQUE = ("Code", "Math", "Image", "Quoted")
Edit = tuple[int, int, str]
"""Start and end in the flat line, and what stands there afterwards."""


def squared(language: str) -> bool:
    """Is text of this language set in squares, so that these passes are for it?"""
    return language.split("-")[0] in ("zh", "ja")


def typeset(tree: Nodes, language: str) -> Nodes:
    """Blocks or inlines with the spaces and joiners that Chinese typography asks for; others as they are."""
    if not squared(language):
        return tree

    def visit(item: Node) -> Node | None:
        if item["t"] not in PARAGRAPHS:
            return None
        return ast.with_inlines(item, line(item["c"][-1] if item["t"] == "Header" else item["c"]))

    blocks: Nodes = ast.rewrite(tree, visit)
    return line(blocks) if blocks and blocks[0]["t"] not in BLOCKS else blocks


BLOCKS = (
    "Plain Para LineBlock CodeBlock RawBlock BlockQuote OrderedList BulletList DefinitionList Header HorizontalRule "
    "Table Figure Div"
).split()


def text(words: str, language: str) -> str:
    """The same for plain text: running heads, titles."""
    if not squared(language):
        return words
    for edits in ROUNDS:
        words = _edited(words, 0, edits(words))
    return words


def line(inlines: Nodes) -> Nodes:
    """One run of inlines."""
    for edits in ROUNDS:
        changes = edits("".join(_flat(inlines)))
        inlines = _written(inlines, 0, changes) if changes else inlines
    return inlines


def taken(flat: str) -> list[Edit]:
    """The spaces that go."""
    return [(*match.span(), "") for match in BESIDE.finditer(flat)]


def given(flat: str) -> list[Edit]:
    """The spaces and joiners that come, in order, one a place."""
    changes: dict[tuple[int, int], str] = {}
    for match in BETWEEN.finditer(flat):
        changes[(match.end(), match.end())] = " "
    for pattern in (UNIT, LAST):
        for match in pattern.finditer(flat):
            changes |= _held(match, changes)
    for pattern in (RIGID, SHORT):
        for match in pattern.finditer(flat):
            changes.setdefault((match.end(), match.end()), JOINER)
    for match in QUOTED.finditer(flat):
        changes.setdefault((match.end(), match.end()), DIVIDE)
    return [(start, end, new) for (start, end), new in sorted(changes.items())]


ROUNDS = (taken, given)


def _held(match: re.Match[str], changes: dict[tuple[int, int], str]) -> dict[tuple[int, int], str]:
    """The place of a match made unbreakable: its space becomes U+00A0, where there is none U+2060 goes."""
    start, end = match.span()
    if " " in match[0]:
        return {(start, start + 1): HELD}
    return {(end, end): HELD if (end, end) in changes else JOINER}


def _flat(inlines: Nodes) -> Iterator[str]:
    for item in inlines:
        kind = item["t"]
        if kind == "Str":
            yield item["c"]
        elif kind in ("Space", "SoftBreak"):
            yield " "
        elif kind == "LineBreak":
            yield "\n"
        elif kind == "Note":
            yield NOTE
        elif kind in OPAQUE:
            yield THING
        elif kind != "RawInline":
            yield from _flat(_inside(item))


def _inside(item: Node) -> Nodes:
    """The inlines of an emphasis, a link, a span."""
    content: Nodes = item.get("c") or [{}]
    inlines: Nodes = content if isinstance(content[0], dict) else content[1]
    return [inline for inline in inlines if inline]


def _written(inlines: Nodes, start: int, changes: list[Edit], first: bool = True) -> Nodes:
    """The run with its edits made. What is inserted between two inlines stands outside both."""
    result: Nodes = []
    for item in inlines:
        end = start + sum(map(len, _flat([item])))
        if not first:
            result += [_node(new) for at, to, new in changes if at == to == start and end > start]
        result += _item(item, start, end, [edit for edit in changes if edit[0] < end and edit[1] > start])
        start, first = end, first and end == start
    return result


def _item(item: Node, start: int, end: int, changes: list[Edit]) -> Nodes:
    """One inline; insertions at its very start are its parent's."""
    inner = [edit for edit in changes if not edit[0] == edit[1] == start]
    if not inner:
        return [item]
    if item["t"] == "Str":
        return [ast.node("Str", words)] if (words := _edited(item["c"], start, inner)) else []
    if item["t"] in ("Space", "SoftBreak"):
        return [_node(inner[0][2])] if inner[0][2] else []
    if item["t"] in (*OPAQUE, "Note", "RawInline", "LineBreak"):
        return [item]
    return [ast.with_inlines(item, _written(_inside(item), start, inner))]


def _edited(words: str, start: int, changes: list[Edit]) -> str:
    for at, to, new in reversed(changes):
        words = words[: max(0, at - start)] + new + words[max(0, to - start) :]
    return words


def _node(words: str) -> Node:
    return ast.node("Space") if words == " " else ast.node("Str", words)


def clauses(inlines: Nodes) -> Nodes:
    """A title of some length as clauses, so that its lines break where a speaker would pause."""
    words = ast.plain(inlines)
    if len(words) not in SPLIT or any(item["t"] not in ("Str", "Space") for item in inlines):
        return inlines
    parts = [part for part in CLAUSE.split(words) if part.strip()]
    if len(parts) < 2 or min(map(len, parts)) < 3 or max(map(len, parts)) > 20:
        return inlines
    return [ast.span(["ph"], ast.text(part.strip())) for part in parts]

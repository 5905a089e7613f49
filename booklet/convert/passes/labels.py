"""What a heading says of itself: its number, and whether it asks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.passes.scales import difficulty

CHINESE = "一二三四五六七八九十百零〇两"
EXPLICIT = re.compile(
    rf"^(?:第\s*(?P<di>\d+|[{CHINESE}]+)\s*[题问道](?:题|目)?"
    r"|(?:面试题|问题|题目|题|问)\s*(?P<zh>\d+(?:[.-]\d+)*)"
    r"|(?:question|problem|q)\s*\.?\s*(?P<en>\d+(?:\.\d+)*))\s*[.、．:：)）\]】|-]*\s*",
    re.I,
)
NUMBERED = re.compile(
    rf"^(?:(?P<dot>\d+(?:\.\d+)*)\s*[.、．:：)）]\s*|(?P<deep>\d+(?:\.\d+)+)\s+|[（(](?P<paren>\d+)[)）]\s*"
    rf"|(?P<han>[{CHINESE}]+)、\s*)"
)
GRADE = re.compile(
    r"\s*[（(\[【]\s*(?:(?:难度|difficulty)\s*[：:]?\s*)(?P<said>[^）)\]】]+)[）)\]】]\s*$"
    r"|\s*[（(\[【]?\s*(?P<stars>[★☆⭐🌟]\ufe0f?(?:\s*[★☆⭐🌟]\ufe0f?){0,4})\s*[）)\]】]?\s*$"
    r"|\s*[\[【](?P<last>[^\]】]+)[\]】]\s*$|^\s*[\[【](?P<first>[^\]】]+)[\]】]\s*(?=\S)",
    re.I,
)
"""A difficulty in a title: `（难度：中等）` or `★★★☆☆` at its end, `【困难】` at either."""
ASKS = re.compile(r"[？?]\s*(?:[（(].*[)）])?\s*$|[？?][）)」』”\"]*\s*$")


@dataclass(frozen=True, slots=True)
class Label:
    """How a heading is labelled: the author's number, how long its text is, and whether it says 问题."""

    number: str | None
    length: int
    explicit: bool


def label(title: str) -> Label:
    """The label that a title begins with; length 0 without one."""
    for pattern, explicit in ((EXPLICIT, True), (NUMBERED, False)):
        if (match := pattern.match(title)) and match.end() < len(title):
            number = next(value for value in match.groupdict().values() if value)
            return Label(number, match.end(), explicit)
    return Label(None, 0, False)


def asks(title: str) -> bool:
    """Does the title end in a question mark, parentheses after it aside?"""
    return bool(ASKS.search(title.strip()))


def without_label(inlines: Nodes, length: int) -> Nodes:
    """The title's inlines without their first `length` characters of plain text."""
    rest: Nodes = []
    for item in inlines:
        size = len(ast.plain([item])) if item["t"] != "Space" else 1
        if length <= 0:
            rest.append(item)
        elif item["t"] == "Str" and size > length:
            rest.append(ast.node("Str", item["c"][length:]))
        elif item["t"] not in ("Str", "Space", "SoftBreak") and size > length:
            rest.append(_shorter(item, length))
        length -= size
    while rest and rest[0]["t"] in ("Space", "SoftBreak"):
        rest = rest[1:]
    return rest


def without_grade(inlines: Nodes) -> tuple[Nodes, int | None]:
    """The title's inlines without the difficulty that they name, and that, from 1 to 5; as they are without one."""
    flat = ast.plain(inlines)
    match = GRADE.search(flat)
    said = next((text for text in match.groups() if text), "") if match else ""
    level = difficulty(re.sub(r"\s", "", said))
    if match is None or level is None or match.end() - match.start() == len(flat):
        return inlines, None
    return ast.stripped(ast.cut(inlines, *match.span())), level


def _shorter(item: Node, length: int) -> Node:
    """`**1. Title**`: the label stands inside the emphasis."""
    if isinstance(item.get("c"), list) and item["t"] in ("Strong", "Emph", "Underline"):
        return {**item, "c": without_label(item["c"], length)}
    return item

"""Which headings are questions, what belongs to their answers, and how far each is answered."""

from __future__ import annotations

import re

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.draft import Context
from booklet.convert.passes.labels import asks, label, without_grade, without_label
from booklet.convert.passes.lists import LISTS, is_empty, items
from booklet.convert.passes.parts import parted
from booklet.convert.passes.placeholders import known, prune
from booklet.convert.passes.scales import difficulty
from booklet.diagnostics import Diagnostic, Noted, finding
from booklet.model import Status

INTERVIEW = re.compile(r"面试|题|八股|问答|interview|q\s*&\s*a|question|faq|quiz", re.I)


def wrap(blocks: Nodes, context: Context) -> Noted[Nodes]:
    """Each question heading and its answer become `Div(.question .<status>)`, as `booklet.model` describes.

    The answer of a heading in a list item is that item; of any other, all up to the next heading of its level or above.
    Inside an answer a heading is part of the answer, unless it is labelled as a question (`问题2：`, `Q2.`).
    """
    notes: list[Diagnostic] = []
    return Noted(_wrap(blocks, context, INTERVIEW.search(_subject(context)) is not None, notes), tuple(notes))


def _subject(context: Context) -> str:
    post = context.post
    return " ".join((post.title, *post.tags, *post.categories))


def _wrap(blocks: Nodes, context: Context, interview: bool, notes: list[Diagnostic]) -> Nodes:
    result: Nodes = []
    place = 0
    while place < len(blocks):
        block, end = blocks[place], place + 1
        if block["t"] == "Div" and ast.has_class(block, "item"):
            heading, rest = block["c"][1][0], block["c"][1][1:]
            if _is_question(heading, rest, context, numbered=True):
                result.append(_question(heading, rest, context, notes))
            else:
                result += [heading, *_wrap(rest, context, interview, notes)]
        elif block["t"] == "Header":
            end = _end(blocks, place)
            if _is_question(block, blocks[place + 1 : end], context, numbered=interview):
                result.append(_question(block, blocks[place + 1 : end], context, notes))
            else:
                result, end = [*result, block], place + 1
        else:
            result.append(block)
        place = end
    return result


def _end(blocks: Nodes, place: int) -> int:
    """Where the answer of the heading at `place` ends: at the next heading that is not below it, or a hoisted item."""
    level = blocks[place]["c"][0]
    later = (n for n in range(place + 1, len(blocks)) if _stops(blocks[n], level))
    return next(later, len(blocks))


def _stops(block: Node, level: int) -> bool:
    if block["t"] == "Div" and ast.has_class(block, "item"):
        return bool(block["c"][1][0]["c"][0] <= level)
    return bool(block["t"] == "Header" and block["c"][0] <= level)


def _is_question(heading: Node, below: Nodes, context: Context, numbered: bool) -> bool:
    """Labelled or asking; or only numbered, where numbers mean questions. A heading over questions is a section."""
    title = ast.plain(without_grade(heading["c"][2])[0]).strip()
    mark = label(title)
    if mark.explicit or any(re.search(pattern, title) for pattern in context.options.patterns):
        return True
    if not (asks(title) or (numbered and mark.number and mark.number.isascii())):
        return False
    deeper = [ast.plain(item["c"][2]).strip() for item in ast.of(below, "Header")]
    return not any(label(title).explicit for title in deeper) and sum(map(asks, deeper)) < 2


def _question(heading: Node, blocks: Nodes, context: Context, notes: list[Diagnostic]) -> Node:
    level, attr, inlines = heading["c"]
    inlines, after = without_grade(inlines)
    title = ast.plain(inlines).strip()
    mark = label(title)
    inlines, before = without_grade(without_label(inlines, mark.length))
    pruned, gone = prune(_unwrapped(blocks), known(context))
    parts = parted(pruned)
    status = status_of(parts.answer, bool(gone))
    if context.options.tail == "keep":
        parts = parted(_unwrapped(blocks))
    _note(notes, context, title, ast.value(heading, "line"), status, gone)
    bare = ast.node("Header", level, ["", attr[1], [pair for pair in attr[2] if pair[0] == "line"]], inlines)
    hard = parts.difficulty or after or before or difficulty(str(context.post.front.get("difficulty", "")))
    said = {"number": mark.number, "difficulty": str(hard or ""), "tags": ",".join(dict.fromkeys(parts.tags))}
    pairs = [[key, value] for key, value in (*said.items(), *map(tuple, attr[2])) if value]
    inside = [bare, ast.div(["answer"], parts.answer), *parts.divs()]
    return ast.node("Div", [attr[0], ["question", status], pairs], inside)


def _unwrapped(blocks: Nodes) -> Nodes:
    """Hoisted items inside an answer are headings of the answer."""
    flat: Nodes = []
    for block in blocks:
        inside = block["t"] == "Div" and ast.has_class(block, "item")
        flat += _unwrapped(block["c"][1]) if inside else [block]
    return flat


def status_of(answer: Nodes, had_placeholder: bool) -> Status:
    """See `booklet.model.Status`; `answer` is without its placeholders."""
    if is_empty([block for block in answer if block["t"] not in ("Header", "HorizontalRule")]):
        return "unanswered"
    return "unfinished" if had_placeholder or _ends_empty(answer) else "answered"


def _ends_empty(blocks: Nodes) -> bool:
    """Is the last thing an empty bullet?"""
    if not blocks or blocks[-1]["t"] not in LISTS:
        return False
    last = items(blocks[-1])[-1]
    return is_empty(last) or _ends_empty(last)


def _note(
    notes: list[Diagnostic], context: Context, title: str, line: str | None, status: Status, gone: list[str]
) -> None:
    if status != "answered":
        notes.append(finding(f"questions/{status}", f"“{title}” is {status}", context.at(line)))
    for words in gone:
        message = f"“{words[:30]}” is left out: the archetype's or a placeholder's words"
        notes.append(finding("questions/placeholder", message, context.find(words)))

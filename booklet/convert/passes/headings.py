"""Ids and levels of headings."""

from __future__ import annotations

import re
from collections import Counter

from booklet.convert import ast
from booklet.convert.anchors import anchor, loose, written
from booklet.convert.ast import Node, Nodes
from booklet.convert.draft import Context
from booklet.convert.passes.labels import asks, label
from booklet.diagnostics import Noted
from booklet.model import Json

DEEPEST = 6
RULE = re.compile(r"([_*-])(\s*\1){2,}")
Named = dict[int, tuple[int, str, str, str]]
"""Identity of a heading's node → its level, anchor, line, and the anchor that Goldmark makes of its line."""


def identify(blocks: Nodes, context: Context) -> Noted[Nodes]:
    """Every heading gets its id in the book and its level in the chapter.

    The id is `<chapter>--<anchor>`, the anchor Hugo's own (or the author's `{#id}`); it is kept as attribute `anchor`,
    and as attribute `own` where the author wrote it.
    Levels start at 2, under the chapter's title, and none is skipped; the number of levels used is the author's.
    """
    blocks = _untitled(ast.rewrite(blocks, _ruled), context)
    levels = _levels([item["c"][0] for item in ast.of(blocks, "Header")])
    anchors = _Anchors(context.site.anchors)
    places = iter(zip(ast.of(blocks, "Header"), levels, strict=True))
    named: Named = {}
    for item, level in places:
        line = _line(item, context)
        named[id(item)] = (level, anchors.take(item), line, _written(line, context))
    return Noted(_apply(blocks, named, context.post.chapter_id))


def _ruled(item: Node) -> Node | None:
    """`___` over `---` are two rules (CommonMark 0.31 §4.1), and no heading that says nothing."""
    is_rule = item["t"] == "Header" and RULE.fullmatch(ast.plain(item["c"][2]).strip())
    return ast.node("HorizontalRule") if is_rule else None


def _untitled(blocks: Nodes, context: Context) -> Nodes:
    """Without a first heading of the first level that only repeats the post's title, unless it is a question."""
    first = next((place for place, block in enumerate(blocks) if block["t"] == "Header"), None)
    if first is None or blocks[first]["c"][0] != 1:
        return blocks
    words = ast.plain(blocks[first]["c"][2]).strip()
    mark = label(words)
    repeats = loose(words) == loose(context.post.title) and not asks(words) and not mark.explicit
    return [*blocks[:first], *blocks[first + 1 :]] if repeats else blocks


def _written(line: str, context: Context) -> str:
    lines = context.post.body.split("\n")
    place = int(line) - context.post.body_line
    return anchor(written(lines[place]), context.site.anchors) if 0 <= place < len(lines) else ""


def _line(item: Node, context: Context) -> str:
    """The line that the dialect stage marked; an underlined heading is looked for by its words."""
    return ast.value(item, "line") or str(context.find(ast.plain(item["c"][2])).line or context.post.body_line)


def _apply(tree: Json, named: Named, chapter: str) -> Json:
    """As `ast.rewrite`, but by the identity of the original node, since equal headings differ in place."""
    if isinstance(tree, list):
        return [_apply(item, named, chapter) for item in tree]
    if isinstance(tree, dict) and "c" in tree:
        content = _apply(tree["c"], named, chapter)
        if id(tree) in named:
            level, name, line, also = named[id(tree)]
            own, classes, _ = content[1]
            pairs = [["line", line], ["anchor", name], *([["own", own]] if own else [])]
            pairs += [["also", also]] if also and also != name else []
            content = [level, [f"{chapter}--{name}", classes, pairs], content[2]]
        return {**tree, "c": content}
    return tree


def _levels(written: list[int]) -> list[int]:
    """Levels as the author nests them, from 2, without gaps."""
    open_levels: list[int] = []
    result = []
    for level in written:
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        open_levels.append(level)
        result.append(min(1 + len(open_levels), DEEPEST))
    return result


class _Anchors:
    """Anchors as Hugo's Goldmark gives them: unique in the page by `-1`, `-2`, …"""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.seen: Counter[str] = Counter()

    def take(self, item: Node) -> str:
        own = ast.attribute(item)[0]
        name = own or anchor(ast.plain(item["c"][2]), self.kind)
        count = self.seen[name]
        self.seen[name] += 1
        return self._free(name, count) if count else name

    def _free(self, name: str, count: int) -> str:
        while self.seen[candidate := f"{name}-{count}"]:
            count += 1
        self.seen[candidate] += 1
        return candidate

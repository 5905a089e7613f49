"""Ids and levels of headings."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.draft import Context
from booklet.diagnostics import Noted
from booklet.model import Json

DEEPEST = 6
Named = dict[int, tuple[int, str, str]]
"""Identity of a heading's node → its level, anchor and line."""


def identify(blocks: Nodes, context: Context) -> Noted[Nodes]:
    """Every heading gets its id in the book and its level in the chapter.

    The id is `<chapter>--<anchor>`, the anchor Hugo's own (or the author's `{#id}`); it is kept as attribute `anchor`,
    and as attribute `own` where the author wrote it.
    Levels start at 2, under the chapter's title, and none is skipped; the number of levels used is the author's.
    """
    levels = _levels([item["c"][0] for item in ast.of(blocks, "Header")])
    anchors = _Anchors()
    places = iter(zip(ast.of(blocks, "Header"), levels, strict=True))
    named = {id(item): (level, anchors.take(item), _line(item, context)) for item, level in places}
    return Noted(_apply(blocks, named, context.post.chapter_id))


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
            level, anchor, line = named[id(tree)]
            own, classes, _ = content[1]
            pairs = [["line", line], ["anchor", anchor], *([["own", own]] if own else [])]
            content = [level, [f"{chapter}--{anchor}", classes, pairs], content[2]]
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

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()

    def take(self, item: Node) -> str:
        own = ast.attribute(item)[0]
        anchor = own or github_anchor(ast.plain(item["c"][2]))
        count = self.seen[anchor]
        self.seen[anchor] += 1
        return self._free(anchor, count) if count else anchor

    def _free(self, anchor: str, count: int) -> str:
        while self.seen[candidate := f"{anchor}-{count}"]:
            count += 1
        self.seen[candidate] += 1
        return candidate


def github_anchor(title: str) -> str:
    """GitHub's rule, Hugo's default (`markup.goldmark.parser.autoHeadingIDType`): letters, digits, `-` and `_` stay."""
    words = re.sub(r"\s", "-", title.strip().lower())
    kept = "".join(
        c for c in words if c in "-_" or unicodedata.category(c)[0] in "LN" or unicodedata.category(c) == "Mn"
    )
    return kept or "heading"

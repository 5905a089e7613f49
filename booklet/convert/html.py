"""AST → HTML by pandoc's writer, many pieces in one call: what both back-ends hang into their templates."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from booklet.convert import ast, pandoc, spots
from booklet.convert.ast import Node, Nodes, Visit

MARK = re.compile(r"<!--booklet:piece-->\n?")


def fragments(
    pieces: Sequence[Nodes], visit: Visit = lambda item: None, at: Mapping[int, str] | None = None
) -> list[str]:
    """Each list of blocks (or of inlines) as HTML5 that is well-formed XML, in order.

    `visit` turns nodes that a back-end sets in its own way into `RawInline`/`RawBlock` of format "html" (formulas,
    notes, code, pictures), as in `ast.rewrite`.  `at` (`spots.names`) puts a sign before each block that it names.
    Pandoc starts once for all pieces (20 ms).
    """
    if not pieces:
        return []
    mark = ast.node("RawBlock", "html", "<!--booklet:piece-->")
    blocks = [block for piece in pieces for block in (mark, *_blocks(_placed(list(piece), visit, at or {})))]
    html = pandoc.write(blocks, "html5")
    return [text.strip("\n") for text in MARK.split(html)[1:]]


def _placed(piece: Nodes, visit: Visit, at: Mapping[int, str]) -> Nodes:
    """As `ast.rewrite`; what a named block has become gets its sign when no visitor can stumble over it any more."""
    follow = _Followed(visit, at)
    result = follow.rewrite(piece)
    return follow.marked(result) if follow.named else list(result)


class _Followed:
    """A rewriting that knows what each named node has become. `named` keeps the nodes, so that identities stay."""

    def __init__(self, visit: Visit, at: Mapping[int, str]) -> None:
        self.visit, self.at = visit, at
        self.named: dict[int, tuple[Node, str]] = {}

    def rewrite(self, tree: Any) -> Any:
        if isinstance(tree, list):
            result: Nodes = []
            for item in tree:
                new = self.rewrite(item)
                result += new if isinstance(new, list) and isinstance(item, dict) else [new]
            return result
        if not isinstance(tree, dict) or "t" not in tree:
            return tree
        new = {**tree, "c": self.rewrite(tree["c"])} if "c" in tree else dict(tree)
        seen = self.visit(new)
        done = new if seen is None else seen
        first = done[0] if isinstance(done, list) and done else done
        if id(tree) in self.at and isinstance(first, dict):
            self.named[id(first)] = (first, self.at[id(tree)])
        return done

    def marked(self, tree: Any) -> Any:
        if isinstance(tree, list):
            result: Nodes = []
            for item in tree:
                known = isinstance(item, dict) and id(item) in self.named
                result += [raw_block(spots.sign(self.named[id(item)][1]))] if known else []
                result.append(self.marked(item))
            return result
        return {**tree, "c": self.marked(tree["c"])} if isinstance(tree, dict) and "c" in tree else tree


def _blocks(items: Nodes) -> Nodes:
    """Inlines are set as one `Plain`, which the writer leaves without a tag."""
    return [ast.node("Plain", items)] if items and items[0]["t"] not in BLOCKS.split() else items


BLOCKS = (
    "Plain Para LineBlock CodeBlock RawBlock BlockQuote OrderedList BulletList DefinitionList Header HorizontalRule "
)
BLOCKS += "Table Figure Div"


def raw(html: str) -> ast.Node:
    """HTML of our own inside a line."""
    return ast.node("RawInline", "html", html)


def raw_block(html: str) -> ast.Node:
    """HTML of our own between blocks."""
    return ast.node("RawBlock", "html", html)


def dump(blocks: Nodes) -> str:
    """Blocks as canonical JSON, for hashes and cache keys."""
    return json.dumps(blocks, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

"""AST → HTML by pandoc's writer, many pieces in one call: what both back-ends hang into their templates."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from booklet.convert import ast, pandoc
from booklet.convert.ast import Nodes, Visit

MARK = re.compile(r"<!--booklet:piece-->\n?")


def fragments(pieces: Sequence[Nodes], visit: Visit = lambda item: None) -> list[str]:
    """Each list of blocks (or of inlines) as HTML5 that is well-formed XML, in order.

    `visit` turns nodes that a back-end sets in its own way into `RawInline`/`RawBlock` of format "html" (formulas,
    notes, code, pictures), as in `ast.rewrite`.  Pandoc starts once for all pieces (20 ms).
    """
    if not pieces:
        return []
    mark = ast.node("RawBlock", "html", "<!--booklet:piece-->")
    blocks = [block for piece in pieces for block in (mark, *_blocks(ast.rewrite(list(piece), visit)))]
    html = pandoc.write(blocks, "html5")
    return [text.strip("\n") for text in MARK.split(html)[1:]]


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

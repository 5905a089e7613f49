"""Spots: a name for every block that paper and screen both know, so that the e-book can say where a page begins.

A back-end that hands the names to `html.fragments` finds `<?at NAME?>` before each block.  Paper gives the name to
the element (`named`), the e-book puts a page's mark there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote, unquote

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes

WHOLE = ("Para", "Plain", "LineBlock", "CodeBlock", "Table", "Figure", "Header")
"""Blocks that get a name themselves; what is inside them does not."""
CLOSED = ("display", "missing")
"""Classes of `Div`s that are one block."""
SIGN = re.compile(r"<\?at (.*?)\?>\s*")
BEFORE = re.compile(r"<\?at (?P<name>.*?)\?>\s*<(?P<tag>\w+)(?P<rest>[^>]*)>")
INSIDE = re.compile(r"<(?P<tag>li|dd|td|th)>\s*<\?at (?P<name>.*?)\?>\s*(?=[^<\s])")


@dataclass(frozen=True, slots=True)
class PageMap:
    """Where everything stands on paper, for whoever cites pages."""

    edition: str
    labels: tuple[str, ...]
    """The folio of every page, in order."""
    folios: Mapping[str, str]
    """Id of a place (a block here, a heading, a question) → the folio of its page."""


def names(blocks: Nodes, chapter: str) -> dict[int, str]:
    """Identity of each block of a chapter → its name: its own id, else `<chapter>.<number>`, in reading order.

    A back-end may have rewritten inlines before; blocks must be the chapter's.
    """
    found = enumerate(_blocks(blocks), 1)
    return {id(block): ast.attribute(block)[0] or f"{chapter}.{n}" for n, block in found}


def numbered(name: str) -> bool:
    """Is it the name of a block that has no id of its own? Ids of headings and questions hold no dot."""
    return "." in name


def sign(name: str) -> str:
    """What stands before the block: a processing instruction, its name percent-encoded (`name_of` reads it)."""
    return f"<?at {quote(name)}?>"


def name_of(signed: str) -> str:
    return unquote(signed)


def named(html: str) -> str:
    """HTML whose elements have their spots' names as ids; the signs are gone."""

    def attribute(match: re.Match[str]) -> str:
        if re.search(r"\sid=", match["rest"]):
            return f"<{match['tag']}{match['rest']}>"
        return f'<{match["tag"]} id="{escape(name_of(match["name"]))}"{match["rest"]}>'

    inside = INSIDE.sub(lambda match: f'<{match["tag"]} id="{escape(name_of(match["name"]))}">', html)
    return SIGN.sub("", BEFORE.sub(attribute, inside))


def _blocks(tree: Any) -> Iterator[Node]:
    """Blocks in reading order: down to paragraphs, but not into tables, notes and closed boxes."""
    if isinstance(tree, list):
        for item in tree:
            yield from _blocks(item)
    elif isinstance(tree, dict) and "t" in tree:
        closed = tree["t"] == "Div" and any(ast.has_class(tree, name) for name in CLOSED)
        if tree["t"] in WHOLE or closed:
            yield tree
        else:
            yield from _blocks(tree.get("c"))

"""Where each paragraph of a chapter stands in its post: pandoc's tree does not say."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes

LONG = 20
"""Letters by which a paragraph is known."""
TELLING = 6
"""Letters of which there may be a second run in a post, but hardly one that is sought before."""
SILENT = re.compile(r"[\W_]+")
APART = ("Math", "Link", "Image", "Note", "RawInline")


def letters(text: str) -> str:
    """A text without spaces, marks and markup: what the Markdown, the tree and the page have in common."""
    return SILENT.sub("", text)


def name(text: str) -> str:
    """What a paragraph is known by."""
    return letters(text)[:LONG]


def places(blocks: Nodes, body: str, first_line: int) -> tuple[tuple[str, int], ...]:
    """The name of each paragraph, in order, and the line of the post on which it starts; the first of equal names.

    Found by going through the body once: words that are not found (a shortcode made them) have the place of the
    paragraph before them, unless they stand earlier (a part of a question that the author wrote before its answer).
    """
    ends: list[int] = []
    whole = ""
    for row in body.split("\n"):
        whole += letters(row)
        ends.append(len(whole))
    found: dict[str, int] = {}
    here = 0
    for paragraph in ast.of(blocks, "Para", "Plain", "Header", "CodeBlock"):
        runs = [run for run in map(letters, _runs(paragraph)) if run]
        if not runs:
            continue
        needle = next((run for run in runs if len(run) > 2), runs[0])[:LONG]
        at = whole.find(needle, here)
        here = at if at >= 0 else here
        back = whole.find(needle) if at < 0 and len(needle) >= TELLING else -1
        found.setdefault(name("".join(runs)), first_line + bisect_right(ends, back if back >= 0 else here))
    return tuple(found.items())


def _runs(paragraph: Node) -> list[str]:
    """The words between formulas, links and notes, which the post writes in another way than the page."""
    if paragraph["t"] == "CodeBlock":
        return [paragraph["c"][1]]
    return "".join(_parts(paragraph["c"])).split("\0")


def _parts(tree: Nodes | Node) -> Iterator[str]:
    if isinstance(tree, list):
        for item in tree:
            yield from _parts(item)
    elif isinstance(tree, dict) and "t" in tree:
        kind = tree["t"]
        if kind == "Str":
            yield tree["c"]
        elif kind == "Code":
            yield tree["c"][1]
        elif kind == "Link":
            yield "\0"
            yield from _parts(tree["c"][1])
            yield "\0"
        elif kind in APART:
            yield "\0"
        else:
            yield from _parts(tree.get("c") or [])

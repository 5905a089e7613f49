"""Asides, what was folded, and what lies elsewhere, as paper sets them."""

from __future__ import annotations

import html
from collections.abc import Mapping

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.html import raw, raw_block
from booklet.convert.pieces import criterion
from booklet.convert.qr import qr


def block(item: Node, words: Mapping[str, str]) -> Nodes | None:
    """A `Div` of the AST as `booklet.model` describes it; None for one that is set as it stands."""
    classes = ast.attribute(item)[1]
    if "aside" in classes:
        return aside(item, ast.value(item, "kind") or "note", words)
    if "details" in classes:
        return _details(item, words)
    if "criterion" in classes:
        return _criterion(item, words)
    if "embed" in classes:
        return _embed(item)
    if "qr" in classes:
        return _code(item)
    return None


def aside(item: Node, kind: str, words: Mapping[str, str]) -> Nodes:
    """The word for its kind in the number column, its own title as a line of its own."""
    title, rest = titled(item)
    label = html.escape(words[f"aside_{kind}"])
    start = f'<aside class="{kind}"><p class="label">{label}</p>'
    return [raw_block(start), *_line("p", title), *rest, raw_block("</aside>")]


def _criterion(item: Node, words: Mapping[str, str]) -> Nodes:
    """The points beside what they are for."""
    points = html.escape(criterion(item, words))
    figure = f'<p class="worth">{points}</p>' if points else ""
    return [raw_block(f'<div class="criterion">{figure}'), *item["c"][1], raw_block("</div>")]


def _details(item: Node, words: Mapping[str, str]) -> Nodes:
    """Open: its title, then its text between hairlines."""
    title, rest = titled(item)
    head = title or ast.text(words["details"])
    return [raw_block('<div class="details">'), *_line("p", head), *rest, raw_block("</div>")]


def titled(item: Node) -> tuple[Nodes, Nodes]:
    """The inlines of a block's title, and its other blocks."""
    blocks = item["c"][1]
    if blocks and blocks[0]["t"] == "Div" and ast.has_class(blocks[0], "title"):
        return blocks[0]["c"][1][0]["c"], blocks[1:]
    return [], blocks


def _line(name: str, inlines: Nodes) -> Nodes:
    if not inlines:
        return []
    return [raw_block(f'<{name} class="title">'), ast.node("Plain", inlines), raw_block(f"</{name}>")]


def _embed(item: Node) -> Nodes:
    """The link and its address, beside the code that leads there."""
    address = ast.value(item, "url") or ""
    words, shown = item["c"][1][0]["c"], html.escape(address)
    named = ast.plain(words).strip() != address
    inside = _line("p", [_link(words, address)]) if named else []
    source = f'<p class="src">{shown}</p>' if named else f'<p class="src"><a href="{shown}">{shown}</a></p>'
    return [raw_block(f'<div class="embed">{qr(address)}'), *inside, raw_block(f"{source}</div>")]


def _link(words: Nodes, address: str) -> Node:
    return ast.node("Link", ["", [], []], words, [address, ""])


def _code(item: Node) -> Nodes:
    text, caption = ast.value(item, "text") or "", item["c"][1][0]["c"]
    under = [raw_block("<figcaption>"), ast.node("Plain", caption), raw_block("</figcaption>")] if caption else []
    return [raw_block(f'<figure class="qr">{qr(text)}'), *under, raw_block("</figure>")]


def ruby(item: Node) -> Nodes:
    """漢字（かんじ）: the engine sets no ruby, so the reading follows in parentheses."""
    result: Nodes = []
    for inline in item["c"][1]:
        reading = inline["t"] == "Span" and ast.has_class(inline, "rt")
        result += [raw('<span class="rt">（'), *inline["c"][1], raw("）</span>")] if reading else [inline]
    return result

"""Asides, what was folded, and what lies elsewhere, as an e-book sets them."""

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
        return _aside(item, ast.value(item, "kind") or "note", words)
    if "details" in classes:
        return _details(item, words)
    if "criterion" in classes:
        return _criterion(item, words)
    if "embed" in classes:
        return _embed(item)
    if "qr" in classes:
        return [raw_block(f'<figure class="qr">{qr(ast.value(item, "text") or "")}'), *_caption(item)]
    return None


def _aside(item: Node, kind: str, words: Mapping[str, str]) -> Nodes:
    """The word for its kind, then its own title and its text.

    An `<aside>` of its own is what EPUB 3.3 has for it; a note, since a page has one landmark of a name (Ace).
    """
    title, rest = _titled(item)
    label = f'<p class="label">{html.escape(words[f"aside_{kind}"])}</p>'
    return [raw_block(f'<aside class="box {kind}" role="note">{label}'), *_line(title), *rest, raw_block("</aside>")]


def _criterion(item: Node, words: Mapping[str, str]) -> Nodes:
    """The points beside what they are for."""
    points = html.escape(criterion(item, words))
    figure = f'<p class="worth">{points}</p>' if points else ""
    return [raw_block(f'<div class="criterion">{figure}'), *item["c"][1], raw_block("</div>")]


def _details(item: Node, words: Mapping[str, str]) -> Nodes:
    title, rest = _titled(item)
    return [raw_block('<div class="details">'), *_line(title or ast.text(words["details"])), *rest, raw_block("</div>")]


def _titled(item: Node) -> tuple[Nodes, Nodes]:
    """The inlines of a block's title, and its other blocks."""
    blocks = item["c"][1]
    if blocks and blocks[0]["t"] == "Div" and ast.has_class(blocks[0], "title"):
        return blocks[0]["c"][1][0]["c"], blocks[1:]
    return [], blocks


def _line(inlines: Nodes) -> Nodes:
    return [raw_block('<p class="title">'), ast.node("Plain", inlines), raw_block("</p>")] if inlines else []


def _embed(item: Node) -> Nodes:
    """A link: a screen can follow it."""
    link = ast.node("Link", ["", [], []], item["c"][1][0]["c"], [ast.value(item, "url") or "", ""])
    return [raw_block('<p class="embed">'), ast.node("Plain", [link]), raw_block("</p>")]


def _caption(item: Node) -> Nodes:
    words = item["c"][1][0]["c"]
    if not words:
        return [raw_block("</figure>")]
    return [raw_block("<figcaption>"), ast.node("Plain", words), raw_block("</figcaption></figure>")]


def ruby(item: Node) -> Nodes:
    """`<ruby>漢字<rp>（</rp><rt>かんじ</rt><rp>）</rp></ruby>`."""
    result: Nodes = [raw("<ruby>")]
    for inline in item["c"][1]:
        if inline["t"] == "Span" and ast.has_class(inline, "rt"):
            result += [raw("<rp>（</rp><rt>"), *inline["c"][1], raw("</rt><rp>）</rp>")]
        else:
            result.append(inline)
    return [*result, raw("</ruby>")]

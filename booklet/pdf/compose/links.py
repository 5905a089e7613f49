"""Links on paper: an inner one names its page, an outer one its address, at the foot of the page or in a list."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Literal
from urllib.parse import quote, unquote

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.html import raw

Shown = Literal["footnote", "list", "none"]
"""Where the addresses of outer links stand: `pdf.links`."""
ESCAPED = re.compile(r"(?:%[0-9a-f]{2})+", re.I)


class Links:
    """The links of one chapter. In a list each address stands once, under its number."""

    def __init__(self, shown: Shown, words: Mapping[str, str]) -> None:
        self.shown, self.words = shown, words
        self.listed: dict[str, int] = {}

    def inner(self, link: Node, identifier: str) -> Nodes:
        """The link, and the page that it leads to: a slot, which the linker fills."""
        before, after = (html.escape(self.words[key]) for key in ("see_before", "see_after"))
        slot = f'<img src="slot:page:{quote(identifier)}" alt="slot:">'
        return [link, raw(f'<span class="see">{before}{slot}{after}</span>')]

    def outer(self, link: Node) -> Nodes:
        """The link, and where its address stands; nothing where its own words say it."""
        attr, words, (target, title) = link["c"]
        address = readable(target)
        if says(ast.plain(words), address):
            return [ast.node("Link", attr, [breakable(ast.plain(words).strip())], [target, title])]
        if self.shown == "none":
            return [link]
        if self.shown == "footnote":
            return [link, ast.node("Str", "\u2060"), ast.span(["fn", "url"], [breakable(address)])]
        number = self.listed.setdefault(address, len(self.listed) + 1)
        return [link, raw(f'&#8288;<sup class="ln">[{number}]</sup>')]


def unnested(tree: Nodes) -> Nodes:
    """Addresses inside a footnote, which can hold no other: in brackets behind the words."""

    def visit(item: Node) -> Nodes | None:
        if item["t"] == "Span" and ast.has_class(item, "url"):
            return [ast.node("Str", " ("), *item["c"][1], ast.node("Str", ")")]
        return None

    result: Nodes = ast.rewrite(tree, visit)
    return result


def readable(target: str) -> str:
    """An address as a person types it: without scheme, its letters as letters."""
    plain = re.sub(r"^(https?://|mailto:|tel:)", "", target)
    return ESCAPED.sub(_letters, plain).rstrip("/")


def _letters(match: re.Match[str]) -> str:
    """Escaped UTF-8 as text, unless it hides spaces, marks or controls."""
    try:
        text = unquote(match[0], errors="strict")
    except UnicodeDecodeError:
        return match[0]
    return text if all(c.isalnum() for c in text) else match[0]


def breakable(address: str) -> Node:
    """An address whose lines break behind its marks."""
    return raw(html.escape(re.sub(r"(?<=[/._?&=-])(?=\w)", "\u200b", address), quote=False))


def says(words: str, address: str) -> bool:
    """Do the link's own words give its address?"""
    return readable(words.strip()).lower() == address.lower()

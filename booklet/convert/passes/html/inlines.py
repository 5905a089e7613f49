"""Elements within a line."""

from __future__ import annotations

import re
from collections.abc import Callable

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.dialect import Markup
from booklet.convert.passes.html.tree import Element, nodes

SAME = {
    **dict.fromkeys(("b", "strong", "big"), "Strong"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "Emph"),
    **dict.fromkeys(("u", "ins"), "Underline"),
    **dict.fromkeys(("s", "del", "strike"), "Strikeout"),
    "sub": "Subscript",
    "sup": "Superscript",
}
CODE = ("code", "samp", "tt", "data")
KEPT = ("kbd", "mark", "small")
SILENT = frozenset("a abbr acronym bdi bdo font label nobr span time picture map slot output meter progress".split())
CLASSES = ("badge", "lead")
EMPTY = frozenset("br wbr img input source track area".split())
SIZE = re.compile(r"(\d+(?:\.\d+)?)(px|%|em|)$")


class Inlines:
    """`make` turns an element into inlines; `drop` is told of what is left out."""

    def __init__(self, drop: Callable[[str, Markup], None]) -> None:
        self.drop = drop

    def make(self, element: Element) -> Nodes:
        tag = element.tag
        for name, _ in tag.attributes:
            if name.startswith("on"):
                self.drop(name, tag)
        special = getattr(self, f"_{tag.name}", None)
        if special:
            made: Nodes = special(element)
            return made
        inner = nodes(element.children, self.make)
        if tag.name in SAME:
            return [ast.node(SAME[tag.name], inner)] if inner else []
        if tag.name in CODE:
            return [ast.node("Code", ["", [], []], ast.plain(inner))] if inner else []
        if tag.name in KEPT:
            return [ast.span([tag.name], inner)]
        if tag.name not in SILENT and tag.name not in EMPTY:
            self.drop(tag.name, tag)
        return self._named(tag, inner)

    def _named(self, tag: Markup, inner: Nodes) -> Nodes:
        """The text, in a span where it has an id or a class that the book knows."""
        known = [name for name in tag.get("class").split() if name in CLASSES]
        if tag.get("id") or known:
            return [ast.span(known, inner, tag.get("id"))]
        return inner

    def _br(self, element: Element) -> Nodes:
        return [ast.node("LineBreak")]

    def _wbr(self, element: Element) -> Nodes:
        return [ast.node("Str", "\u200b")]

    def _q(self, element: Element) -> Nodes:
        return [ast.node("Quoted", ast.node("DoubleQuote"), nodes(element.children, self.make))]

    def _a(self, element: Element) -> Nodes:
        tag, inner = element.tag, nodes(element.children, self.make)
        identifier = tag.get("id", "name")
        href = tag.get("href")
        if href.lower().startswith(("javascript:", "vbscript:", "data:")):
            self.drop("href", tag)
            href = ""
        if not href:
            return [ast.span([], inner, identifier)] if identifier else inner
        attr = [identifier, [], [["line", str(tag.line)]]]
        return [ast.node("Link", attr, inner or ast.text(href), [href, tag.get("title")])]

    def _img(self, element: Element) -> Nodes:
        image = picture(element.tag)
        return [image] if image else []

    def _input(self, element: Element) -> Nodes:
        if element.tag.get("type") == "checkbox":
            names = dict(element.tag.attributes)
            return [ast.node("Str", "☒" if "checked" in names else "☐"), ast.node("Space")]
        self.drop("input", element.tag)
        return []

    def _ruby(self, element: Element) -> Nodes:
        """`Span(.ruby)[base, Span(.rt)[reading]]`; the parentheses for old browsers are the writers'."""
        inner = nodes([c for c in element.children if not _is(c, "rp")], self.make)
        return [ast.span(["ruby"], inner)]

    def _rt(self, element: Element) -> Nodes:
        return [ast.span(["rt"], nodes(element.children, self.make))]

    def _rp(self, element: Element) -> Nodes:
        return []

    def _select(self, element: Element) -> Nodes:
        self.drop("select", element.tag)
        return []


def _is(item: Node | Element, name: str) -> bool:
    return isinstance(item, Element) and item.tag.name == name


def picture(tag: Markup) -> Node | None:
    """The image of an `<img>`: the address that lazy loaders hide counts as well."""
    source = tag.get("data-src", "data-original", "src")
    if not source:
        return None
    pairs = [["line", str(tag.line)], *sizes(tag)]
    return ast.node("Image", [tag.get("id"), [], pairs], ast.text(tag.get("alt")), [source, tag.get("title")])


def sizes(tag: Markup) -> list[list[str]]:
    """Width and height as attributes or style give them: pixels, percent or em."""
    style = dict(re.findall(r"(width|height)\s*:\s*([^;]+)", tag.get("style")))
    found = []
    for name in ("width", "height"):
        match = SIZE.match((tag.get(name) or style.get(name, "")).strip().lower())
        if match and float(match[1]) > 0 and not (name == "height" and match[2] == "%"):
            found.append([name, f"{match[1]}{match[2] or 'px'}"])
    return found

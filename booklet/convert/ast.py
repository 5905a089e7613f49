"""Pandoc's AST as plain JSON: how to build a node, walk a tree, and rewrite it without changing the original.

A node is `{"t": type, "c": content}`; an attribute triple is `[id, [classes], [[key, value], …]]`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

Node = dict[str, Any]
Nodes = list[Any]
Visit = Callable[[Node], "Node | Nodes | None"]

ATTRIBUTE_AT = {
    "Div": 0,
    "Span": 0,
    "Code": 0,
    "CodeBlock": 0,
    "Link": 0,
    "Image": 0,
    "Figure": 0,
    "Table": 0,
    "Header": 1,
}
BREAKS = {"Space", "SoftBreak", "LineBreak"}
WRAPPERS = {"Strong", "Emph", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Span", "Link"}
"""Inlines that hold inlines and may lose some."""
QUOTES = {"SingleQuote": "‘’", "DoubleQuote": "“”"}


def node(kind: str, *content: Any) -> Node:
    """A node: no content for `node("Space")`, bare for one item, a list for several."""
    if not content:
        return {"t": kind}
    return {"t": kind, "c": content[0] if len(content) == 1 else list(content)}


def attributes(identifier: str = "", classes: Sequence[str] = (), **pairs: str) -> list[Any]:
    """An attribute triple; keyword `data_x` becomes `data-x`."""
    return [identifier, list(classes), [[key.replace("_", "-"), value] for key, value in pairs.items()]]


def attribute(item: Node) -> list[Any]:
    """The attribute triple of a node that has one; an empty triple of one that has none."""
    place = ATTRIBUTE_AT.get(item["t"])
    triple: list[Any] = item["c"][place] if place is not None else ["", [], []]
    return triple


def has_class(item: Node, name: str) -> bool:
    return name in attribute(item)[1]


def value(item: Node, key: str) -> str | None:
    """The value of an attribute of the node."""
    return next((text for name, text in attribute(item)[2] if name == key), None)


def div(classes: Sequence[str], blocks: Nodes, identifier: str = "", **pairs: str) -> Node:
    return node("Div", attributes(identifier, classes, **pairs), blocks)


def span(classes: Sequence[str], inlines: Nodes, identifier: str = "", **pairs: str) -> Node:
    return node("Span", attributes(identifier, classes, **pairs), inlines)


def text(words: str) -> Nodes:
    """Plain text as inlines."""
    inlines: Nodes = []
    for n, word in enumerate(words.split(" ")):
        inlines += [node("Space")] * (n > 0) + ([node("Str", word)] if word else [])
    return inlines


def walk(tree: Any) -> Iterator[Node]:
    """Every node of a tree, parents first, in reading order."""
    if isinstance(tree, dict):
        if "t" in tree:
            yield tree
        yield from walk(tree.get("c"))
    elif isinstance(tree, list):
        for item in tree:
            yield from walk(item)


def deeper(tree: Any, limit: int) -> bool:
    """Do lists and nodes lie in one another more than `limit` deep?"""
    level = [tree]
    for _ in range(limit):
        level = [inner for item in level for inner in (item.values() if isinstance(item, dict) else item)]
        level = [item for item in level if isinstance(item, dict | list)]
        if not level:
            return False
    return True


def of(tree: Any, *kinds: str) -> Iterator[Node]:
    """The nodes of these types, in reading order."""
    return (item for item in walk(tree) if item["t"] in kinds)


def rewrite(tree: Any, visit: Visit) -> Any:
    """A new tree: `visit` sees each node after its children and returns None (keep), a node, or nodes to put there."""
    if isinstance(tree, list):
        result: Nodes = []
        for item in tree:
            new = rewrite(item, visit)
            if isinstance(new, list) and isinstance(item, dict):
                result.extend(new)
            else:
                result.append(new)
        return result
    if isinstance(tree, dict) and "t" in tree:
        new = {**tree, "c": rewrite(tree["c"], visit)} if "c" in tree else tree
        seen = visit(new)
        return new if seen is None else seen
    return tree


def chain(tree: Any, visits: Iterable[Visit]) -> Any:
    """Several rewritings, one after the other."""
    for visit in visits:
        tree = rewrite(tree, visit)
    return tree


def plain(tree: Any) -> str:
    """The text of a tree as a reader would speak it: TeX for formulas, nothing for notes and raw markup."""
    return " ".join("".join(_words(tree)).split(" "))


def _words(tree: Any) -> Iterator[str]:
    if isinstance(tree, list):
        for item in tree:
            yield from _words(item)
    elif isinstance(tree, dict) and "t" in tree:
        kind: str = tree["t"]
        content: Any = tree.get("c")
        if kind == "Str":
            yield content
        elif kind in BREAKS:
            yield " "
        elif kind in ("Code", "CodeBlock", "Math"):
            yield content[1]
        elif kind == "Quoted":
            left, right = tuple(QUOTES[content[0]["t"]])
            yield left
            yield from _words(content[1])
            yield right
        elif kind not in ("Note", "RawInline", "RawBlock"):
            yield from _words(content)


def cut(inlines: Nodes, start: int, end: int) -> Nodes:
    """The inlines without the characters from `start` to `end` of their plain text."""
    rest: Nodes = []
    at = 0
    for item in inlines:
        size = len(plain([item]))
        low, high = max(start - at, 0), min(end - at, size)
        at += size
        if low >= high:
            rest.append(item)
        elif item["t"] == "Str":
            rest += [node("Str", text)] if (text := item["c"][:low] + item["c"][high:]) else []
        elif low > 0 or high < size:
            rest.append(with_inlines(item, cut(within(item), low, high)) if item["t"] in WRAPPERS else item)
    return rest


def part(inlines: Nodes, start: int, end: int) -> Nodes:
    """The inlines that are the characters from `start` to `end` of their plain text."""
    return cut(cut(inlines, end, len(plain(inlines))), 0, start)


def within(item: Node) -> Nodes:
    """The inlines of an emphasis, a link, a span, a heading."""
    bare = not item["c"] or isinstance(item["c"][0], dict)
    inlines: Nodes = item["c"] if bare else item["c"][2 if item["t"] == "Header" else 1]
    return inlines


def stripped(inlines: Nodes) -> Nodes:
    """Without spaces and line ends at either end."""
    first = next((n for n, item in enumerate(inlines) if item["t"] not in BREAKS), len(inlines))
    last = next((n for n in range(len(inlines), first, -1) if inlines[n - 1]["t"] not in BREAKS), first)
    return inlines[first:last]


def with_value(item: Node, key: str, text: str) -> Node:
    """The node with one more attribute, or another value of it."""
    identifier, classes, pairs = attribute(item)
    return with_attribute(item, [identifier, classes, [*([k, v] for k, v in pairs if k != key), [key, text]]])


def with_attribute(item: Node, triple: list[Any]) -> Node:
    """The node with another attribute triple."""
    place = ATTRIBUTE_AT[item["t"]]
    content = [triple if n == place else part for n, part in enumerate(item["c"])]
    return {**item, "c": content}


def with_inlines(item: Node, inlines: Nodes) -> Node:
    """The node with other words: for paragraphs, headings, spans, links, emphasis."""
    if not item["c"] or isinstance(item["c"][0], dict):
        return {**item, "c": inlines}
    place = 2 if item["t"] == "Header" else 1
    return {**item, "c": [inlines if n == place else part for n, part in enumerate(item["c"])]}

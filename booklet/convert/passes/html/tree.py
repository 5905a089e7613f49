"""From a row of nodes and tags to elements with children, as a browser would nest them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from booklet.convert.ast import Node, Nodes
from booklet.convert.dialect import Markup
from booklet.convert.dialect.tags import VOID

ENDS = {
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "tr": ("tr", "td", "th"),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tbody": ("thead", "tbody", "tr", "td", "th"),
    "tfoot": ("thead", "tbody", "tr", "td", "th"),
    "thead": ("tr", "td", "th"),
    "option": ("option",),
    "rt": ("rt", "rp"),
    "rp": ("rt", "rp"),
    "p": ("p",),
}
"""The elements that a tag ends without saying so (HTML 13.1.2.4)."""
WALLS = frozenset("ul ol dl table td th div section article details aside blockquote figure ruby menu".split())
"""A tag ends nothing beyond these."""
DEEPEST = 80
"""Elements in elements: no person reads more, and pandoc's tree is walked recursively."""


@dataclass(slots=True)
class Element:
    """A tag and what stands between it and its closing one: nodes and elements, in order."""

    tag: Markup
    children: list[Node | Element] = field(default_factory=list)


Item = Node | Element


def tree(items: Iterable[Node], markup: Callable[[Node], Markup | None]) -> list[Item]:
    """`markup` tells the tags among the nodes. What is never closed ends with the row; a closing tag alone goes.

    RecursionError for more than DEEPEST.
    """
    root: list[Item] = []
    opened: list[Element] = []
    for item in items:
        tag = markup(item)
        if tag is None:
            _level(opened, root).append(item)
        elif tag.close:
            _close(tag.name, opened)
        else:
            _end(tag.name, opened)
            element = Element(tag)
            _level(opened, root).append(element)
            if tag.name not in VOID and not (tag.source.endswith("/>") and not tag.known):
                opened.append(element)
            if len(opened) > DEEPEST:
                raise RecursionError
    return root


def _level(opened: list[Element], root: list[Item]) -> list[Item]:
    return opened[-1].children if opened else root


def _close(name: str, opened: list[Element]) -> None:
    if any(element.tag.name == name for element in opened):
        while opened.pop().tag.name != name:
            pass


def _end(name: str, opened: list[Element]) -> None:
    """Close what the new tag ends, up to the nearest wall."""
    ended = ENDS.get(name, ())
    for n in range(len(opened) - 1, -1, -1):
        here = opened[n].tag.name
        if here in ended:
            del opened[n:]
        elif here in WALLS:
            return


def nodes(items: list[Item], make: Callable[[Element], Nodes]) -> Nodes:
    """The nodes of a tree, `make` turning elements into nodes."""
    result: Nodes = []
    for item in items:
        result += make(item) if isinstance(item, Element) else [item]
    return result

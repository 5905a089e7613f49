"""Elements that are blocks."""

from __future__ import annotations

from collections.abc import Callable

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.dialect import Markup
from booklet.convert.passes.displays import SPACES, trimmed
from booklet.convert.passes.html.inlines import Inlines
from booklet.convert.passes.html.tables import table
from booklet.convert.passes.html.tree import Element, Item
from booklet.shortcodes.kinds import kind

INLINE = frozenset(
    "Str Emph Underline Strong Strikeout Superscript Subscript SmallCaps Quoted Cite Code Space SoftBreak LineBreak "
    "Math RawInline Link Image Note Span".split()
)
SPLICED = frozenset(
    "div p section article main header footer hgroup address fieldset legend form search dialog nav center body html "
    "li dt dd tr td th tbody thead tfoot caption colgroup col option optgroup noscript noframes".split()
)
NOTICED = frozenset("form fieldset legend dialog option optgroup noscript frame frameset".split())
GONE = frozenset("script style template meta link title base canvas param frame head".split())
CLASSES = frozenset("lead gallery timeline event tabs tab columns column center embed".split())
"""Classes of `<div>` that a book sets in its own way."""
EMBEDS = ("iframe", "video", "audio", "embed", "object")


class Blocks:
    """`make` turns an element into blocks; `drop` is told of what is left out."""

    def __init__(self, drop: Callable[[str, Markup], None], inline: Inlines) -> None:
        self.drop, self.inline = drop, inline

    def make(self, element: Element) -> Nodes:
        tag = element.tag
        for name, _ in tag.attributes:
            if name.startswith("on"):
                self.drop(name, tag)
        if tag.name in EMBEDS:
            return self._embed(element)
        if tag.name in GONE:
            self.drop(tag.name, tag)
            return []
        special = getattr(self, f"_{tag.name}", None)
        made: Nodes = special(element) if special else self._other(element)
        return made

    def inside(self, items: list[Item]) -> Nodes:
        """Children as blocks: inlines that stand among them become paragraphs."""
        result: Nodes = []
        line: Nodes = []
        for item in items:
            for node in self._made(item):
                if node["t"] in INLINE:
                    line.append(node)
                else:
                    result += [*_paragraph(line), node]
                    line = []
        return result + _paragraph(line)

    def words(self, items: list[Item]) -> Nodes:
        """Children as inlines: the words of paragraphs, one after the other."""
        return flat(self.inside(items))

    def _made(self, item: Item) -> Nodes:
        if not isinstance(item, Element):
            return [item]
        if item.tag.name in SPLICED or hasattr(self, f"_{item.tag.name}") or item.tag.name in (*EMBEDS, *GONE):
            return self.make(item)
        return self.make(item) if self._has_blocks(item) else self.inline.make(item)

    def _has_blocks(self, element: Element) -> bool:
        return any(
            self._has_blocks(child) if isinstance(child, Element) else child["t"] not in INLINE
            for child in element.children
        )

    def _other(self, element: Element) -> Nodes:
        """Text between tags of no meaning to a book; a `<div>` with a known class, or an id, stays one."""
        tag = element.tag
        inner = self.inside(element.children)
        if not tag.known or tag.name in NOTICED or tag.name not in SPLICED | BLOCKLIKE:
            self.drop(tag.name, tag)
        classes = [name for name in tag.get("class").split() if name in CLASSES]
        if (
            tag.name == "center"
            or tag.get("align") == "center"
            or "text-align:center" in tag.get("style").replace(" ", "")
        ):
            classes = [*classes, "center"] if "center" not in classes else classes
        if "gallery" in classes:
            inner = [block for one in inner for block in _apart(one)]
        holds_headings = next(ast.of(inner, "Header"), None) is not None
        if inner and (tag.get("id") or (classes and not holds_headings)):
            return [ast.div(classes, inner, "" if holds_headings and not tag.get("id") else tag.get("id"))]
        return inner

    def _heading(self, element: Element) -> Nodes:
        tag = element.tag
        words = self.words(element.children)
        attr = [tag.get("id"), [], [["line", str(tag.line)]]]
        return [ast.node("Header", int(tag.name[1]), attr, words)] if words else []

    _h1 = _h2 = _h3 = _h4 = _h5 = _h6 = _heading

    def _hr(self, element: Element) -> Nodes:
        return [ast.node("HorizontalRule")]

    def _blockquote(self, element: Element) -> Nodes:
        inner = self.inside(element.children)
        return [ast.node("BlockQuote", inner)] if inner else []

    def _ul(self, element: Element) -> Nodes:
        entries = self._entries(element)
        return [ast.node("BulletList", entries)] if entries else []

    _menu = _dir = _ul

    def _ol(self, element: Element) -> Nodes:
        start = element.tag.get("start")
        first = int(start) if start.isdigit() else 1
        style = [first, ast.node("DefaultStyle"), ast.node("DefaultDelim")]
        entries = self._entries(element)
        return [ast.node("OrderedList", style, entries)] if entries else []

    def _entries(self, element: Element) -> list[Nodes]:
        """The items; text between them belongs to none and becomes one."""
        result: list[Nodes] = []
        for child in element.children:
            own = child.children if isinstance(child, Element) and child.tag.name == "li" else [child]
            blocks = [_plain(block) for block in self.inside(own)]
            if blocks:
                result.append(blocks)
        return result

    def _dl(self, element: Element) -> Nodes:
        pairs: list[list[object]] = []
        for child in element.children:
            name = child.tag.name if isinstance(child, Element) else ""
            if name == "dt":
                pairs.append([self.words(child.children), []])  # type: ignore[union-attr]
            else:
                blocks = self.inside(child.children if name == "dd" else [child])  # type: ignore[union-attr]
                if blocks and not pairs:
                    pairs.append([[], []])
                if blocks:
                    pairs[-1][1].append(blocks)  # type: ignore[attr-defined]
        return [ast.node("DefinitionList", pairs)] if pairs else []

    def _table(self, element: Element) -> Nodes:
        return table(element, self.inside, self.words)

    def _aside(self, element: Element) -> Nodes:
        """`Div(.aside kind="note")`, its title first; `booklet.model` describes it."""
        tag = element.tag
        found = next((kind(name) for name in tag.get("class").split() if kind(name)), None) or "note"
        title = tag.get("data-title")
        return aside(found, ast.text(title) if title else [], self.inside(element.children))

    def _details(self, element: Element) -> Nodes:
        """`Div(.details)`, its summary first."""
        heads = [c for c in element.children if isinstance(c, Element) and c.tag.name == "summary"]
        rest = [c for c in element.children if c not in heads]
        words = self.words(heads[0].children) if heads else []
        inner = self.inside(rest)
        head = [ast.div(["title"], [ast.node("Plain", words)])] if words else []
        return [ast.div(["details"], [*head, *inner])] if head or inner else []

    def _summary(self, element: Element) -> Nodes:
        return [ast.node("Para", [ast.node("Strong", self.words(element.children))])]

    def _figure(self, element: Element) -> Nodes:
        """One picture with its caption is a figure; several, or other things, stand over theirs."""
        heads = [c for c in element.children if isinstance(c, Element) and c.tag.name == "figcaption"]
        inner = self.inside([c for c in element.children if c not in heads])
        words = self.words(heads[0].children) if heads else []
        images = list(ast.of(inner, "Image"))
        if len(images) == 1 and not ast.plain(_without(inner, images[0])).strip():
            return [ast.node("Para", [_captioned(images[0], words)])]
        caption = [ast.div(["caption"], [ast.node("Plain", words)])] if words else []
        return [ast.div(["figure"], [*inner, *caption])] if inner or caption else []

    def _figcaption(self, element: Element) -> Nodes:
        return _paragraph(self.words(element.children))

    def _embed(self, element: Element) -> Nodes:
        """What plays or lies elsewhere: `Div(.embed url=…)[Plain]`; a file of the site is a link; `.qr` is any text."""
        tag = element.tag
        sources = [child.tag.get("src") for child in element.children if isinstance(child, Element)]
        address = next(filter(None, [tag.get("src", "data", "data-src"), *sources]), "")
        if not address:
            self.drop(tag.name, tag)
            return self.inside([c for c in element.children if not isinstance(c, Element)])
        if "qr" in tag.get("class").split():
            return [ast.div(["qr"], [ast.node("Plain", ast.text(tag.get("title")))], text=address)]
        address = f"https:{address}" if address.startswith("//") else address
        words = ast.text(tag.get("title", "aria-label") or address)
        if address.startswith(("http://", "https://")):
            return [ast.div(["embed"], [ast.node("Plain", words)], url=address)]
        return [ast.node("Para", [ast.node("Link", ["", [], [["line", str(tag.line)]]], words, [address, ""])])]


def _apart(block: Node) -> Nodes:
    """The pictures of one paragraph as paragraphs, where it holds nothing else."""
    inlines = [item for item in block["c"] if item["t"] not in SPACES] if block["t"] == "Para" else []
    if not inlines or any(item["t"] != "Image" for item in inlines):
        return [block]
    return [ast.node("Para", [image]) for image in inlines]


def _is_centred(tag: Markup) -> bool:
    style = tag.get("style").replace(" ", "").lower()
    return tag.name == "center" or tag.get("align").lower() == "center" or "text-align:center" in style


BLOCKLIKE = frozenset("article header footer section main nav address summary figcaption".split())


def aside(name: str, title: Nodes, blocks: Nodes) -> Nodes:
    """The AST of an aside; nothing for an empty one."""
    head = [ast.div(["title"], [ast.node("Plain", title)])] if title else []
    return [ast.div(["aside"], [*head, *blocks], kind=name)] if head or blocks else []


def flat(blocks: Nodes) -> Nodes:
    """The words of blocks in one row, with line ends between paragraphs."""
    result: Nodes = []
    for block in blocks:
        inlines = block["c"] if block["t"] in ("Para", "Plain") else ast.text(ast.plain(block))
        result += ([ast.node("LineBreak")] if result and inlines else []) + inlines
    return result


def _paragraph(inlines: Nodes) -> Nodes:
    words = trimmed(inlines)
    return [ast.node("Para", words)] if words else []


def _plain(block: Node) -> Node:
    return {**block, "t": "Plain"} if block["t"] == "Para" else block


def _without(blocks: Nodes, image: Node) -> Nodes:
    """The blocks without a picture, to see what else they say."""
    result: Nodes = ast.rewrite(blocks, lambda item: [] if item == image else None)
    return result


def _captioned(image: Node, words: Nodes) -> Node:
    attr, alt, target = image["c"]
    return ast.node("Image", attr, words or alt, target)

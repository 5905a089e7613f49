"""The walk: tags among blocks and among inlines become elements, and elements AST."""

from __future__ import annotations

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.dialect import Markup
from booklet.convert.dialect.tags import BLOCK
from booklet.convert.draft import Context
from booklet.convert.passes.displays import trimmed
from booklet.convert.passes.html.blocks import Blocks
from booklet.convert.passes.html.inlines import Inlines
from booklet.convert.passes.html.tree import nodes, tree
from booklet.diagnostics import Diagnostic, Noted, finding

WORDS = ("Para", "Plain", "Header")
STRONG = ("Strong", "Emph", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps")


def allow(blocks: Nodes, context: Context) -> Noted[Nodes]:
    """The blocks without tags; what was dropped, named once a post, at its first line."""
    builder = _Builder(context)
    done = builder.blocks(blocks)
    dropped = sorted(builder.dropped.items(), key=lambda item: item[1].line)
    notes = [_notice(name, tag, context) for name, tag in dropped]
    return Noted(done, tuple(notes))


class _Builder:
    """Knows the tags of one post, and gathers what it drops."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.dropped: dict[str, Markup] = {}
        self.inline = Inlines(self.drop)
        self.block = Blocks(self.drop, self.inline)

    def drop(self, name: str, tag: Markup) -> None:
        self.dropped.setdefault(name, tag)

    def markup(self, item: Node) -> Markup | None:
        """The tag that a node stands for."""
        if item["t"] != "RawInline" or item["c"][0] != "booklet":
            return None
        tag = self.context.source.tokens[int(item["c"][1])]
        return tag if isinstance(tag, Markup) else None

    def blocks(self, items: Nodes) -> Nodes:
        """A row of blocks, those inside lists and quotations as well."""
        flat: Nodes = []
        for item in items:
            flat += self._opened(item)
        return nodes(tree(flat, self.markup), self.block.make)

    def _opened(self, item: Node) -> Nodes:
        """A block as it is, or cut at the tags and listings that cannot stand in a line."""
        kind = item["t"]
        if kind == "Header":
            level, attr, inlines = item["c"]
            return [{**item, "c": [level, attr, self.inlines(self._lined(inlines))]}]
        if kind in ("Para", "Plain"):
            return self._cut(item)
        if kind == "RawBlock":
            return [ast.node("Para", ast.text(item["c"][1]))]
        return [self._inside(item)]

    def _inside(self, tree_: Node) -> Node:
        """A container whose rows of blocks and of inlines are done."""
        return {**tree_, "c": self._content(tree_["c"])} if "c" in tree_ else tree_

    def _content(self, content: object) -> object:
        if isinstance(content, dict):
            return self._inside(content) if "t" in content else content
        if not isinstance(content, list):
            return content
        if content and all(isinstance(part, dict) and "t" in part for part in content):
            is_block = content[0]["t"] in BLOCKS
            return self.blocks(content) if is_block else self.inlines(content)
        return [self._content(part) for part in content]

    def _cut(self, item: Node) -> Nodes:
        parts: Nodes = []
        line: Nodes = []
        for inline in item["c"]:
            tag = self.markup(inline)
            if inline["t"] == "CodeBlock" or (tag and (tag.name in BLOCK or not tag.known)):
                parts += [*self._words(item, line), inline]
                line = []
            else:
                line.append(inline)
        return parts + self._words(item, line) if parts else self._words(item, item["c"])

    def _words(self, item: Node, inlines: Nodes) -> Nodes:
        words = trimmed(self.inlines(trimmed(inlines)))
        return [{**item, "c": words}] if words else []

    def _lined(self, inlines: Nodes) -> Nodes:
        """In a heading a listing is code, and a block's tag goes."""
        return [
            ast.node("Code", *item["c"]) if item["t"] == "CodeBlock" else item
            for item in inlines
            if not ((tag := self.markup(item)) and tag.name in BLOCK)
        ]

    def inlines(self, items: Nodes) -> Nodes:
        """A row of inlines, those inside emphasis and links as well."""
        inside = [self._inside(item) if "c" in item and item["t"] not in LEAVES else item for item in items]
        made = nodes(tree(inside, self.markup), self.inline.make)
        return [
            item for n, item in enumerate(made) if item["t"] not in BLANKS or not n or made[n - 1]["t"] != "LineBreak"
        ]


BLANKS = ("Space", "SoftBreak")
LEAVES = ("Str", "Math", "Code", "CodeBlock", "RawInline")
BLOCKS = frozenset(
    "Plain Para LineBlock CodeBlock RawBlock BlockQuote OrderedList BulletList DefinitionList Header HorizontalRule "
    "Table Figure Div".split()
)


def _notice(name: str, tag: Markup, context: Context) -> Diagnostic:
    what = f"the attribute {name}" if name != tag.name else f"the HTML tag <{name}>"
    message = f"{what} has no place in a book; what stands between the tags is kept"
    return finding("html/dropped", message, context.at(tag.line), "write it as Markdown")

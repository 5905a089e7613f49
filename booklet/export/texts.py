"""The text of each question, part by part, as HTML or as Markdown."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import urljoin

from booklet.convert import ast, pandoc
from booklet.convert.ast import Node, Nodes
from booklet.convert.html import fragments, raw_block
from booklet.convert.pieces import PARTS, criterion
from booklet.export.questions import Item
from booklet.export.visit import Marks
from booklet.model import Chapter

Texts = Mapping[str, str]
"""`title`, and each of `booklet.convert.pieces.PARTS`; empty where the question has none."""
Words = Callable[[str], Mapping[str, str]]
"""A language → the theme's words."""
Picture = Callable[[Chapter, str], str]
"""A chapter and the target of a picture in it → where a page finds it."""
MARKDOWN = "gfm+tex_math_dollars-tex_math_gfm-raw_html"
ANSWER = 1 + PARTS.index("answer")
"""Its place among the pieces of an item, after the title."""
BORDER = "\ue000"
"""A paragraph that no author writes, between two pieces."""


def html(items: Sequence[Item], words: Words, macros: Mapping[str, str], picture: Picture) -> list[Texts]:
    """The texts of each item. `picture`: where it finds a picture of the AST."""
    pieces: list[Nodes] = []
    for item in items:
        found = functools.partial(picture, item.chapter)
        marks = Marks(item.chapter, words(item.chapter.language), macros, found)
        shown = [ast.rewrite(blocks, marks.visit) for blocks in _pieces(item)]
        if marks.notes:
            shown[ANSWER] += [raw_block('<div class="notes">'), _numbered(marks.notes), raw_block("</div>")]
        pieces += shown
    return _dealt(fragments(pieces))


def markdown(items: Sequence[Item], words: Words) -> list[Texts]:
    """The texts of each item, formulas between dollars, pictures at their own addresses."""
    border = ast.node("Para", [ast.node("Str", BORDER)])
    blocks: Nodes = []
    for item in items:
        simple = _Simple(item, words(item.chapter.language))
        shown = [_paragraph(ast.rewrite(piece, simple.visit)) for piece in _pieces(item)]
        shown[ANSWER] += [_numbered(simple.notes)] if simple.notes else []
        for piece in shown:
            blocks += [*_one_list(piece), border]
    written = pandoc.write(blocks, MARKDOWN) if blocks else ""
    return _dealt([text.strip() for text in written.split(BORDER)[:-1]])


def _numbered(notes: list[Nodes]) -> Node:
    return ast.node("OrderedList", [1, ast.node("Decimal"), ast.node("Period")], notes)


def _one_list(blocks: Nodes) -> Nodes:
    """Lists that follow one another are one: Markdown has no end of a list."""
    result: Nodes = []
    for block in blocks:
        if result and block["t"] == result[-1]["t"] == "BulletList":
            result[-1] = ast.node("BulletList", [*result[-1]["c"], *block["c"]])
        else:
            result.append(block)
    return result


def _pieces(item: Item) -> list[Nodes]:
    """The title's inlines, then the blocks of each part."""
    parts = _parts(item)
    return [list(item.question.inlines), *(list(parts.get(name, ())) for name in PARTS)]


def _parts(item: Item) -> Mapping[str, Nodes]:
    from booklet.convert.pieces import pieces

    found = (block for block in ast.of(item.chapter.blocks, "Div") if ast.attribute(block)[0] == item.question.id)
    return pieces(next(found))


def _dealt(texts: Iterable[str]) -> list[Texts]:
    given = list(texts)
    names = ("title", *PARTS)
    return [dict(zip(names, given[n : n + len(names)], strict=True)) for n in range(0, len(given), len(names))]


def _paragraph(piece: Nodes) -> Nodes:
    inline = bool(piece) and piece[0]["t"] in INLINE
    return [ast.node("Para", piece)] if inline else piece


INLINE = (
    "Str Emph Underline Strong Strikeout Superscript Subscript SmallCaps Quoted Cite Code Space SoftBreak LineBreak "
    "Math RawInline Link Image Note Span"
).split()


class _Simple:
    """What Markdown has no word for, in plainer nodes."""

    def __init__(self, item: Item, words: Mapping[str, str]) -> None:
        self.item, self.words = item, words
        self.notes: list[Nodes] = []

    def visit(self, item: Node) -> Node | Nodes | None:
        special = getattr(self, f"_{item['t'].lower()}", None)
        return special(item) if special else None

    def _span(self, item: Node) -> Nodes:
        if ast.has_class(item, "formula"):
            formula = self.item.chapter.formulas[int(ast.value(item, "n") or 0)]
            kind = ast.node("DisplayMath" if formula.display else "InlineMath")
            return [ast.node("Math", kind, formula.tex)]
        if ast.has_class(item, "missing"):
            return [*item["c"][1], ast.node("Space"), ast.node("Str", ast.value(item, "source") or "")]
        if ast.has_class(item, "rt"):
            return [ast.node("Str", "（"), *item["c"][1], ast.node("Str", "）")]
        return list(item["c"][1])

    def _note(self, item: Node) -> Node:
        self.notes.append(item["c"])
        return ast.node("Str", f"［{len(self.notes)}］")

    def _div(self, item: Node) -> Nodes:
        if ast.has_class(item, "criterion"):
            points = criterion(item, self.words)
            head = [ast.node("Strong", ast.text(points)), ast.node("Space")] if points else []
            first = item["c"][1][0] if item["c"][1] else ast.node("Para", [])
            begins = first["t"] in ("Para", "Plain")
            lead = ast.node("Plain", [*head, *(first["c"] if begins else [])])
            return [ast.node("BulletList", [[lead, *item["c"][1][begins:]]])]
        url = ast.value(item, "url") or ast.value(item, "text")
        said = [ast.node("Para", ast.text(url))] if url and not ast.has_class(item, "missing") else []
        return [*item["c"][1], *said]

    def _link(self, item: Node) -> Nodes:
        _, words, (target, _) = item["c"]
        return list(words) if target.startswith("#") else [ast.node("Link", ["", [], []], words, [target, ""])]

    def _image(self, item: Node) -> Node:
        _, words, (target, _) = item["c"]
        return ast.node("Image", ["", [], []], words, [address(self.item.chapter, target), ""])

    def _codeblock(self, item: Node) -> Node:
        return ast.node("CodeBlock", ["", ast.attribute(item)[1][:1], []], item["c"][1])


def address(chapter: Chapter, target: str) -> str:
    """Where the author's picture lies: its own address, on the chapter's page if it is a relative one."""
    digest = target.removeprefix("asset:").partition(".")[0]
    source = next((asset.source for asset in chapter.assets if asset.sha256 == digest), "")
    return urljoin(chapter.url, source) if chapter.url else source

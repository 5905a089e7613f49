"""AST nodes as a card shows them: HTML that Anki's own page can set."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping

from booklet.convert import ast, code
from booklet.convert.ast import Node, Nodes
from booklet.convert.html import raw, raw_block
from booklet.convert.pieces import criterion
from booklet.export import escape
from booklet.maths.definitions import needed
from booklet.model import Chapter

Address = Callable[[str], str]
"""The target of a picture in the AST → where the card finds it."""


class Marks:
    """The visitor for one card. `notes` gathers its footnotes."""

    def __init__(self, chapter: Chapter, words: Mapping[str, str], macros: Mapping[str, str], picture: Address) -> None:
        self.chapter, self.words, self.macros, self.picture = chapter, words, macros, picture
        self.notes: list[Nodes] = []

    def visit(self, item: Node) -> Node | Nodes | None:
        special = getattr(self, f"_{item['t'].lower()}", None)
        return special(item) if special else None

    def _str(self, item: Node) -> Node | None:
        text = item["c"].replace("\u2060", "")
        shown = escape.words(text)
        return raw(shown) if "<span>" in shown else ast.node("Str", text)

    def _span(self, item: Node) -> Node | Nodes | None:
        if ast.has_class(item, "formula"):
            return raw(self._formula(int(ast.value(item, "n") or 0)))
        if ast.has_class(item, "missing"):
            return [*item["c"][1], ast.node("Space"), self._source(item)]
        return _ruby(item) if ast.has_class(item, "ruby") else None

    def _formula(self, n: int) -> str:
        """Between delimiters, with the definitions that it needs; the TeX as code where it does not parse."""
        formula = self.chapter.formulas[n]
        if not formula.ok:
            return f'<code class="tex-error">{html.escape(formula.excerpt, quote=False)}</code>'
        before = (earlier.tex for earlier in self.chapter.formulas[:n])
        return escape.formula(needed(formula.tex, before, self.macros) + formula.tex, formula.display)

    def _note(self, item: Node) -> Node:
        self.notes.append(item["c"])
        return raw(f"<sup>{len(self.notes)}</sup>")

    def _link(self, item: Node) -> Node | Nodes:
        """A card stands alone: a link inside the book is only its words."""
        _, words, (target, title) = item["c"]
        return list(words) if target.startswith("#") else ast.node("Link", ["", [], []], words, [target, title])

    def _image(self, item: Node) -> Node:
        _, words, (target, title) = item["c"]
        return ast.node("Image", ["", [], []], words, [self.picture(target), title])

    def _para(self, item: Node) -> Nodes | None:
        """A picture that has its paragraph to itself, its alternative text as caption."""
        if len(item["c"]) != 1 or item["c"][0]["t"] != "Image":
            return None
        caption = item["c"][0]["c"][1]
        below = [raw_block("<figcaption>"), ast.node("Plain", caption), raw_block("</figcaption>")] if caption else []
        return [raw_block("<figure>"), ast.node("Plain", item["c"]), *below, raw_block("</figure>")]

    def _codeblock(self, item: Node) -> Node:
        (_, classes, pairs), text = item["c"]
        rows = code.lines(text, classes[0] if classes else "")
        marked = code.highlighted(dict(pairs).get("hl_lines", ""))
        lines = (f'<span class="hl">{row}</span>' if n in marked else row for n, row in enumerate(rows, 1))
        title = html.escape(dict(pairs).get("title", ""))
        caption = f'<p class="caption">{title}</p>' if title else ""
        return raw_block(f"{caption}<pre><code>{chr(10).join(lines)}</code></pre>")

    def _table(self, item: Node) -> Nodes:
        return [raw_block('<div class="table">'), item, raw_block("</div>")]

    def _div(self, item: Node) -> Node | Nodes | None:
        classes = ast.attribute(item)[1]
        if "aside" in classes:
            return _boxed("aside", item, self.words[f"aside_{ast.value(item, 'kind') or 'note'}"])
        if "details" in classes:
            return _boxed("details", item, "")
        if "embed" in classes:
            return ast.node("Para", [_linked(item["c"][1][0]["c"], ast.value(item, "url") or "")])
        if "qr" in classes:
            return ast.node("Para", [*item["c"][1][0]["c"], ast.node("Space"), _bare(ast.value(item, "text") or "")])
        if "missing" in classes:
            return [*item["c"][1], ast.node("Para", [self._source(item)])]
        return self._criterion(item) if "criterion" in classes else _plain(item)

    def _criterion(self, item: Node) -> Nodes:
        points = html.escape(criterion(item, self.words))
        figure = f'<p class="worth">{points}</p>' if points else ""
        return [raw_block(f'<div class="criterion">{figure}'), *item["c"][1], raw_block("</div>")]

    def _source(self, item: Node) -> Node:
        return _bare(ast.value(item, "source") or "")


def _plain(item: Node) -> Node | Nodes:
    """Without the attributes of the AST; what only groups is gone."""
    classes = [name for name in ast.attribute(item)[1] if name in ("display", "center", "lead", "small")]
    return ast.div(classes, item["c"][1]) if classes else list(item["c"][1])


def _boxed(kind: str, item: Node, label: str) -> Nodes:
    """A box with its word and its own title."""
    blocks = item["c"][1]
    titled = bool(blocks) and blocks[0]["t"] == "Div" and ast.has_class(blocks[0], "title")
    title = blocks[0]["c"][1][0]["c"] if titled else []
    head = [raw(f"{html.escape(label)} ")] if label else []
    first = [ast.node("Plain", [ast.node("Strong", [*head, *title])])] if head or title else []
    return [raw_block(f'<div class="{kind}">'), *first, *blocks[titled:], raw_block("</div>")]


def _linked(words: Nodes, address: str) -> Node:
    return ast.node("Link", ["", [], []], words, [address, ""])


def _bare(address: str) -> Node:
    """An address, to be followed where it can be."""
    shown = [ast.node("Str", address)]
    return (
        _linked(shown, address)
        if address.startswith(("http://", "https://"))
        else ast.node("Code", ["", [], []], address)
    )


def _ruby(item: Node) -> Nodes:
    result: Nodes = [raw("<ruby>")]
    for inline in item["c"][1]:
        reading = inline["t"] == "Span" and ast.has_class(inline, "rt")
        result += [raw("<rt>"), *inline["c"][1], raw("</rt>")] if reading else [inline]
    return [*result, raw("</ruby>")]

"""AST nodes that an e-book sets in its own way."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from booklet.convert import apart, ast, code, han, pictures
from booklet.convert.ast import Node, Nodes
from booklet.convert.html import raw, raw_block
from booklet.epub import blocks, tables
from booklet.epub.formulas import LONG, Mode, shown, spoken
from booklet.model import Chapter

NARROW = 240
"""px: a picture that fits a phone beside the indent of a paragraph."""
BOXES = {"☐": "☐", "☒": "☑"}
ANCHOR = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.S)
KEPT = re.compile(r'\s(?:class|id)="[^"]*"')


def _unlinked(item: Node) -> Node | None:
    """What we link ourselves (a call of a note, the address of a picture), inside a link, which can hold no other."""
    if item["t"] != "RawInline":
        return None
    return raw(ANCHOR.sub(lambda a: f"<span{''.join(KEPT.findall(a[1]))}>{a[2]}</span>", item["c"][1]))


class Marks:
    """The visitor for one chapter. `notes` gathers the footnotes while the text is visited."""

    def __init__(self, chapter: Chapter, words: Mapping[str, str], maths: Mode) -> None:
        self.chapter, self.words, self.maths = chapter, words, maths
        self.notes: list[Nodes] = []
        self.figures = 0
        self.widths: dict[str, float] = {}
        """Formulas as XHTML → em."""

    def visit(self, item: Node) -> Node | Nodes | None:
        special = getattr(self, f"_{item['t'].lower()}", None)
        return special(item) if special else None

    def _str(self, item: Node) -> Node | None:
        text = item["c"].replace(han.DIVIDE, "").replace(han.JOINER, "")
        return ast.node("Str", text) if text != item["c"] else None

    def _span(self, item: Node) -> Node | Nodes | None:
        if ast.has_class(item, "formula"):
            formula = self.chapter.formulas[int(ast.value(item, "n") or 0)]
            xhtml = shown(formula, self.maths)
            self.widths[xhtml] = formula.drawing["width"] if formula.drawing else 0.0
            return raw(xhtml)
        if ast.has_class(item, "missing"):
            return ast.span(["missing"], [*item["c"][1], raw(self._source(item))])
        return blocks.ruby(item) if ast.has_class(item, "ruby") else None

    def _note(self, item: Node) -> Node:
        self.notes.append(item["c"])
        n = len(self.notes)
        return raw(f'<a class="fn-call" epub:type="noteref" role="doc-noteref" href="#fn.{n}" id="call.{n}">{n}</a>')

    def _link(self, item: Node) -> Node:
        attr, words, target = item["c"]
        return ast.node("Link", attr, spoken(ast.rewrite(words, _unlinked)), target)

    def _header(self, item: Node) -> Node:
        return ast.with_inlines(item, spoken(ast.within(item)))

    def _image(self, item: Node) -> Node:
        return pictures.told(item, self.chapter.assets, self.words["picture"])

    def _para(self, item: Node) -> Nodes | None:
        """A picture that has its paragraph to itself, its alternative text as caption, or that begins the paragraph."""
        if len(item["c"]) != 1 or item["c"][0]["t"] != "Image":
            wide = pictures.begins(item["c"], self.chapter.assets, NARROW)
            return [raw_block('<div class="pictured">'), item, raw_block("</div>")] if wide else None
        self.figures += bool(item["c"][0]["c"][1])
        image, number = apart.figure(item["c"][0], self.figures)
        inside = [raw_block('<figure class="fig">'), ast.node("Plain", [image])]
        if image["c"][1]:
            label = raw(f"<b>{html.escape(self.words['figure'])} {number}</b> ")
            inside += [
                raw_block("<figcaption>"),
                ast.node("Plain", [label, *image["c"][1]]),
                raw_block("</figcaption>"),
            ]
        return [*inside, raw_block("</figure>")]

    def _div(self, item: Node) -> Nodes | None:
        if ast.has_class(item, "display"):
            return self._display(item)
        if not ast.has_class(item, "missing"):
            return blocks.block(item, self.words)
        start = raw_block(f'<figure class="missing"><div class="frame"><p class="label">{self.words["missing"]}</p>')
        return [start, *item["c"][1], raw_block(f"<p>{self._source(item)}</p></div></figure>")]

    def _display(self, item: Node) -> Nodes | None:
        """A formula that scrolls can be reached with the keyboard (WCAG 2.1.1); a group, for a region is a landmark."""
        if all(self.widths.get(html["c"][1], 0.0) <= LONG for html in ast.of(item, "RawInline")):
            return None
        identifier, classes, pairs = ast.attribute(item)
        keys = [["tabindex", "0"], ["role", "group"], ["aria-label", self.words["formula"]]]
        return [ast.with_attribute(item, [identifier, classes, [*pairs, *keys]])]

    def _source(self, item: Node) -> str:
        source = html.escape(ast.value(item, "source") or "")
        return f'<a href="{source}">{source}</a>' if source.startswith(("http://", "https://")) else source

    def _codeblock(self, item: Node) -> Node:
        """Lines that wrap with a hanging indent; no line numbers, which copying would take along."""
        (_, classes, pairs), text = item["c"]
        language = classes[0] if classes else ""
        options = dict(pairs)
        marked = code.highlighted(options.get("hl_lines", ""))
        rows = "".join(
            f'<span class="l{" hl" if n in marked else ""}">{row or "&#8203;"}\n</span>'
            for n, row in enumerate(code.lines(text, language), 1)
        )
        title = html.escape(options.get("title", ""))
        name = html.escape(code.language_name(language))
        caption = f'<figcaption>{title} <span class="lang">{name}</span></figcaption>' if title or name else ""
        return raw_block(f'<figure class="code">{caption}<pre><code>{rows}</code></pre></figure>')

    def _table(self, item: Node) -> Nodes:
        return [
            raw_block(tables.opening(item, self.widths, self.words["table"])),
            tables.labelled(item),
            raw_block("</div>"),
        ]

    def _bulletlist(self, item: Node) -> Node | None:
        """Task lists: a box that is ticked or not, and no form."""

        def tick(inner: Node) -> Node | None:
            return raw(BOXES[inner["c"]]) if inner["t"] == "Str" and inner["c"] in BOXES else None

        return {**item, "c": ast.rewrite(item["c"], tick)}

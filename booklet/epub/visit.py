"""AST nodes that an e-book sets in its own way."""

from __future__ import annotations

import html
from collections.abc import Mapping

from booklet.convert import ast, code
from booklet.convert.ast import Node, Nodes
from booklet.convert.html import raw, raw_block
from booklet.epub import formulas
from booklet.model import Chapter


class Marks:
    """The visitor for one chapter. `notes` gathers the footnotes while the text is visited."""

    def __init__(
        self,
        chapter: Chapter,
        words: Mapping[str, str],
        pictures: Mapping[str, str],
        owners: Mapping[str, str],
        formulas: formulas.Mode,
    ) -> None:
        self.formulas = formulas
        self.chapter, self.words, self.pictures, self.owners = chapter, words, pictures, owners
        self.notes: list[Nodes] = []

    def visit(self, item: Node) -> Node | Nodes | None:
        special = getattr(self, f"_{item['t'].lower()}", None)
        return special(item) if special else None

    def _str(self, item: Node) -> Node | None:
        text = item["c"].replace("\u2060", "")
        return ast.node("Str", text) if text != item["c"] else None

    def _span(self, item: Node) -> Node | None:
        if ast.has_class(item, "formula"):
            formula = self.chapter.formulas[int(ast.value(item, "n") or 0)]
            return raw(formulas.shown(formula, self.formulas))
        if ast.has_class(item, "missing"):
            return ast.span(["missing"], [*item["c"][1], raw(self._source(item))])
        return None

    def _note(self, item: Node) -> Node:
        self.notes.append(item["c"])
        n = len(self.notes)
        return raw(f'<a class="fn-call" epub:type="noteref" role="doc-noteref" href="#fn-{n}" id="call-{n}">{n}</a>')

    def _link(self, item: Node) -> Node | None:
        """`#id` → `file.xhtml#id`."""
        attr, words, (target, title) = item["c"]
        if not target.startswith("#") or target[1:] not in self.owners:
            return None
        owner = self.owners[target[1:]]
        place = f"{owner}#{target[1:]}" if owner != f"{self.chapter.id}.xhtml" else target
        return ast.node("Link", attr, words, [place, title])

    def _image(self, item: Node) -> Node:
        attr, alt, (target, title) = item["c"]
        digest = target.removeprefix("asset:").partition(".")[0]
        return ast.node("Image", attr, alt, [self.pictures.get(digest, target), title])

    def _para(self, item: Node) -> Nodes | None:
        if len(item["c"]) != 1 or item["c"][0]["t"] != "Image":
            return None
        image = item["c"][0]
        inside = [raw_block("<figure>"), ast.node("Plain", [image])]
        if image["c"][1]:
            inside += [raw_block("<figcaption>"), ast.node("Plain", image["c"][1]), raw_block("</figcaption>")]
        return [*inside, raw_block("</figure>")]

    def _div(self, item: Node) -> Nodes | None:
        if not ast.has_class(item, "missing"):
            return None
        start = raw_block(f'<figure class="missing"><div class="frame"><p class="label">{self.words["missing"]}</p>')
        return [start, *item["c"][1], raw_block(f"<p>{self._source(item)}</p></div></figure>")]

    def _source(self, item: Node) -> str:
        source = html.escape(ast.value(item, "source") or "")
        return f'<a href="{source}">{source}</a>' if source.startswith(("http://", "https://")) else source

    def _codeblock(self, item: Node) -> Node:
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
        """A table that is wider than the screen scrolls by itself."""
        return [raw_block('<div class="table">'), item, raw_block("</div>")]

    def _bulletlist(self, item: Node) -> Node | None:
        """Task lists: a box that is ticked or not, and no form."""
        boxes = {"☐": "☐", "☒": "☑"}

        def tick(inner: Node) -> Node | None:
            return raw(boxes[inner["c"]]) if inner["t"] == "Str" and inner["c"] in boxes else None

        return {**item, "c": ast.rewrite(item["c"], tick)}

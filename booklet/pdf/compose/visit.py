"""AST nodes that paper sets in its own way."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Mapping
from urllib.parse import quote

from booklet.convert import apart, ast, code, pictures
from booklet.convert.ast import Node, Nodes
from booklet.convert.html import raw, raw_block
from booklet.model import Chapter, Formula
from booklet.pdf.compose import blocks, tables
from booklet.pdf.compose.links import Links, Shown, unnested
from booklet.pdf.displays import Fold, fitted, rooms, shown
from booklet.pdf.formulas import key

SIZE = 10.5
"""pt of the body."""
LINE = 18.0
HEIGHT = re.compile(r'style="(?:font-size:([\d.]+)em;)?[^"]*\bheight:([\d.]+)em')
LABELS = {"考察点": "points", "评分标准": "points", "追问": "follow", "提示": "note", "易错": "warn", "注意": "warn"}
LABELS |= {"What is tested": "points", "Follow-up": "follow", "Hint": "note", "Pitfall": "warn", "Scoring": "points"}
LONG = 8
"""Characters of inline code that may break between its words."""
WORDS = re.compile(r"(?<=[._/(,=:-])(?=[\w#])|(?<=[a-z])(?=[A-Z])")
BREAK = "\u200b"
"""Where code may go on in the next line. A `wbr` would be a box of its own, and WeasyPrint looks into no box again."""
UNSPLIT = 16
"""Lines of code that stay together."""
EQUATION = "eq-"
"""How the ids of formulas with a label begin."""


class Marks:
    """The visitors for one chapter: `block` for running text, `inline` for titles."""

    def __init__(
        self,
        chapter: Chapter,
        words: Mapping[str, str],
        measure: float,
        fold: Fold,
        links: Shown = "footnote",
        lines: int = 26,
    ) -> None:
        """`measure`: the width of the text in em, `lines` its height. `used`: the formulas that were shown, by their
        addresses."""
        self.chapter, self.words, self.fold = chapter, words, fold
        self.measure, self.lines = measure * SIZE, lines
        titles = [ast.node("Header", 1, ["", [], []], question.inlines) for question in chapter.questions]
        body = chapter.body.load()
        self.formulas, self.rooms = body.formulas, rooms([titles, body.blocks], measure)
        self.used: dict[str, Formula] = {}
        self.links = Links(links, words)
        self.equations = f"#{chapter.answers_to or chapter.id}--{EQUATION}"
        self.figures = 0

    def inline(self, item: Node) -> Node | Nodes | None:
        if item["t"] == "Span" and ast.has_class(item, "formula"):
            return raw(self._formula(item))
        return None

    def block(self, item: Node) -> Node | Nodes | None:
        special = getattr(self, f"_{item['t'].lower()}", None)
        return special(item) if special else None

    def _formula(self, item: Node) -> str:
        n = int(ast.value(item, "n") or 0)
        formula = fitted(self.formulas[n], self.rooms[n], self.fold)
        if formula.drawing is not None:
            self.used[key(formula)] = formula
        return shown(formula, self.rooms[n])

    def _str(self, item: Node) -> Node | None:
        if item["c"] in ("☐", "☒"):
            return raw(f'<span class="box{" done" if item["c"] == "☒" else ""}"></span>')
        return None

    def _span(self, item: Node) -> Node | Nodes | None:
        if ast.has_class(item, "formula"):
            return raw(self._formula(item))
        if ast.has_class(item, "missing"):
            words = [*item["c"][1], ast.node("Space")] if item["c"][1] else []
            return ast.span(["missing"], [*words, ast.node("Str", ast.value(item, "source") or "")])
        return blocks.ruby(item) if ast.has_class(item, "ruby") else None

    def _note(self, item: Node) -> Nodes:
        """A footnote, set at the foot of the page where its call stands; the call never starts a line."""
        inlines: Nodes = []
        for block in unnested(item["c"]):
            inlines += ([ast.node("Space")] if inlines else []) + (
                block["c"] if block["t"] in ("Para", "Plain") else []
            )
        return [ast.node("Str", "\u2060"), ast.span(["fn"], inlines)]

    def _code(self, item: Node) -> Node | None:
        text = item["c"][1]
        if len(text) <= LONG:
            return None
        parts = (html.escape(part, quote=False) for part in WORDS.split(text))
        return raw(f"<code>{BREAK.join(parts)}</code>")

    def _link(self, item: Node) -> Nodes:
        """Links inside the book are the linker's, also those inside the chapter: it gives places names of its own."""
        attr, words, (target, title) = item["c"]
        if not target.startswith("#"):
            return self.links.outer(item)
        link = ast.node("Link", attr, words, [f"book:{quote(target[1:])}", title])
        by_number = target.startswith(self.equations)  # (3) is found by its number, close by
        return [link] if by_number else self.links.inner(link, target[1:])

    def _codeblock(self, item: Node) -> Node:
        (_, classes, pairs), text = item["c"]
        language = classes[0] if classes else ""
        options = dict(pairs)
        marked = code.highlighted(options.get("hl_lines", ""))
        rows = code.lines(text, language)
        first = int(options.get("linenostart", 1))
        numbers = [""] * len(rows) if options.get("linenos") == "false" else map(str, range(first, first + len(rows)))
        lines = "".join(
            f'<span class="l{" hl" if n in marked else ""}"><i>{number}</i>{row or "&#8203;"}</span>'
            for n, (number, row) in enumerate(zip(numbers, rows, strict=True), 1)
        )
        name = html.escape(code.language_name(language))
        title = html.escape(options.get("title", ""))
        caption = f'<figcaption>{title}<span class="lang">{name}</span></figcaption>' if name or title else ""
        short = " short" if len(rows) <= UNSPLIT else ""
        return raw_block(f'<figure class="code{short}">{caption}<pre>{lines}</pre></figure>')

    def _image(self, item: Node) -> Node:
        return pictures.told(item, self.chapter.assets, self.words["picture"])

    def _table(self, item: Node) -> Nodes:
        return tables.fitted(item, self.measure, self.lines)

    def _div(self, item: Node) -> Node | Nodes | None:
        if ast.has_class(item, "display"):
            return self._display(item)
        if ast.has_class(item, "missing"):
            return self._missing(item)
        return blocks.block(item, self.words)

    def _display(self, item: Node) -> Node:
        """A display takes whole lines: its height and some air, rounded up."""
        text = item["c"][1][0]["c"][0]["c"][1] if item["c"][1] else ""
        found = HEIGHT.search(text)
        height = float(found[1] or 1) * float(found[2]) * SIZE if found else LINE
        rows = max(2, math.ceil((height + 12) / LINE))
        return ast.with_attribute(item, [ast.attribute(item)[0], ["display"], [["style", f"--rows: {rows}"]]])

    def _missing(self, item: Node) -> Nodes:
        source = html.escape(ast.value(item, "source") or "")
        start = f'<figure class="missing"><div class="frame"><p class="label">{self.words["missing"]}</p>'
        return [raw_block(start), *item["c"][1], raw_block(f'<p class="src">{source}</p></div></figure>')]

    def _para(self, item: Node) -> Node | Nodes | None:
        inlines = item["c"]
        if len(inlines) == 1 and inlines[0]["t"] == "Image":
            return self._figure(inlines[0])
        if aside := self._aside(inlines):
            return aside
        return None

    def _figure(self, image: Node) -> Nodes:
        """A picture that has its paragraph to itself, its alternative text as caption."""
        caption = image["c"][1]
        self.figures += bool(caption)
        image, number = apart.figure(image, self.figures)
        inside = [raw_block('<figure class="fig">'), ast.node("Plain", [image])]
        if caption:
            label = raw(f"<b>{self.words['figure']} {number}</b>")
            inside += [raw_block("<figcaption>"), ast.node("Plain", [label, *caption]), raw_block("</figcaption>")]
        return [*inside, raw_block("</figure>")]

    def _aside(self, inlines: Nodes) -> Nodes | None:
        """`**考察点**：…` stands beside the text, its label in the number column."""
        if len(inlines) < 2 or inlines[0]["t"] != "Strong" or inlines[1]["t"] != "Str":
            return None
        label = ast.plain(inlines[0]).strip("：: ")
        rest = inlines[1]["c"]
        if label not in LABELS or rest[0] not in "：:":
            return None
        words = [ast.node("Str", rest[1:]), *inlines[2:]] if rest[1:] else inlines[2:]
        start = f'<aside class="{LABELS[label]}"><p class="label">{html.escape(label)}</p><p>'
        return [raw_block(start), ast.node("Plain", words), raw_block("</p></aside>")]


def running(inlines: Nodes) -> str:
    """A title for the running head, which can hold no formula: one that is more than a letter or two is left out."""

    def visit(item: Node) -> Nodes | None:
        if item["t"] != "Math":
            return None
        return [ast.node("Str", "…" if "\\" in item["c"][1] else item["c"][1])]

    return ast.plain(ast.rewrite(inlines, visit)).strip()

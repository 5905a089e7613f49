"""What each line of a Markdown text is: CommonMark's block structure (0.31, 4 and 5) as far as rewriting needs it.

Containers are followed (quotations, list items), so that a fence ends with the item that it stands in, and so that a
line put in gets the beginning that keeps it in its container.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "blank", "open", "code", "close", "indented", "comment", "raw", "html", "maths", "heading", "row", "text"
]
"""`open`, `code` and `close` make a fenced block, `indented` is code by its spaces, `raw` is `<pre>` and the like."""

FENCE = re.compile(r"(`{3,})([^`\n]*)$|(~{3,})([^\n]*)$")
ITEM = re.compile(r"([-+*]|\d{1,9}[.)])(?=[ \t]|$)")
RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")
SETEXT = re.compile(r"(?:=+|-+)[ \t]*$")
RAW = re.compile(r"<(pre|script|style|textarea|svg)(?=[\s>]|$)", re.I)
MATHS = re.compile(r"\$\$|\\{1,2}\[")
MATHS_END = {"$$": "$$", "\\[": "\\]", "\\\\[": "\\\\]"}
STOP = re.compile(r"^[ \t>]*(?:`{3,}|~{3,}|#{1,6}[ \t])", re.M)
DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
BLOCKS = frozenset(
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link "
    "main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead "
    "title tr track ul video audio embed object".split()
)
HTML = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(?=[\s/>]|$)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line from `start` to `end` (its line end not counted), its own text from `content` on."""

    start: int
    end: int
    content: int
    prefix: str
    """What a further line of the same containers begins with."""
    kind: Kind
    first: bool = False
    """A list item or quotation begins in this line."""
    indent: int = 0
    """Columns of white space between the containers' signs and the text."""


@dataclass(slots=True)
class _Open:
    """A block of several lines that is open: a fence, a comment, raw text, a formula."""

    kind: Kind
    depth: int
    fence: str = ""
    until: int = 0


def lines(text: str) -> Iterator[Line]:
    """Every line of the text, in order."""
    reader = _Reader(text)
    place = 0
    while place <= len(text):
        end = text.find("\n", place)
        end = len(text) if end < 0 else end
        yield reader.line(place, end)
        place = end + 1


class _Reader:
    """The state between lines: the open containers (a quotation is 0, an item its width), and an open block."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.stack: list[int] = []
        self.block: _Open | None = None
        self.paragraph = self.html = self.table = False

    def line(self, start: int, end: int) -> Line:
        place, matched = self._matched(start, end)
        if self.block:
            if matched >= self.block.depth or self.block.until > start:
                return self._inside(self.block, start, end, place)
            self.block = None
        blank = not self.text[place:end].strip(" \t")
        if blank:
            self.paragraph = self.html = self.table = False
            del self.stack[len(self.stack) if matched == len(self.stack) else matched :]
            return Line(start, end, end, self._prefix(), "blank")
        place, first = self._containers(place, end, matched)
        return self._leaf(start, end, place, first)

    def _matched(self, place: int, end: int) -> tuple[int, int]:
        """How many open containers go on in this line, and where the text behind their signs begins."""
        for depth, width in enumerate(self.stack):
            after = self._spaces(place, end)
            if width == 0:
                if after - place > 3 or self.text[after : after + 1] != ">" or after >= end:
                    return place, depth
                place = after + 1 + (self.text[after + 1 : after + 2] == " ")
            elif after >= end:
                continue
            elif self._columns(place, after) < width:
                return place, depth
            else:
                place = self._step(place, width)
        return min(place, end), len(self.stack)

    def _containers(self, place: int, end: int, matched: int) -> tuple[int, bool]:
        """New containers that begin in this line; those that do not go on end, unless its text is a lazy line."""
        first = False
        while True:
            after = self._spaces(place, end)
            rest = self.text[after:end]
            if self._columns(place, after) > 3 and not (self.paragraph and matched < len(self.stack)):
                break
            quote, item = rest.startswith(">"), ITEM.match(rest)
            if item and (RULE.match(rest) or not self._may_begin(item[0], rest, matched)):
                item = None
            if not quote and not item:
                break
            del self.stack[matched:]
            place = self._opened(place, after, end, item[0] if item else "")
            matched, first = len(self.stack), True
            self.paragraph = self.html = self.table = False
        if matched < len(self.stack) and not self._is_lazy(self.text[place:end].strip()):
            del self.stack[matched:]
            self.paragraph = self.html = self.table = False
        return place, first

    def _may_begin(self, sign: str, rest: str, matched: int) -> bool:
        """In the middle of a paragraph only `1.` begins a list, and only with text (CommonMark 5.3)."""
        if not self.paragraph or matched < len(self.stack):
            return True
        return len(rest) > len(sign) and (not sign[0].isdigit() or sign[:-1] == "1")

    def _opened(self, place: int, after: int, end: int, sign: str) -> int:
        if not sign:
            self.stack.append(0)
            return after + 1 + (self.text[after + 1 : after + 2] == " ")
        begin = after + len(sign)
        content = self._spaces(begin, end)
        gap = self._columns(begin, content)
        gap = 1 if gap > 4 or content >= end else gap
        self.stack.append(self._columns(place, after) + len(sign) + gap)
        return min(begin + gap if self.text[begin:content].isspace() else begin, end)

    def _is_lazy(self, rest: str) -> bool:
        """A line of text without its container's sign goes on a paragraph in it."""
        begins = FENCE.match(rest) or HEADING.match(rest) or RULE.match(rest) or self._is_html(rest) or RAW.match(rest)
        return self.paragraph and not begins and not rest.startswith("<!--")

    def _leaf(self, start: int, end: int, place: int, first: bool) -> Line:
        """The block that the text of the line begins or goes on with."""
        content = self._spaces(place, end)
        rest = self.text[content:end]
        if self._columns(place, content) > 3 and not self.paragraph and not self.html:
            return Line(start, end, place, self._prefix(), "indented", first)
        kind = self._kind(rest, content, end)
        self.paragraph = kind in ("text", "row", "maths")
        return Line(start, end, content, self._prefix(), kind, first, self._columns(place, content))

    def _kind(self, rest: str, content: int, end: int) -> Kind:
        if fence := FENCE.match(rest):
            self.block = _Open("code", len(self.stack), fence[1] or fence[3])
            self.html = self.table = False
            return "open"
        for sign, close, kind in self._long(rest):
            found = self.text.find(close, content + len(sign))
            stop = STOP.search(self.text, end) if kind == "maths" else None
            if kind == "maths" and (found < 0 or (stop and stop.start() < found)):
                continue
            if found > end or found < 0:
                self.block = _Open(kind, 0, until=found if found >= 0 else len(self.text))
            return kind
        if self.html or self._is_html(rest):
            self.html = True
            return "html"
        if HEADING.match(rest):
            return "heading"
        return self._text(rest, end)

    def _long(self, rest: str) -> Iterator[tuple[str, str, Kind]]:
        """What may begin here and go on over blank lines: its sign, its end, its kind."""
        if rest.startswith("<!--"):
            yield "<!--", "-->", "comment"
        if raw := RAW.match(rest):
            yield raw[0], f"</{raw[1]}>", "raw"
        if maths := MATHS.match(rest):
            yield maths[0], MATHS_END[maths[0]], "maths"

    def _text(self, rest: str, end: int) -> Kind:
        """A row of a pipe table, or words."""
        if self.table and "|" in rest:
            return "row"
        self.table = False
        after = self.text.find("\n", end + 1)
        delimiter = self.text[end + 1 : after if after >= 0 else None].lstrip(" \t>")
        if "|" in rest and "|" in delimiter and DELIMITER.match(delimiter):
            self.table = True
            return "row"
        return "text"

    def _is_html(self, rest: str) -> bool:
        found = HTML.match(rest)
        return bool(found) and found[1].lower() in BLOCKS  # type: ignore[index]

    def _inside(self, block: _Open, start: int, end: int, place: int) -> Line:
        """A line of an open fence, comment, raw text or formula."""
        if block.kind != "code":
            if end >= block.until:
                self.block, self.paragraph = None, block.kind == "maths"
            return Line(start, end, min(place, end), self._prefix(), block.kind)
        rest = self.text[place:end].strip(" \t")
        closes = len(rest) >= len(block.fence) and not rest.strip(block.fence[0])
        if closes and self._spaces(place, end) - place < 4:
            self.block, self.paragraph = None, False
            return Line(start, end, place, self._prefix(), "close")
        return Line(start, end, place, self._prefix(), "code")

    def _prefix(self) -> str:
        return "".join(" " * width if width else "> " for width in self.stack)

    def _spaces(self, place: int, end: int) -> int:
        while place < end and self.text[place] in " \t":
            place += 1
        return place

    def _columns(self, start: int, end: int) -> int:
        """The width of white space; a tab counts to the next fourth column of its line (CommonMark 2.2)."""
        if "\t" not in self.text[start:end]:
            return end - start
        begin = self.text.rfind("\n", 0, start) + 1
        before = len(self.text[begin:start].expandtabs(4))
        return len(self.text[begin:end].expandtabs(4)) - before

    def _step(self, place: int, width: int) -> int:
        """`width` columns of white space further; a tab that is wider is taken whole."""
        start = place
        while self._columns(start, place) < width:
            place += 1
        return place

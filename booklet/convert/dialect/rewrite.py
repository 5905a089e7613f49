"""The rewriting itself: one walk over the body, code left alone."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator

from booklet.convert.dialect import fences, leftovers, maths, prose, tags
from booklet.convert.dialect.lines import Line, lines
from booklet.convert.dialect.prose import Span
from booklet.convert.dialect.source import Code, Formula, Markup, Source, Text, Token, mark, token
from booklet.diagnostics import Diagnostic, Location, Noted, finding
from booklet.shortcodes.call import DISPLAY, LITERAL, PRIVATE
from booklet.shortcodes.traced import Edit, Traced

HEADING = re.compile(r"#{1,6}[ \t]+(?=\S)")
SETEXT = re.compile(r"(?:=+|-+)[ \t]*$")
EMPTY_ITEM = re.compile(r"^([ \t>]*[-*+])[ \t]*$", re.M)  # under text, one dash would make pandoc see a heading
BRACKETS = re.compile(r"\[{4,}")
"""Four and more are no link; pandoc's time doubles with each (8 s for fifteen)."""
LINK = re.compile(r"\[(?=(?:[^\[\]\n]|\[[^\[\]\n]*\](?:\([^()\n]*\))?)*\](?:\(|\[[^\]\n]))")
DEFINITION = re.compile(r"\[[^\]^\n][^\]\n]*\]:[ \t]+\S")
NUMBER = re.compile(r"\d{1,9}(?=\.[ \t])")
TAGS = re.compile(r"</?[A-Za-z][^<>]*>")
CUT = tags.BLOCK | {"br"}
"""No formula goes on over these."""


def rewrite(body: Traced, path: str) -> Noted[Source]:
    """The body of a post, its shortcodes done, as Markdown for pandoc."""
    tokens: list[Token] = []
    plain = leftovers.rewrite(_private(body, tokens))
    whole = _private(plain.value, tokens)
    walk = _Walk(whole, path, tokens)
    walk.run()
    text = whole.edited(walk.edits).text
    return Noted(Source(text, tuple(tokens)), (*(_located(note, path) for note in plain.notes), *walk.notes))


def _located(note: Diagnostic, path: str) -> Diagnostic:
    where = Location(path, note.location.line if note.location else None)
    return Diagnostic(note.code, note.severity, note.message, where, note.hint)


def _private(body: Traced, tokens: list[Token]) -> Traced:
    """What shortcodes gave as not to be read as Markdown becomes tokens."""
    edits: list[Edit] = []
    for match in PRIVATE.finditer(body.text):
        line, inner = body.line(match.start()), match["inner"]
        if match["kind"] == LITERAL:
            tokens.append(Text(inner, inner, line))
        else:
            tokens.append(Formula(inner, maths.clean(inner), match["kind"] == DISPLAY, line, verbatim=True))
        edits.append((*match.span(), token(len(tokens) - 1)))
    return body.edited(edits) if edits else body


class _Walk:
    """Edits of one body, gathered and applied at the end."""

    def __init__(self, body: Traced, path: str, tokens: list[Token]) -> None:
        self.body, self.path, self.tokens = body, path, tokens
        self.text = body.text
        self.rows = list(lines(self.text))
        self.starts = [row.start for row in self.rows]
        self.partners = tags.partners(self.text)
        self.notes: list[Diagnostic] = []
        self.edits: list[Edit] = []
        self.taken: list[tuple[int, int]] = []

    def run(self) -> None:
        """Gather all edits."""
        spans = prose.spans(self.text, self.rows)
        place = 0
        for span in spans:
            self._prose(place, span.start)
            self._literal(span)
            place = span.end
        self._prose(place, len(self.text))
        for row in self.rows:
            self._row(row)

    def _row(self, row: Line) -> None:
        """Marks and signs that belong to a line as a whole."""
        if row.kind == "html" and not row.first and row.indent and not self._is_taken(row.start):
            begin = self.text[row.start : row.content].rstrip(" \t")
            self.edits.append((row.start + len(begin), row.content, row.prefix[len(begin) :]))
        if self._is_taken(row.content):
            return
        if row.kind == "text" and self._defines(row):
            self.edits.append((row.content, row.content, f"\n{row.prefix}"))
        if row.first and (item := re.search(r"(\d{1,9})\)([ \t]*)$", self.text[row.start : row.content])):
            place = row.start + item.end(1)
            self.edits.append((place, place + 1, "."))
        if row.kind == "heading" and (match := HEADING.match(self.text, row.content, row.end)):
            self._mark(match.end())
        elif row.kind == "text":
            self._words(row)

    def _defines(self, row: Line) -> bool:
        """Is the line a link's definition straight under a footnote's? Pandoc would read it as the note's text."""
        above = self.text[self.text.rfind("\n", 0, max(row.start - 1, 0)) + 1 : row.start]
        return bool(DEFINITION.match(self.text, row.content, row.end)) and above.lstrip().startswith("[^")

    def _words(self, row: Line) -> None:
        if not row.first and (number := NUMBER.match(self.text, row.content, row.end)):
            self.edits.append((number.end(), number.end(), "\\"))
        below = self.text[row.end + 1 : row.end + 120].split("\n", 1)[0].strip(" \t>")
        if below and SETEXT.match(below) and row.content < row.end:
            self._mark(row.content)

    def _mark(self, place: int) -> None:
        self.edits.append((place, place, mark(self.body.line(place))))

    def _is_taken(self, place: int) -> bool:
        n = bisect_right(self.taken, (place, len(self.text) + 1)) - 1
        return n >= 0 and place < self.taken[n][1]

    def _take(self, start: int, end: int, new: str) -> None:
        self.taken.append((start, end))
        self.edits.append((start, end, new))

    def _token(self, value: Token) -> str:
        self.tokens.append(value)
        return token(len(self.tokens) - 1)

    def _prose(self, start: int, end: int) -> None:
        """Lift tags and formulas out of a stretch of prose, then mark the lines of links and pictures."""
        found = list(tags.tags(self.text, start, end, self.partners))
        formulas = list(self._formulas(start, end, found))
        edits: list[tuple[int, int, str]] = [(a, b, self._token(formula)) for a, b, formula in formulas]
        spans = [(a, b) for a, b, _ in formulas]
        edits += [(a, b, self._tag(a, b, tag)) for a, b, tag in found if not _within(spans, a)]
        spans = sorted((a, b) for a, b, _ in edits)
        for match in BRACKETS.finditer(self.text, start, end):
            if not _within(spans, match.start()):
                edits.append((*match.span(), "\\[" * len(match[0])))
        for edit in sorted(edits):
            self._take(*edit)
        for pattern, space in ((LINK, ""), (EMPTY_ITEM, " ")):
            for match in pattern.finditer(self.text, start, end):
                if not self._is_taken(match.start()):
                    self.edits.append((match.end(), match.end(), space + mark(self.body.line(match.start()))))

    def _formulas(
        self, start: int, end: int, found: list[tuple[int, int, Markup]]
    ) -> Iterator[tuple[int, int, Formula]]:
        """Formulas between the tags that none goes on over, and that do not begin in a tag."""
        cuts = [(a, b) for a, b, tag in found if tag.name in CUT]
        inside = [(a, b) for a, b, _ in found]
        place = start
        for a, b in [*cuts, (end, end)]:
            for begin, finish, formula in maths.formulas(self.text, place, a, 0):
                if not _within(inside, begin):
                    line = self.body.line(begin)
                    yield begin, finish, Formula(formula.source, formula.tex, formula.display, line)
            place = b

    def _tag(self, start: int, end: int, tag: Markup) -> str:
        here = self._token(Markup(tag.source, tag.name, self.body.line(start), tag.close, tag.attributes, tag.known))
        return self._block(here, start, end) if tag.name in tags.BLOCK or not tag.known else here

    def _block(self, here: str, start: int, end: int) -> str:
        """A token in a paragraph of its own, unless its line is a table's row or a heading."""
        row = self.rows[bisect_right(self.starts, start) - 1]
        if row.kind in ("row", "heading"):
            return here
        blank = f"\n{row.prefix}"
        after = blank if self.text[end : end + 1] in ("\n", "") else blank * 2
        alone = start == row.content and row.first
        return f"{here}{after}" if alone else f"{blank * 2}{here}{after}"

    def _literal(self, span: Span) -> None:
        """Listings become tokens, comments go; inline code stays as it is."""
        line, source = self.body.line(span.start), self.text[span.start : span.end]
        if span.kind == "ticks":
            self.taken.append((span.start, span.end))
        elif span.kind == "comment":
            self._take(span.start, span.end, "" if not self._fills(span) else f"\n{span.before.prefix}")
        elif span.kind == "raw":
            self._raw(span, source, line)
        else:
            make = fences.fenced if span.kind == "fence" else fences.indented
            code = make(self.text, span.rows, line)
            text = self._without_tokens(code.text)
            code = Code(self._without_tokens(code.source), text, line, True, code.language, code.options)
            self._take(span.start, span.end, self._block(self._token(code), span.start, span.end))

    def _without_tokens(self, text: str) -> str:
        return Source("", self.tokens).restored(text)

    def _fills(self, span: Span) -> bool:
        """Does a comment have its lines to itself?"""
        after = self.text[span.end : self.text.find("\n", span.end) if "\n" in self.text[span.end :] else None]
        return span.start == span.before.content and not after.strip()

    def _raw(self, span: Span, source: str, line: int) -> None:
        """`<pre>` is a listing, `<svg>` a picture; scripts, styles and fields of forms have no place in a book."""
        name = re.match(r"<(\w+)", source)[1].lower()  # type: ignore[index]
        if name == "code":
            text = " ".join(html.unescape(TAGS.sub("", self._without_tokens(source))).split())
            self._take(span.start, span.end, self._token(Code(source, text, line, block=False)))
        elif name == "pre":
            here = self._token(_listing(self._without_tokens(source), line))
            self._take(span.start, span.end, self._block(here, span.start, span.end))
        elif name == "svg":
            address = "data:image/svg+xml," + source
            self._take(span.start, span.end, self._token(Markup(source, "img", line, attributes=(("src", address),))))
        else:
            where = Location(self.path, line)
            message = f"the HTML element <{name}> has no place in a book; it is left out"
            self.notes.append(finding("html/dropped", message, where, "write what it shows as Markdown"))
            self._take(span.start, span.end, "")


def _listing(source: str, line: int) -> Code:
    """`<pre><code class="language-x">…</code></pre>` as a listing: tags out, character references read."""
    language = re.search(r"class\s*=\s*[\"'][^\"']*?lang(?:uage)?-([\w+#-]+)", source[:300])
    text = html.unescape(TAGS.sub("", source)).strip("\n")
    return Code(source, text, line, True, language[1] if language else "")


def _within(spans: list[tuple[int, int]], place: int) -> bool:
    """Does the place lie in one of these spans, which are in order?"""
    n = bisect_right(spans, (place, 1 << 60)) - 1
    return n >= 0 and place < spans[n][1]

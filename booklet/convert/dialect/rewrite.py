"""The rewriting itself: one walk over the body, code left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from booklet.convert.dialect import maths, prose, shortcodes
from booklet.convert.dialect.source import Formula, Source, Text, Token, mark, token
from booklet.diagnostics import Diagnostic, Location, Noted, finding

HEADING = re.compile(rf"^({prose.PREFIX}#{{1,6}})([ \t]+)(?=\S)", re.M)
EMPTY_ITEM = re.compile(r"^([ \t>]*[-*+])[ \t]*$", re.M)  # under text, one dash would make pandoc see a heading
BRACKETS = re.compile(r"\[{4,}")
"""Four and more are no link; pandoc's time doubles with each (8 s for fifteen)."""
LINK = re.compile(r"\[(?=(?:[^\[\]\n]|\[[^\[\]\n]*\](?:\([^()\n]*\))?)*\]\()")
REFERENCES = ("ref", "relref")
SILENT = ("katex", "math", "mathjax", "toc", "mermaid-loader")
Edit = tuple[int, int, str]


def rewrite(body: str, path: str, first_line: int) -> Noted[Source]:
    """The body of a post as Markdown for pandoc. Lines count from `first_line`, where the body starts in its file."""
    body = re.sub("[\ufdd0-\ufdef]", "", body)
    walk = _Walk(body, path, first_line)
    for start, end, is_prose in _stretches(body):
        if is_prose:
            walk.prose(start, end)
        else:
            walk.code(start, end)
    return Noted(Source(walk.text(), tuple(walk.tokens)), tuple(walk.notes))


def _stretches(body: str) -> Iterator[tuple[int, int, bool]]:
    place = 0
    for start, end in prose.literal(body):
        yield place, start, True
        yield start, end, False
        place = end
    yield place, len(body), True


class _Walk:
    """Edits of one body, gathered in order and applied at the end."""

    def __init__(self, body: str, path: str, first_line: int) -> None:
        self.body, self.path, self.first_line = body, path, first_line
        self.tokens: list[Token] = []
        self.notes: list[Diagnostic] = []
        self.edits: list[Edit] = []

    def line(self, place: int) -> int:
        return self.first_line + self.body.count("\n", 0, place)

    def prose(self, start: int, end: int) -> None:
        """Lift formulas and shortcodes out of a stretch of prose, then mark the lines of what is left."""
        taken: list[tuple[int, int]] = []
        for edit in (*self._escaped(start, end), *self._shortcodes(start, end)):
            taken.append(edit[:2])
            self.edits.append(edit)
        for begin, finish, formula in maths.formulas(self.body, start, end, self.line(start)):
            if not _within(taken, begin):
                taken.append((begin, finish))
                self.edits.append((begin, finish, self._token(formula)))
        for match in BRACKETS.finditer(self.body, start, end):
            if not _within(taken, match.start()):
                taken.append(match.span())
                self.edits.append((*match.span(), "\\[" * len(match[0])))
        for pattern, space in ((HEADING, ""), (LINK, ""), (EMPTY_ITEM, " ")):
            for match in pattern.finditer(self.body, start, end):
                if not _within(taken, match.start()):
                    self.edits.append((match.end(), match.end(), space + mark(self.line(match.end()))))

    def code(self, start: int, end: int) -> None:
        """Hugo runs shortcodes in code as well; the escaped form is how authors show them there."""
        for match in shortcodes.ESCAPED.finditer(self.body, start, end):
            self.edits.append((match.start(), match.end(), _shown(match)))

    def _token(self, value: Token) -> str:
        self.tokens.append(value)
        return token(len(self.tokens) - 1)

    def _escaped(self, start: int, end: int) -> Iterator[Edit]:
        """`{{</* x */>}}` is shown as `{{< x >}}`."""
        for match in shortcodes.ESCAPED.finditer(self.body, start, end):
            yield match.start(), match.end(), self._token(Text(match[0], _shown(match), self.line(match.start())))

    def _shortcodes(self, start: int, end: int) -> Iterator[Edit]:
        pairs = {tag.name for tag in shortcodes.tags(self.body, start, end) if tag.close}
        skip = start
        for tag in shortcodes.tags(self.body, start, end):
            if tag.start < skip:
                continue
            if tag.name == "katex" and "katex" in pairs and not tag.close:
                inner = self.body.find("{{", tag.end)
                formula = self._paired_formula(tag, inner)
                skip = formula[1]
                yield formula
            elif tag.name in REFERENCES:
                yield (
                    tag.start,
                    tag.end,
                    "ref:" + (tag.argument() or tag.argument(key="path") or "").replace(" ", "%20"),
                )
            else:
                if tag.name not in SILENT and not tag.close:
                    self.notes.append(self._unknown(tag))
                yield tag.start, tag.end, ""

    def _paired_formula(self, tag: shortcodes.Shortcode, inner: int) -> Edit:
        """`{{< katex >}}TeX{{< /katex >}}`: display where a parameter says so or it fills its lines."""
        closing = next(t for t in shortcodes.tags(self.body, inner, len(self.body)) if t.close)
        content = self.body[tag.end : closing.start]
        tex = re.sub(r"^\s*(\$\$|\\\\\[|\\\\\(|\\\(|\$)|(\$\$|\\\\\]|\\\\\)|\\\)|\$)\s*$", "", content)
        display = "display" in (*tag.positional, *dict(tag.named)) or "\n" in content or "$$" in content
        source = self.body[tag.start : closing.end]
        return tag.start, closing.end, self._token(Formula(source, maths.clean(tex), display, self.line(tag.start)))

    def _unknown(self, tag: shortcodes.Shortcode) -> Diagnostic:
        return finding(
            "hugo/unknown-shortcode",
            f"the shortcode {tag.name!r} is not known; the text inside it is kept",
            Location(self.path, self.line(tag.start)),
            "write what it shows as Markdown, or leave it: the book is built without it",
        )

    def text(self) -> str:
        """The body with all edits made."""
        parts: list[str] = []
        place = 0
        for start, end, new in sorted(self.edits, key=lambda edit: (edit[0], edit[1])):
            parts += [self.body[place:start], new]
            place = end
        return "".join([*parts, self.body[place:]])


def _shown(escaped: re.Match[str]) -> str:
    return "{{" + escaped[1] + escaped[2] + escaped[3] + "}}"


def _within(spans: list[tuple[int, int]], place: int) -> bool:
    return any(start <= place < end for start, end in spans)

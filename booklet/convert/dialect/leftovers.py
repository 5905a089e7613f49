"""What other systems leave in a post: Hexo's Liquid tags, MkDocs' `!!! note`, `:::` containers, `[TOC]`, `{: .class}`.

Each becomes the HTML or Markdown that says the same, before anything else is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from booklet.convert.dialect import liquid, prose
from booklet.convert.dialect.lines import Line, lines
from booklet.diagnostics import Diagnostic, Noted
from booklet.shortcodes.call import escaped
from booklet.shortcodes.kinds import kind
from booklet.shortcodes.traced import Edit, Traced

SIGNS = re.compile(
    r"\{%|\{\{-?\s*(?:site|page)\.|!!!|\?\?\?|:::|\[TOC|\[_?toc|\{:|^[ \t>]*\{[.#\w]|<--->|!\[\[", re.I | re.M
)
MKDOCS = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]+([\w-]+)(?:[ \t]+[\w -]*?)??(?:[ \t]+\"([^\"]*)\")?[ \t]*$")
COLONS = re.compile(r"(:{3,})[ \t]*(.*?)[ \t]*:*$")
TOC = re.compile(r"(?:@?\[{1,2}_?toc_?\]{1,2}|\{:?[ \t]*toc[^}]*\}|\{\{[ \t]*toc[ \t]*\}\}|<--->)[ \t]*$", re.I)
ATTRIBUTES = re.compile(r"\{(?::[^{}]*|[ \t]*[.#][\w-][^{}]*|[ \t]*[\w-]+=(?:\"[^\"]*\"|[\w-]+)[^{}]*)\}[ \t]*$")
KRAMDOWN = re.compile(r"(?<=\))\{:[ \t]*(?=[^}]*\})")
JEKYLL = re.compile(r"\{\{-?\s*(?:site|page)\.[^{}]*\}\}")
OBSIDIAN = re.compile(r"!\[\[([^\[\]|\n]+?)(?:\|([^\[\]\n]*))?\]\]")
DEEPEST = 8


def rewrite(body: Traced) -> Noted[Traced]:
    """The body without leftovers. The notes carry a line and no path."""
    if not SIGNS.search(body.text):
        return Noted(body)
    notes: list[Diagnostic] = []
    for step in (_liquid, _lines, _signs):
        body = step(body, notes)
    for _ in range(DEEPEST):
        edits = list(_admonitions(body))
        if not edits:
            break
        body = body.edited(edits)
    return Noted(body, tuple(notes))


@dataclass(frozen=True, slots=True)
class _Prose:
    """A text with its lines, and where it is code."""

    rows: Sequence[Line]
    code: Sequence[tuple[int, int]]

    def holds(self, place: int) -> bool:
        return not any(start <= place < end for start, end in self.code)


def _read(text: str) -> _Prose:
    rows = list(lines(text))
    return _Prose(rows, [(span.start, span.end) for span in prose.spans(text, rows)])


def _liquid(body: Traced, notes: list[Diagnostic]) -> Traced:
    if "{%" not in body.text:
        return body
    made = liquid.edits(body, _read(body.text).holds)
    notes += made.notes
    return body.edited(made.value)


def _signs(body: Traced, notes: list[Diagnostic]) -> Traced:
    """Small things within a line."""
    text = _read(body.text)
    edits: list[Edit] = []
    replaced: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (KRAMDOWN, lambda match: "{"),
        (JEKYLL, lambda match: ""),
        (OBSIDIAN, lambda match: f"![](<{match[1].strip()}>)"),
    )
    for pattern, make in replaced:
        edits += [(*m.span(), make(m)) for m in pattern.finditer(body.text) if text.holds(m.start())]
    return body.edited(edits)


def _lines(body: Traced, notes: list[Diagnostic]) -> Traced:
    """Lines that are a leftover as a whole: `[TOC]`, attribute lists, `:::` containers."""
    text = _read(body.text)
    edits: list[Edit] = []
    opened: list[str] = []
    before: Line | None = None
    for row in text.rows:
        if row.kind in ("text", "html", "row") and text.holds(row.content):
            words = body.text[row.content : row.end]
            colons = COLONS.match(words)
            if TOC.match(words) or (before and before.kind != "blank" and ATTRIBUTES.match(words)):
                edits.append((row.content, row.end, ""))
            elif colons:
                edits.append((row.content, row.end, _container(colons[2], opened, row.prefix)))
        before = row
    edits.append((len(body.text), len(body.text), "".join(f"\n\n</{name}>" for name in reversed(opened))))
    return body.edited(edits)


def _container(words: str, opened: list[str], prefix: str) -> str:
    """`::: tip Title` opens, `:::` closes what is open."""
    if not words:
        return f"\n{prefix}</{opened.pop()}>\n{prefix}" if opened else ""
    name, title = _named(words)
    opened.append("details" if name == "details" else "aside" if kind(name) else "div")
    if opened[-1] == "details":
        head = f"\n{prefix}<summary>{title}</summary>\n{prefix}" if title else f"\n{prefix}"
        return f"<details>{head}"
    attributes = f' data-title="{escaped(title)}"' if opened[-1] == "aside" else ""
    return f'<{opened[-1]} class="{kind(name) or escaped(name)}"{attributes}>\n{prefix}'


def _named(words: str) -> tuple[str, str]:
    """`tip Title`, `{.tip title="Title"}`, `tip[Title]` → the name and the title."""
    braces = re.match(r"\{[^}]*?\.([\w-]+)[^}]*\}", words)
    if braces:
        title = re.search(r"title=[\"']([^\"']*)", words)
        return braces[1], title[1] if title else ""
    match = re.match(r"([\w-]+)(?:\[([^\]]*)\]|[ \t]+(.*))?", words)
    if match is None:
        return "", ""
    return match[1], re.sub(r"\{[^}]*\}", "", match[2] or match[3] or "").strip()


def _admonitions(body: Traced) -> Iterator[Edit]:
    """MkDocs' `!!! note "Title"` with the indented lines below it; those inside it wait for the next turn."""
    text = _read(body.text)
    n = 0
    while n < len(text.rows):
        row = text.rows[n]
        n += 1
        match = MKDOCS.match(body.text, row.content, row.end) if row.kind == "text" else None
        if match is None or not text.holds(row.content):
            continue
        begin, last = n, n
        base = len(row.prefix) + row.indent
        while n < len(text.rows) and (
            _width(body.text, text.rows[n]) >= base + 4 or _is_blank(body.text, text.rows[n])
        ):
            n += 1
            last = last if _is_blank(body.text, text.rows[n - 1]) else n
        yield row.content, row.end, _opening(match, row.prefix)
        for inside in text.rows[begin:last]:
            yield _shorter(body.text, inside, base)
        end = text.rows[last - 1].end
        yield end, end, f"\n\n{row.prefix}</{'details' if match[0].startswith('?') else 'aside'}>\n"
        n = last


def _opening(match: re.Match[str], prefix: str) -> str:
    title = match[2] or ""
    if match[0].startswith("?"):
        return f"<details>\n{prefix}<summary>{title or match[1].capitalize()}</summary>\n"
    named = kind(match[1])
    shown = title if named or title else match[1].capitalize()
    return f'<aside class="{named or "note"}" data-title="{escaped(shown)}">\n'


def _belongs(text: str, row: Line, width: int) -> bool:
    """Is the line blank, or indented by so many columns?"""
    return _is_blank(text, row) or _width(text, row) >= width


def _is_blank(text: str, row: Line) -> bool:
    return not text[row.start : row.end].strip()


def _width(text: str, row: Line) -> int:
    """Columns of white space at the line's beginning."""
    line = text[row.start : row.end].expandtabs(4)
    return len(line) - len(line.lstrip(" "))


def _shorter(text: str, row: Line, base: int) -> Edit:
    """The line with four columns less."""
    line = text[row.start : row.end]
    spaces = re.match(r"[ \t]*", line)[0]  # type: ignore[index]
    wide = spaces.expandtabs(4)
    return row.start, row.start + len(spaces), wide[: max(len(wide) - 4, min(base, len(wide)))]

"""A post's body with every shortcode done, as Hugo does it before Markdown is read: in code as well."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from booklet.diagnostics import Diagnostic, Location, Noted, finding
from booklet.shortcodes.call import Call, Page, Row, Where, literal
from booklet.shortcodes.indent import begins, is_address, lead, placed, unplaced
from booklet.shortcodes.scan import Escaped, Malformed, scan
from booklet.shortcodes.traced import LINE, Traced, mark, marked, traced, unmarked
from booklet.shortcodes.tree import Pair, Part, pair

DEEPEST = 12
"""Files that include files: more is one that includes itself."""
NESTED = 60
"""Calls in calls."""
SPACES = re.compile("[ \t]*")
"""After a call that shows nothing, at the start of a line: four of them would make code of the rest."""
Spans = Callable[[str], Iterable[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Table:
    """The shortcodes by name, and how to tell the code of a text."""

    rows: Mapping[str, Row]
    code: Spans

    def row(self, name: str) -> Row | None:
        """Hugo's names heed their case, themes do not agree on it."""
        return self.rows.get(name) or self.rows.get(name.lower())


def expand(body: str, path: str, first_line: int, page: Page, table: Table) -> Noted[Traced]:
    """The body as Markdown and HTML without shortcodes. Lines count from `first_line`, where the body starts.

    RecursionError for calls that lie deeper than NESTED.
    """
    body = re.sub("[\ufdd0-\ufdef]", "", body)
    if "{{<" not in body and "{{%" not in body:
        return Noted(traced(body, first_line))
    walk = _Walk(body, path, first_line, page, table)
    return Noted(unmarked(walk.parts(pair(scan(body)), 0, len(body)), first_line), tuple(walk.notes))


class _Walk:
    """Puts the text together, part by part, each line of the author's marked with its number."""

    def __init__(self, body: str, path: str, first_line: int, page: Page, table: Table, depth: int = 0) -> None:
        self.body, self.path, self.first_line = body, path, first_line
        self.page, self.table, self.depth = page, table, depth
        self.code = list(table.code(body))
        self.notes: list[Diagnostic] = []
        self.level = 0

    def line(self, place: int) -> int:
        return self.first_line + self.body.count("\n", 0, place)

    def parts(self, parts: Iterable[Part], start: int, end: int) -> str:
        """The text from `start` to `end`, in which these parts stand."""
        done: list[str] = []
        place = start
        self.level += 1
        if self.level > NESTED:
            raise RecursionError
        for part in parts:
            made = self._part(part)
            done += [self._text(place, part.start), made]
            place = part.end
            if not LINE.sub("", made) and self.body.rfind("\n", 0, part.start) + 1 >= start and begins("".join(done)):
                place += len(SPACES.match(self.body, place, end)[0])  # type: ignore[index]
        self.level -= 1
        return "".join([*done, self._text(place, end)])

    def _text(self, start: int, end: int) -> str:
        return marked(self.body[start:end], self.line(start))

    def _part(self, part: Part) -> str:
        if isinstance(part, Pair):
            return self._call(part)
        if isinstance(part, Escaped):
            return part.shown if self._in_code(part.start) else literal(part.shown)
        source = self.body[part.start : part.end]
        if self._in_code(part.start):
            return source
        if isinstance(part, Malformed):
            self._note("hugo/malformed-shortcode", part.start, f"this shortcode is malformed: {part.reason}", MALFORMED)
            return literal(source)
        self._note("hugo/malformed-shortcode", part.start, f"nothing opens this {{{{< /{part.name} >}}}}", STRAY)
        return ""

    def _call(self, call: Pair) -> str:
        row, close = self.table.row(call.tag.name), call.close
        code = self._in_code(call.start)
        if code and not (row and row.text):
            return self._shown(call)
        before = lead(self.body, call.start)
        inner = self.parts(call.parts, call.tag.end, close.start) if close else ""
        inner = unplaced(inner, before.prefix)
        if row is None:
            made = self._unknown(call, inner)
        else:
            empty = Call(call.tag.name, self.page, call.tag.positional, dict(call.tag.named), paired=close is not None)
            raw = unplaced(self.body[call.tag.end : close.start], before.prefix) if close else ""
            where: Where = "code" if code else "address" if is_address(self.body, call.start) else "text"
            made = self._made(call, row, replace(empty, inner=inner, raw=raw, tight=before.tight, where=where))
        text = mark(self.line(call.start)) + made
        source = self.body[call.start : call.end]
        return ((made or source) if code else placed(text, before)) + mark(self.line(call.end))

    def _made(self, call: Pair, row: Row, value: Call) -> str:
        text = row.make(replace(value, inner=_trimmed(value.inner)))
        return self._again(text, self.line(call.start)) if row.again and self.depth < DEEPEST else text

    def _again(self, text: str, line: int) -> str:
        """A row may give shortcodes again, `include` above all."""
        plain = LINE.sub("", text)
        inside = _Walk(plain, self.path, line, self.page, self.table, self.depth + 1)
        inside.line = lambda place: line  # type: ignore[method-assign]
        made = inside.parts(pair(scan(plain)), 0, len(plain))
        self.notes += inside.notes
        return LINE.sub("", made)

    def _shown(self, call: Pair) -> str:
        """A call in code stays as it is written; the words in it are code too."""
        if call.close is None:
            return self.body[call.start : call.end]
        inner = self.parts(call.parts, call.tag.end, call.close.start)
        return self.body[call.start : call.tag.end] + inner + self.body[call.close.start : call.end]

    def _unknown(self, call: Pair, inner: str) -> str:
        name = call.tag.name
        message = f"the shortcode {name!r} is not known; " + (
            "the text inside it is kept" if call.close else "it is left out"
        )
        hint = f"write shortcodes/{name}.md, a Jinja2 template of what it shows, beside booklet.toml"
        self._note("hugo/unknown-shortcode", call.start, message, hint)
        return "" if name.endswith(".inline") else inner

    def _in_code(self, place: int) -> bool:
        return any(start <= place < end for start, end in self.code)

    def _note(self, code: str, place: int, message: str, hint: str) -> None:
        self.notes.append(finding(code, message, Location(self.path, self.line(place)), hint))


def _trimmed(inner: str) -> str:
    """Without white space at the ends; what is left begins with the mark of its line."""
    lead = LEAD.match(inner)[0]  # type: ignore[index]
    words = TAIL.sub("", inner[len(lead) :])
    marks = LINE.findall(lead)
    return mark(int(marks[-1])) + words if marks and words else words


LEAD = re.compile("(?:\\s|\ufdd2\\d+\ufdd3)*")
TAIL = re.compile("(?:\\s|\ufdd2\\d+\ufdd3)+$")
MALFORMED = "Hugo does not build such a page; to show it as it is, write {{</* … */>}}"
STRAY = "take it out, or open it before"

"""Hugo's shortcode tags in a text: `{{< name … >}}` and `{{% name … %}}`, escaped ones, and malformed ones.

The grammar is that of Hugo's own page lexer: a name, then parameters by place or by name, bare, in quotation marks
(one line, `\\"` inside) or in backquotes (any lines).  Hugo looks for tags everywhere, in code as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

OPEN = re.compile(r"\{\{([<%])")
RIGHT = {"<": ">}}", "%": "%}}"}
END = {"<": re.compile(r"(/\s*)?>\}\}"), "%": re.compile(r"(/\s*)?%\}\}")}
SPACE = re.compile(r"\s*")
NAME = re.compile(r"\w[\w.-]*(?:/[\w.-]+)*")
KEY = re.compile(r"([\w.-]+)\s*=\s*")
VALUE = re.compile(
    r"\"(?P<quoted>(?:\\.|[^\"\\\n])*)\"|`(?P<raw>[^`]*)`|\\\"(?P<slashed>(?:\\[^\"]|[^\"\\\n])*)\\\""
    r"|(?P<bare>(?:(?!/?\s*[>%]\}\}|\{\{[<%])[^\s\"`=])+)"
)


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag of the text, at `start` to `end`. `close`: `{{< /name >}}`; `alone`: `{{< name />}}`."""

    name: str
    close: bool
    alone: bool
    positional: tuple[str, ...]
    named: tuple[tuple[str, str], ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Escaped:
    """`{{</* x */>}}`: what is shown is `{{< x >}}`."""

    shown: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Malformed:
    """What begins like a tag and is none: Hugo would not build the page. `reason` in half a sentence."""

    reason: str
    start: int
    end: int


Found = Tag | Escaped | Malformed


def scan(text: str) -> Iterator[Found]:
    """Everything that begins with `{{<` or `{{%`, in order, without overlap."""
    place = 0
    while opening := OPEN.search(text, place):
        found = _escaped(text, opening) if text.startswith("/*", opening.end()) else _Reader(text, opening).tag()
        yield found
        place = found.end


def _escaped(text: str, opening: re.Match[str]) -> Found:
    right = RIGHT[opening[1]]
    close = text.find("*/", opening.end() + 2)
    if close < 0:
        return Malformed("its comment is not closed by */", opening.start(), opening.end())
    if not text.startswith(right, close + 2):
        return Malformed(f"its comment ends before {right}", opening.start(), close + 2)
    shown = opening[0] + text[opening.end() + 2 : close] + right
    return Escaped(shown, opening.start(), close + 2 + len(right))


class _Reader:
    """Reads one tag from its opening on."""

    def __init__(self, text: str, opening: re.Match[str]) -> None:
        self.text, self.start, self.place = text, opening.start(), opening.end()
        self.end = END[opening[1]]

    def tag(self) -> Tag | Malformed:
        self._space()
        close = self._slash()
        name = NAME.match(self.text, self.place)
        if name is None:
            return self._fault("it has no name")
        self.place = name.end()
        positional: list[str] = []
        named: list[tuple[str, str]] = []
        while True:
            self._space()
            if end := self.end.match(self.text, self.place):
                alone = end[1] is not None
                return Tag(name[0], close, alone, tuple(positional), tuple(named), self.start, end.end())
            if not self._parameter(positional, named):
                return self._fault(self._reason())

    def _parameter(self, positional: list[str], named: list[tuple[str, str]]) -> bool:
        """Read one parameter into the list it belongs to; False where there is none."""
        key = KEY.match(self.text, self.place)
        value = VALUE.match(self.text, key.end() if key else self.place)
        if value is None:
            return False
        self.place = value.end()
        kind = str(value.lastgroup)
        word = re.sub(r"\\(.)", r"\1", value[kind]) if kind == "quoted" else value[kind]
        if key:
            named.append((key[1], word))
        else:
            positional.append(word)
        return True

    def _reason(self) -> str:
        rest = self.text[self.place : self.place + 1]
        if not rest or self.text.startswith("{{", self.place):
            return "it is not closed"
        if rest in '"`':
            return f"a parameter's {rest} is not closed"
        return f"{rest!r} cannot stand there"

    def _space(self) -> None:
        self.place = SPACE.match(self.text, self.place).end()  # type: ignore[union-attr]

    def _slash(self) -> bool:
        """Step over the slash of a closing tag, if it is there, and the space after it."""
        if not self.text.startswith("/", self.place):
            return False
        self.place += 1
        self._space()
        return True

    def _fault(self, reason: str) -> Malformed:
        return Malformed(reason, self.start, self.start + 3)

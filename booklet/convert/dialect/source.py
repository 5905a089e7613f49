"""What the dialect stage hands over: text for pandoc, and what its tokens stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# Noncharacters of Unicode: no text may hold them, and pandoc passes them through as parts of a word.
TOKEN = re.compile("\ufdd0(\\d+)\ufdd1")
MARK = re.compile("\ufdd2(\\d+)\ufdd3")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as the author wrote it, without its delimiters; `source` is the whole of it."""

    source: str
    tex: str
    display: bool
    line: int
    verbatim: bool = False
    """No Markdown pass goes over it: its backslashes are meant as they are."""


@dataclass(frozen=True, slots=True)
class Text:
    """Something that is shown as it is: the escaped form of a shortcode, a reference in a link's target."""

    source: str
    shown: str
    line: int


@dataclass(frozen=True, slots=True)
class Code:
    """A listing, or (not `block`) code in a line. Options: `title`, `hl_lines`, `linenos`, `linenostart`."""

    source: str
    text: str
    line: int
    block: bool = True
    language: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Markup:
    """An HTML tag: names in small letters, values without character references. `close`: `</name>`."""

    source: str
    name: str
    line: int
    close: bool = False
    attributes: tuple[tuple[str, str], ...] = ()
    known: bool = True
    """Is it a tag of HTML?"""

    def get(self, *names: str) -> str:
        """The value of the first of these attributes that says something."""
        values = dict(self.attributes)
        return next((values[name] for name in names if values.get(name)), "")


Token = Formula | Text | Code | Markup


@dataclass(frozen=True, slots=True)
class Source:
    """Markdown for pandoc. Tokens are numbered by their place in `tokens`."""

    text: str
    tokens: Sequence[Token]

    def restored(self, text: str) -> str:
        """The text as the author wrote it: tokens replaced by their source, line marks taken out."""
        return bare(TOKEN.sub(lambda match: self.tokens[int(match[1])].source, text))


def bare(text: str) -> str:
    """Without line marks."""
    return MARK.sub("", text)


def token(number: int) -> str:
    return f"\ufdd0{number}\ufdd1"


def mark(line: int) -> str:
    return f"\ufdd2{line}\ufdd3"

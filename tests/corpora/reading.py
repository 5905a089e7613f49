"""An independent reading of a post's Markdown: its headings and pictures, by markdown-it and regular expressions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

FRONT = re.compile(r"\A\s*(?:---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)|\+\+\+[ \t]*\n.*?\n\+\+\+[ \t]*(?:\n|\Z))", re.S)
FENCE = re.compile(
    r"^(?P<lead>[ \t>]*(?:[-*+] +|\d+[.)] +)*)(?P<mark>`{3,}|~{3,})[^`\n]*\n.*?(?:^[ \t>]*(?P=mark)[`~]*[ \t]*$|\Z)",
    re.S | re.M,
)
CODE = (
    "highlight code code-toggle mermaid chart echarts katex math mapbox music bilibili gist typeit style script raw "
    "graphviz asciinema gallery carousel timeline-data screenshot"
).split()
"""Shortcodes whose inside is no Markdown."""
HELD = re.compile(
    r"\{\{[<%]\s*(" + "|".join(CODE) + r")\b(?:(?![<%]\}\}).)*?[>%]\}\}.*?\{\{[<%]\s*/\s*\1\s*[>%]\}\}", re.S
)
SHOWN = re.compile(r"\{\{[<%]/\*.*?\*/[>%]\}\}", re.S)
INCLUDE = re.compile(r"\{\{[<%]\s*include\s+[\"']?([^\"'\s>%]+)[\"']?\s*[>%]\}\}")
TAG = re.compile(r"\{\{[<%].*?[>%]\}\}", re.S)
COMMENT = re.compile(r"<!--.*?-->", re.S)
MATHS = re.compile(r"\$\$.+?\$\$", re.S)
RAW = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1\s*>", re.S | re.I)
IMG = re.compile(r"<img\b[^>]*?\bsrc\s*=\s*[\"']?([^\"'\s>]+)", re.I)
ESCAPED = re.compile(r"\\<(/?\w[^<>\n]*?)\\?>")
FORMULA = re.compile(r"\$[^$\n]+\$|\\{1,2}\(.+?\\{1,2}\)")
LABEL = re.compile(r"^(?:面试题|问题|题目|题|问|question|problem|q)\s*(?=\d)", re.I)


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    line: int


@dataclass(frozen=True)
class Page:
    """What a reader finds in a post."""

    title: str
    headings: tuple[Heading, ...]
    pictures: tuple[str, ...]
    """Sources that are no addresses, escapes undone."""
    shown: frozenset[str] = frozenset()
    """Tags that the author shows as text, by a backslash before them."""


def read(path: Path, content: Path, title: str) -> Page:
    """`content`: where `include` looks for its files."""
    text = body(path)
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(_plain(text, content))
    found = tuple(_headings(tokens))
    first = found[0] if found else None
    if (
        first
        and first.level == 1
        and letters(first.text) == letters(title)
        and not title.rstrip().endswith(("?", "？"))
    ):
        found = found[1:]
    return Page(title, found, tuple(_pictures(tokens)), frozenset(f"<{tag}>" for tag in ESCAPED.findall(text)))


def body(path: Path) -> str:
    text = path.read_text("utf-8-sig", errors="replace").replace("\r\n", "\n")
    return FRONT.sub("", text, count=1)


def _plain(text: str, content: Path) -> str:
    """The Markdown without shortcodes, comments and displayed formulas; code is left as it is."""
    parts, place = [], 0
    for fence in FENCE.finditer(text):
        parts += [_prose(text[place : fence.start()], content), fence[0]]
        place = fence.end()
    return "".join([*parts, _prose(text[place:], content)])


def _prose(text: str, content: Path) -> str:
    def included(match: re.Match[str]) -> str:
        name = match[1].strip("/")
        place = next((p for p in (content / name, *content.glob(f"*/{name}")) if p.is_file()), None)
        return _plain(body(place), content) if place else ""

    text = SHOWN.sub("x", COMMENT.sub("", text))
    text = INCLUDE.sub(included, HELD.sub("", text))
    return MATHS.sub("x", TAG.sub("", text))


def _headings(tokens: list[Token]) -> Iterator[Heading]:
    for n, token in enumerate(tokens):
        line = (token.map or [0])[0] + 1
        if token.type == "heading_open":
            yield Heading(int(token.tag[1]), _words(tokens[n + 1]), line)
        elif token.type == "html_block" or token.type == "inline":
            for level, inside in RAW.findall(token.content if token.type == "html_block" else ""):
                yield Heading(int(level), re.sub(r"<[^>]+>", "", inside), line)


def _words(inline: Token) -> str:
    """What a heading says: no attributes, no notes, no tags, no names of emoji."""
    words = "".join(
        child.content if child.type in ("text", "code_inline") else " " if "break" in child.type else ""
        for child in inline.children or ()
    )
    words = re.sub(r"\s*\{[#.][^}]*\}\s*$", "", words)
    words = re.sub(r"\[\^[^\]]+\]", "", words)
    return re.sub(r":[a-z0-9_+-]+:", "", words).strip()


def _pictures(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        sources = [str(child.attrs.get("src", "")) for child in token.children or () if child.type == "image"]
        html = [token, *(token.children or ())]
        sources += [name for item in html if item.type.startswith("html") for name in IMG.findall(item.content)]
        yield from (unquote(name) for name in sources if name and not re.match(r"(?i)[a-z][a-z0-9+.-]*:|//", name))


def letters(text: str) -> str:
    """A title as far as two readings of it must agree."""
    folded = unicodedata.normalize("NFKC", LABEL.sub("", text.strip())).casefold()
    return "".join(c for c in folded if c.isalnum())


def agree(wanted: str, found: str) -> bool:
    """Is a line of contents this heading? Formulas are not compared: they are TeX in one, characters in the other."""
    parts = map(re.escape, map(letters, FORMULA.split(wanted)))
    return re.fullmatch(".*".join(parts), letters(found)) is not None


def levels(headings: tuple[Heading, ...]) -> list[int]:
    """The depth of each heading below the chapter's title, by what encloses it."""
    above: list[int] = []
    result = []
    for heading in headings:
        above = [level for level in above if level < heading.level] + [heading.level]
        result.append(min(len(above) + 1, 6))
    return result

"""Code as lines of highlighted spans, the same for paper and screen."""

from __future__ import annotations

import html
from collections.abc import Iterator

CLASSES = (("Comment", "c"), ("Keyword", "k"), ("String", "s"), ("Name.Function", "f"), ("Name.Class", "f"))
NAMES = {"cpp": "C++", "c++": "C++", "js": "JavaScript", "ts": "TypeScript", "sh": "Shell", "py": "Python"}


def lines(text: str, language: str) -> list[str]:
    """Each line as HTML: `<span class="c">` for comments and so on, keywords as `<b>`. Unknown languages stay plain."""
    rows = [""]
    for kind, part in _tokens(text.rstrip("\n").expandtabs(4), language):
        first, *rest = (_marked(kind, piece) for piece in part.split("\n"))
        rows[-1] += first
        rows += rest
    return rows


def _tokens(text: str, language: str) -> Iterator[tuple[str, str]]:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False) if language else None
    except ClassNotFound:
        lexer = None
    if lexer is None:
        yield "", text
        return
    for token, part in lexer.get_tokens(text):
        yield str(token).removeprefix("Token."), part


def _marked(kind: str, text: str) -> str:
    escaped = html.escape("".join(c for c in text if c.isprintable() or c == " "), quote=False)
    name = next((short for long, short in CLASSES if kind.startswith(long)), "")
    if not name or not text.strip():
        return escaped
    return f"<b>{escaped}</b>" if name == "k" else f'<span class="{name}">{escaped}</span>'


def language_name(language: str) -> str:
    """A language's name for the caption: `python` → Python, `cpp` → C++."""
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    if language in NAMES:
        return NAMES[language]
    try:
        return str(get_lexer_by_name(language).name) if language else ""
    except ClassNotFound:
        return language


def highlighted(options: str) -> frozenset[int]:
    """`[1,"3-5"]` or `1 3-5`: the lines that a fence asks to mark."""
    import re

    found: set[int] = set()
    for first, last in re.findall(r"(\d+)(?:\s*-\s*(\d+))?", options):
        found.update(range(int(first), int(last or first) + 1))
    return frozenset(found)

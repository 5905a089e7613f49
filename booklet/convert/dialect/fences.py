"""What a fence says of its listing: `python {linenos=table,hl_lines=[1,3]}`, `{.python title="x"}`, `js:main.js`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from booklet.convert.dialect.lines import Line
from booklet.convert.dialect.source import Code

OPTION = re.compile(r"([\w.-]+)\s*=\s*(\[[^\]]*\]|\"[^\"]*\"|'[^']*'|[^\s,}\"']+)")
LANGUAGE = re.compile(r"[^\s{}:=,.;\"'#][^\s{}:=,;\"']*|\.[\w+#-]+")
TITLES = ("title", "filename", "file", "name", "caption", "path")
MARKED = ("hl_lines", "hl-lines", "highlight", "hl")
NUMBERS = re.compile(r"\{\s*(\d+(?:\s*-\s*\d+)?(?:\s*,\s*\d+(?:\s*-\s*\d+)?)*)\s*\}")


def info(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The language and the options of an info string, those that a book can show."""
    words = text.strip()
    given = {key.lower(): value.strip("\"'") for key, value in OPTION.findall(words)}
    plain = OPTION.sub("", words)
    numbers = NUMBERS.search(plain)
    language = _language(words)
    found = {
        "title": next((given[key] for key in TITLES if given.get(key)), "") or _after_colon(plain),
        "hl_lines": next((given[key] for key in MARKED if given.get(key)), "") or (numbers[1] if numbers else ""),
        "linenos": "false" if given.get("linenos", "").lower() == "false" else "",
        "linenostart": given.get("linenostart") or given.get("startfrom") or "",
    }
    found["hl_lines"] = re.sub(r"[^\d-]+", " ", found["hl_lines"]).strip()
    if not found["linenostart"].isdigit():
        found["linenostart"] = ""
    return language, tuple((key, value) for key, value in found.items() if value)


def _language(words: str) -> str:
    """The first word, the first class of an attribute list, or nothing."""
    match = LANGUAGE.match(words) if not words.startswith("{") else re.search(r"\.([\w+#-]+)", OPTION.sub("", words))
    if match is None:
        match = re.match(r"\{\s*(\w+)\s*[,}\s]", words)
        return match[1].lower() if match and "=" not in match[0] else ""
    name = match[1] if match.lastindex else match[0]
    return name.lstrip(".").removeprefix("language-").removeprefix("lang-").lower()


def _after_colon(words: str) -> str:
    """`js:src/main.js` names a file."""
    match = re.match(r"[\w+#-]+:([^\s{}]*[^\s{}\d][^\s{}]*)", words)
    return match[1] if match else ""


def fenced(text: str, rows: tuple[Line, ...], line: int) -> Code:
    """The listing of a fenced block."""
    opening = rows[0]
    inside = rows[1:-1] if rows[-1].kind == "close" else rows[1:]
    head = text[opening.content : opening.end]
    language, options = info(head.lstrip("`~"))
    content = "\n".join(_outdented(text[row.content : row.end], opening.indent) for row in inside)
    return Code(text[opening.content : rows[-1].end], content, line, True, language, options)


def indented(text: str, rows: Iterable[Line], line: int) -> Code:
    """The listing of an indented block."""
    lines = [_outdented(text[row.content : row.end], 4) for row in rows]
    return Code("\n".join(lines), "\n".join(lines), line)


def _outdented(text: str, width: int) -> str:
    """The line without up to `width` columns of space."""
    spaces = re.match(r"[ \t]*", text)[0]  # type: ignore[index]
    if not width or not spaces:
        return text
    wide = spaces.expandtabs(4)
    return wide[min(width, len(wide)) :] + text[len(spaces) :]

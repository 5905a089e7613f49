"""Formulas in prose: where they begin and end, and which dollars are prices."""

from __future__ import annotations

import re
from collections.abc import Iterator

from booklet.convert.dialect.source import Formula

# Longest first: `\\(` is what Hugo authors write where Goldmark eats one backslash.
OPENING = re.compile(
    r"\\\\\(|\\\\\[|(?<!\\)\\\(|(?<!\\)\\\[|(?<!\\)\$\$|(?<![\\$])\$(?!\$)"
    r"|(?<!\\)\\begin\{(?P<name>(?:equation|align|alignat|gather|multline|flalign|eqnarray|CD)\*?)\}"
    r"|(?<!\\)\\{1,2}(?P<reference>(?:eq)?ref\{[^{}\n]+\})"
)
CLOSING = {"\\\\(": "\\\\)", "\\\\[": "\\\\]", "\\(": "\\)", "\\[": "\\]", "$$": "$$", "$": "$"}
DISPLAYS = ("$$", "\\\\[", "\\[")
BLANK = re.compile(r"\n[ \t>]*\n")
STOP = re.compile(r"^[ \t>]*(?:`{3,}|~{3,}|#{1,6}[ \t])", re.M)
SIGNS = re.compile(r"[\\^_{}=<>|]")
WORDS = re.compile(r"[A-Za-z]{2,}[ \t]+[A-Za-z]{2,}")
HAN = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200c\u200d\u2060\ufeff\u00ad]")
LIST = re.compile(r"-?\d+(?:\.\d+)?(?:, ?-?\d+(?:\.\d+)?)+")
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
PRICE = re.compile(r"^\d[\d.,]*\s*(?:[kKmMbB万亿]|美元|元|USD)?\s*(?:[-–~～/,，、;；]|$)")


def formulas(text: str, start: int, end: int, line: int) -> Iterator[tuple[int, int, Formula]]:
    """The formulas of `text[start:end]`, a stretch of prose that begins at `line`: from, to, value."""
    place = start
    while opening := OPENING.search(text, place, end):
        here = line + text.count("\n", start, opening.start())
        if opening["reference"]:
            place = opening.end()
            yield opening.start(), place, Formula(opening[0], f"\\{opening['reference']}", False, here)
            continue
        closed = _closed(text, opening, end)
        if closed is None:
            place = opening.end()
            continue
        inner, place = text[opening.end() : closed[0]], closed[1]
        source = text[opening.start() : place]
        display = bool(opening["name"]) or opening[0] in DISPLAYS
        yield opening.start(), place, Formula(source, clean(source if opening["name"] else inner), display, here)


def _closed(text: str, opening: re.Match[str], end: int) -> tuple[int, int] | None:
    """Where the formula's closing delimiter stands, or None if there is no formula."""
    left = opening[0]
    right = f"\\end{{{opening['name']}}}" if opening["name"] else CLOSING[left]
    limit = _limit(text, opening.end(), end, left)
    place = opening.end()
    while (found := text.find(right, place, limit)) >= 0:
        inner, after = text[opening.end() : found], text[found + len(right) : found + len(right) + 1]
        if not _escaped(text, found, right):
            return (found, found + len(right)) if _is_formula(left, inner, after) else None
        place = found + 1
    return None


def _limit(text: str, start: int, end: int, left: str) -> int:
    """A display formula may hold blank lines, an inline one ends with its paragraph; none crosses code or a heading."""
    stop = (BLANK if left in ("$", "\\(", "\\\\(") else STOP).search(text, start, end)
    return stop.start() if stop else end


def _escaped(text: str, place: int, right: str) -> bool:
    return right in ("$", "$$") and text[place - 1] == "\\" and text[place - 2 : place] != "\\\\"


def _is_formula(left: str, inner: str, after: str) -> bool:
    if not inner.strip():
        return False
    if left == "\\(":
        return bool(SIGNS.search(inner)) or len(inner.strip()) <= 3
    if left == "\\[":
        return bool(SIGNS.search(inner)) and not inner.startswith("^")
    return left != "$" or _is_inline(inner, after)


def _is_inline(inner: str, after: str) -> bool:
    """Is `$inner$` maths? Not when it reads like prose between two prices."""
    if after.isdigit() or inner.count("\n") > 4:
        return False
    if re.search(r"[\\^_={}]", inner):
        return True
    if LIST.fullmatch(inner) and not GROUPED.fullmatch(inner):
        return True
    if HAN.search(inner) or WORDS.search(inner) or (PRICE.match(inner.strip()) and not inner.strip().isdigit()):
        return False
    spaced = inner[0].isspace(), inner[-1].isspace()
    return spaced[0] == spaced[1]


def clean(inner: str) -> str:
    """TeX without zero-width characters, and without the quotation or list marks that its lines stand behind."""
    lines = INVISIBLE.sub("", inner).split("\n")
    stripped = [re.sub(r"^[ \t]*(?:>[ \t]?)*[ \t]*", "", text) if n else text for n, text in enumerate(lines)]
    return "\n".join(text for text in stripped if text.strip()).strip()


def readings(tex: str, goldmark: str, escapes: str, passthrough: bool | None) -> tuple[str, ...]:
    """The ways to read a formula's backslashes, the likeliest first; `goldmark` is `tex` after a Markdown pass.

    A site that hands maths through means the text as it stands, doubled backslashes included.  One that does not means
    what Goldmark leaves of it, but authors forget the doubling of row ends, which no Markdown-minded text would leave
    single; and some double the backslash of commands and not that of rows.
    """
    if escapes == "verbatim" or goldmark == tex:
        return (tex,)
    if escapes == "goldmark":
        return (goldmark,)
    if passthrough and re.search(r"\\\\[A-Za-z]{2,}", tex):
        return (tex,)
    rows = re.search(r"\\begin\{", tex) and re.search(r"(?<!\\)\\\\(?=\s|\[|$)", tex) and "\\\\\\\\" not in tex
    first_goldmark = (passthrough is False and not rows) or (re.search(r"\\\\[A-Za-z]{2,}", tex) and not rows)
    both = (goldmark, tex) if first_goldmark and passthrough is not True else (tex, goldmark)
    commands = re.sub(r"(?<!\\)\\\\(?=[A-Za-z]{2,})", lambda _: "\\", tex)
    return (tex, commands, goldmark) if rows and commands not in both else both

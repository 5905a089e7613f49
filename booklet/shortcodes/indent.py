"""Where a tag stands in its line, and how text is fitted between tags: behind quotation marks, inside list items."""

from __future__ import annotations

import re
from dataclasses import dataclass

from booklet.shortcodes.traced import LINE

PREFIX = re.compile(r"[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])(?:[ \t]+|$)|>)*")
MARKS = r"(?:\ufdd2\d+\ufdd3)*"
DELIMITER = re.compile(r"^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
HEADING = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*#{1,6}[ \t]")


@dataclass(frozen=True, slots=True)
class Lead:
    """`prefix` is what the next lines of the same container begin with; `tight`: a table's row, a heading."""

    prefix: str
    tight: bool = False


def lead(text: str, place: int) -> Lead:
    """How the line begins in which `place` lies."""
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    whole = text[start : end if end >= 0 else len(text)]
    begin = PREFIX.match(whole[: place - start])
    return Lead(continued(begin[0] if begin else ""), HEADING.match(whole) is not None or is_row(text, start, whole))


def begins(text: str) -> bool:
    """Does a line begin where this text ends, but for what the line's container begins with?"""
    return PREFIX.fullmatch(LINE.sub("", text[text.rfind("\n") + 1 :])) is not None


ADDRESS = re.compile(r"(?:\]\(\s*<?|=\s*[\"']?|^[ \t>]*\[[^\]]+\]:[ \t]*<?|<)(?:[^\s()<>\"']*)$")


def is_address(text: str, place: int) -> bool:
    """Does a link's target, an attribute's value or an autolink stand at `place`, or go on there?"""
    return ADDRESS.search(text[text.rfind("\n", 0, place) + 1 : place]) is not None


def continued(prefix: str) -> str:
    """`> - ` goes on as `>   `."""
    return re.sub(r"[-*+]|\d{1,9}[.)]", lambda match: " " * len(match[0]), prefix)


def is_row(text: str, start: int, line: str) -> bool:
    """Is this line, which begins at `start`, a row of a pipe table? A delimiter row stands above it or next to it."""
    if "|" not in line:
        return False
    if line.lstrip(" \t>").startswith("|"):
        return True
    above = text[:start].rstrip("\n").rsplit("\n", 400)[::-1]
    for other in above[:400]:
        if "|" not in other:
            return False
        if DELIMITER.match(other):
            return True
    return False


def placed(text: str, before: Lead) -> str:
    """Text as it may stand there: its lines begin as those of the container do; on one line where that must be."""
    if before.tight:
        return re.sub(r"\s*\n\s*", " ", text)
    return re.sub(rf"\n({MARKS})", lambda match: f"\n{match[1]}{before.prefix}", text) if before.prefix else text


def unplaced(text: str, prefix: str) -> str:
    """The other way round: lines without the container's beginning, and without the indentation that all share."""
    first, *rest = text.split("\n")
    quotes = prefix.count(">")
    lines = [_stripped(line, quotes) for line in rest]
    filled = [line for line in lines if LINE.sub("", line).strip()]
    shared = min((_indent(line) for line in filled), default=0)
    return "\n".join([first, *(_outdented(line, shared) for line in lines)])


def _stripped(line: str, quotes: int) -> str:
    for _ in range(quotes):
        line = re.sub(rf"^({MARKS})[ \t]*>[ ]?", r"\1", line, count=1)
    return line


def _indent(line: str) -> int:
    plain = LINE.sub("", line).expandtabs(4)
    return len(plain) - len(plain.lstrip(" "))


def _outdented(line: str, width: int) -> str:
    """The line with up to `width` columns of space less; its marks stay in front."""
    marks, rest = re.match(rf"({MARKS})(.*)", line, re.S).groups()  # type: ignore[union-attr]
    if not width:
        return line
    spaces = re.match(r"[ \t]*", rest)[0]  # type: ignore[index]
    return marks + " " * max(len(spaces.expandtabs(4)) - width, 0) + rest[len(spaces) :]

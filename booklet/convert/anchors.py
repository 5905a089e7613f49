"""Ids of headings as Hugo makes them (`markup.goldmark.parser.autoHeadingIDType`), and when two mean the same."""

from __future__ import annotations

import re
import unicodedata


def anchor(title: str, kind: str = "github") -> str:
    """github: letters, figures, `-` and `_` stay, spaces become hyphens. github-ascii: no accents, ASCII only.

    blackfriday: every run of anything but letters and figures is one hyphen.
    """
    words = title.strip().lower()
    if kind == "blackfriday":
        return re.sub(r"[\W_]+", "-", words).strip("-") or "heading"
    if kind == "github-ascii":
        words = "".join(c for c in unicodedata.normalize("NFD", words) if c.isascii())
    kept = "".join("-" if c == " " else c for c in words if c in "-_ " or _counts(c))
    return kept or "heading"


def _counts(character: str) -> bool:
    kind = unicodedata.category(character)
    return kind[0] == "L" or kind == "Nd"


def loose(name: str) -> str:
    """Letters and figures alone: what an id has in common with the same id made by another program."""
    return "".join(c for c in name.lower() if c.isalnum())


def written(line: str) -> str:
    """The text of a heading's line as Goldmark takes it for the id: Markdown's marks and link targets included."""
    text = re.sub(r"^[\s>*+-]*(?:\d+[.)]\s+)?#{1,6}\s+", "", line)
    return re.sub(r"\s+#+\s*$", "", re.sub(r"\s*\{[^{}]*\}\s*$", "", text))

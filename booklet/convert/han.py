"""Passes over Chinese text that need no layout (CLREQ 3.1.3, 3.2)."""

from __future__ import annotations

import re

from booklet.convert import ast
from booklet.convert.ast import Nodes

HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
LAST = re.compile(rf"([{HAN}])([{HAN}][，。、；：！？）》」』”’…]*)$")
DASH = re.compile(r"(?<=[^\s\u2060])(——|……|～|·)")
CLAUSE = re.compile(r"(?<=[？，：；！。）])")
SPLIT = range(16, 40)
"""Characters of titles that break between clauses."""


def joined(inlines: Nodes) -> Nodes:
    """No paragraph ends with a single Han character: U+2060 holds the last two together (CLREQ 3.2.4)."""
    if not inlines or inlines[-1]["t"] != "Str":
        return inlines
    return [*inlines[:-1], ast.node("Str", LAST.sub("\\1\u2060\\2", inlines[-1]["c"]))]


def kept(text: str) -> str:
    """`——`, `……`, `～` and `·` do not start a line (CLREQ 3.1.3)."""
    return DASH.sub("\u2060\\1", text)


def clauses(inlines: Nodes) -> Nodes:
    """A title of some length as clauses, so that its lines break where a speaker would pause."""
    words = ast.plain(inlines)
    if len(words) not in SPLIT or any(item["t"] not in ("Str", "Space") for item in inlines):
        return inlines
    parts = [part for part in CLAUSE.split(words) if part.strip()]
    if len(parts) < 2 or min(map(len, parts)) < 3 or max(map(len, parts)) > 20:
        return inlines
    return [ast.span(["ph"], ast.text(part.strip())) for part in parts]

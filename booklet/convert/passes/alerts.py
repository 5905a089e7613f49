"""GitHub's alerts (`> [!NOTE] Title`), which Hugo, Obsidian and others read as well, as asides."""

from __future__ import annotations

import re

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.draft import Context
from booklet.convert.passes.displays import trimmed
from booklet.convert.passes.html.blocks import aside
from booklet.diagnostics import Noted
from booklet.shortcodes.kinds import kind

SIGN = re.compile(r"\[!([\w-]+)\]([+-]?)$")
BREAKS = ("SoftBreak", "LineBreak")


def alerts(blocks: Nodes, context: Context) -> Noted[Nodes]:
    """A quotation that begins so becomes `Div(.aside kind=…)`; the rest of its first line is its title."""
    return Noted(ast.rewrite(blocks, _alert))


def _alert(item: Node) -> Nodes | None:
    if item["t"] != "BlockQuote" or not item["c"] or item["c"][0]["t"] not in ("Para", "Plain"):
        return None
    first, *rest = item["c"]
    match = SIGN.match(first["c"][0]["c"]) if first["c"] and first["c"][0]["t"] == "Str" else None
    if match is None:
        return None
    end = next((n for n, part in enumerate(first["c"]) if part["t"] in BREAKS), len(first["c"]))
    title, words = trimmed(first["c"][1:end]), trimmed(first["c"][end:])
    named = kind(match[1])
    if not title and named is None:
        title = ast.text(match[1].capitalize())
    body = [ast.node("Para", words), *rest] if words else rest
    return aside(named or "note", title, body)

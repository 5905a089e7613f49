"""Raw HTML in a post: what a book can show is rebuilt as AST, the rest is dropped with a notice."""

from __future__ import annotations

import re

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.draft import Context
from booklet.diagnostics import Diagnostic, Noted, finding

TAG = re.compile(r"<(?P<close>/)?(?P<name>[A-Za-z][\w-]*)(?P<rest>[^>]*)>", re.S)
ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
KEPT = ("sub", "sup", "kbd", "u", "mark", "b", "strong", "i", "em", "s", "del", "small", "code")
SILENT = ("a", "div", "span", "p", "center", "font", "details", "summary", "section", "figure", "figcaption")


def allow(blocks: Nodes, context: Context) -> Noted[Nodes]:
    """Line breaks and pictures become AST, simple inline tags stay when they are paired, other tags go.

    The text between tags is never lost, but for `<script>` and `<style>`.
    """
    dropped: dict[str, str] = {}

    def visit(item: Node) -> Node | Nodes | None:
        if item["t"] == "RawInline":
            return _inline(item, dropped)
        if item["t"] == "RawBlock":
            inlines = _inline(item, dropped)
            return [ast.node("Para", inlines)] if any(part["t"] in ("Image", "Str") for part in inlines) else []
        return None

    result = ast.rewrite(blocks, visit)
    notes = tuple(_notice(name, raw, context) for name, raw in dropped.items())
    return Noted(result, notes)


def _inline(item: Node, dropped: dict[str, str]) -> Nodes:
    kind, raw = item["c"]
    if kind != "html":
        return ast.text(raw)
    if re.match(r"\s*<(script|style)\b|\s*<!--", raw, re.I):
        return []
    result: Nodes = []
    for match in TAG.finditer(raw):
        result += _tag(match, dropped)
    return result


def _tag(match: re.Match[str], dropped: dict[str, str]) -> Nodes:
    name = match["name"].lower()
    if name in ("br", "wbr"):
        return [ast.node("LineBreak")] if name == "br" else []
    if name == "img" and not match["close"]:
        return _picture({k.lower(): a or b or c for k, a, b, c in ATTRIBUTE.findall(match["rest"])})
    if name not in KEPT and name not in SILENT:
        dropped.setdefault(name, match[0])
    return []


def _picture(attributes: dict[str, str]) -> Nodes:
    if not attributes.get("src"):
        return []
    alt = ast.text(attributes.get("alt", ""))
    return [ast.node("Image", ["", [], []], alt, [attributes["src"], attributes.get("title", "")])]


def _notice(name: str, raw: str, context: Context) -> Diagnostic:
    message = f"the HTML tag <{name}> has no place in a book; what stands between the tags is kept"
    return finding("html/dropped", message, context.find(raw), "write it as Markdown")

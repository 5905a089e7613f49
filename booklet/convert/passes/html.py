"""Raw HTML in a post: what a book can show is rebuilt as AST, the rest is dropped with a notice."""

from __future__ import annotations

import re

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.draft import Context
from booklet.diagnostics import Diagnostic, Noted, finding

TAG = re.compile(r"<(?P<close>/)?(?P<name>[A-Za-z][\w-]*)(?P<rest>[^>]*)>", re.S)
ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
KEPT = frozenset(
    ("sub", "sup", "kbd", "u", "mark", "b", "strong", "i", "em", "s", "del", "ins", "small", "code", "cite")
)
SILENT = frozenset(
    [
        "a",
        "div",
        "span",
        "p",
        "center",
        "font",
        "details",
        "summary",
        "section",
        "figure",
        "figcaption",
        "table",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
    ]
)
FOREIGN = frozenset(
    [
        "iframe",
        "video",
        "audio",
        "source",
        "embed",
        "object",
        "input",
        "button",
        "form",
        "select",
        "option",
        "textarea",
        "label",
        "canvas",
    ]
)
FOREIGN |= frozenset(
    [
        "blink",
        "marquee",
        "svg",
        "path",
        "g",
        "math",
        "nav",
        "header",
        "footer",
        "main",
        "article",
        "aside",
        "link",
        "meta",
        "style",
        "script",
    ]
)
SPOKEN = ("Para", "Plain", "Header", "Strong", "Emph", "Underline", "Strikeout", "Link", "Span")


def allow(blocks: Nodes, context: Context) -> Noted[Nodes]:
    """Line breaks and pictures become AST, simple inline tags stay when they are paired, other tags go.

    The text between tags is never lost, but for `<script>` and `<style>`; `<int>` is no tag of HTML and stays as text.
    """
    dropped: dict[str, str] = {}

    def visit(item: Node) -> Node | Nodes | None:
        if item["t"] == "RawInline":
            return _inline(item, dropped)
        if item["t"] == "RawBlock":
            inlines = _inline(item, dropped)
            return [ast.node("Para", inlines)] if any(part["t"] in ("Image", "Str") for part in inlines) else []
        return _paired(item) if item["t"] in SPOKEN else None

    result = ast.rewrite(blocks, visit)
    notes = tuple(_notice(name, raw, context) for name, raw in dropped.items())
    return Noted(result, notes)


def _paired(item: Node) -> Node | None:
    """Tags stay where each that opens is closed among the same inlines, in order."""
    if not item["c"]:
        return None
    inlines = item["c"] if isinstance(item["c"][0], dict) else item["c"][2 if item["t"] == "Header" else 1]
    open_tags: list[int] = []
    loose: set[int] = set()
    for place, inline in enumerate(inlines):
        if inline["t"] != "RawInline":
            continue
        name = inline["c"][1].strip("</>")
        if not inline["c"][1].startswith("</"):
            open_tags.append(place)
        elif open_tags and inlines[open_tags[-1]]["c"][1].strip("<>") == name:
            open_tags.pop()
        else:
            loose.add(place)
    loose.update(open_tags)
    if not loose:
        return None
    kept = [inline for place, inline in enumerate(inlines) if place not in loose]
    return ast.with_inlines(item, kept)


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
    if name in KEPT:
        return [ast.node("RawInline", "html", f"<{match['close'] or ''}{name}>")]
    if name in FOREIGN:
        dropped.setdefault(name, match[0])
    return [] if name in FOREIGN or name in SILENT or match["rest"].strip(" /") else [ast.node("Str", match[0])]


def _picture(attributes: dict[str, str]) -> Nodes:
    if not attributes.get("src"):
        return []
    alt = ast.text(attributes.get("alt", ""))
    return [ast.node("Image", ["", [], []], alt, [attributes["src"], attributes.get("title", "")])]


def _notice(name: str, raw: str, context: Context) -> Diagnostic:
    message = f"the HTML tag <{name}> has no place in a book; what stands between the tags is kept"
    return finding("html/dropped", message, context.find(raw), "write it as Markdown")

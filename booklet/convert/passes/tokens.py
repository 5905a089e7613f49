"""Tokens become what they stand for; line marks become `line` attributes of headings, links and pictures."""

from __future__ import annotations

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.dialect import MARK, TOKEN, Code, Formula, Source, Text, bare
from booklet.convert.draft import Context
from booklet.diagnostics import Noted

VERBATIM = ("Code", "CodeBlock", "RawInline", "RawBlock")


def restore(blocks: Nodes, context: Context) -> Noted[Nodes]:
    """See the module. A formula becomes `Span(.formula line=…)[Math]`, its TeX still as the author wrote it.

    A tag becomes `RawInline booklet` with its number, and so does nothing else; a listing becomes a `CodeBlock`, which
    for the time being may stand among inlines.
    """
    source = context.source

    def visit(item: Node) -> Node | Nodes | None:
        kind = item["t"]
        if kind == "Str":
            return _inlines(item["c"], source)
        if kind in VERBATIM:
            return {**item, "c": [item["c"][0], source.restored(item["c"][1])]}
        if kind in ("Header", "Link", "Image"):
            return _with_line(_target(item, source), context)
        return None

    return Noted(ast.rewrite(ast.rewrite(blocks, visit), _unmarked))


def _inlines(text: str, source: Source) -> Node | Nodes | None:
    if not TOKEN.search(text):
        return None
    inlines: Nodes = []
    place = 0
    for match in TOKEN.finditer(text):
        inlines += _string(text[place : match.start()]) + _thing(source, int(match[1]))
        place = match.end()
    return inlines + _string(text[place:])


def _string(text: str) -> Nodes:
    return [ast.node("Str", text)] if text else []


def _thing(source: Source, number: int) -> Nodes:
    thing = source.tokens[number]
    if isinstance(thing, Text):
        return ast.text(thing.shown)
    if isinstance(thing, Code):
        return [_code(thing)]
    if isinstance(thing, Formula):
        kind = ast.node("DisplayMath" if thing.display else "InlineMath")
        marks = {"line": str(thing.line)} | ({"verbatim": ""} if thing.verbatim else {})
        return [ast.span(["formula"], [ast.node("Math", kind, thing.tex)], **marks)]
    return [ast.node("RawInline", "booklet", str(number))]


def _code(code: Code) -> Node:
    classes = [code.language] if code.language else []
    pairs = [[key, value] for key, value in code.options]
    if code.language == "mermaid":
        pairs.append(["line", str(code.line)])
    return ast.node("CodeBlock" if code.block else "Code", ["", classes, pairs], code.text)


def _target(item: Node, source: Source) -> Node:
    if item["t"] == "Header":
        return item
    attr, inlines, (url, title) = item["c"]
    return {**item, "c": [attr, inlines, [source.restored(url), source.restored(title)]]}


def _with_line(item: Node, context: Context) -> Node:
    """A link by reference carries no mark: its line is the first that holds its target."""
    found = next((mark for part in ast.of(item, "Str") if (mark := MARK.search(part["c"]))), None)
    if found:
        return ast.with_value(item, "line", found[1])
    line = context.find(item["c"][2][0]).line if item["t"] != "Header" else None
    return ast.with_value(item, "line", str(line)) if line else item


def _unmarked(item: Node) -> Node | Nodes | None:
    kind = item["t"]
    if kind == "Str" and MARK.search(item["c"]):
        return _string(bare(item["c"]))
    if kind in VERBATIM and MARK.search(item["c"][1]):
        return {**item, "c": [item["c"][0], bare(item["c"][1])]}
    return None

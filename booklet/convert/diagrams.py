"""Diagrams that are written as text: pictures where a program draws them, listings where there is none."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.diagnostics import Diagnostic, Location, Noted, finding
from booklet.model import Post

Draw = Callable[[str], bytes | None]
"""A diagram's text → a picture; None where the program is not installed. OSError says why it was not drawn."""
DESCRIBED = re.compile(r"^\s*acc(Title|Descr)\s*(?::[ \t]*(.+)|\{([^}]*)\})\s*$", re.M)
"""Mermaid's own way to say what a diagram shows."""
HINT = "npm install -g @mermaid-js/mermaid-cli"


def drawn(blocks: Nodes, post: Post, draw: Draw) -> Noted[Nodes]:
    """Listings of the language `mermaid` become pictures, their titles the captions; what is not drawn stays."""
    notes: list[Diagnostic] = []

    def visit(item: Node) -> Node | None:
        if item["t"] != "CodeBlock" or "mermaid" not in ast.attribute(item)[1]:
            return None
        line = ast.value(item, "line") or str(post.body_line)
        where = Location(post.path, int(line))
        try:
            picture = draw(item["c"][1])
        except OSError as problem:
            notes.append(finding("pictures/diagram", f"the diagram is not drawn: {problem}", where))
            return None
        if picture is None:
            message = "the diagram is shown as its text: mmdc is not on the PATH"
            notes.append(finding("pictures/no-mmdc", message, where, HINT))
            return None
        said = described(item["c"][1])
        address = f"data:image/png;base64,{b64encode(picture).decode()}"
        caption = ast.text(ast.value(item, "title") or "")
        values = [["line", line], *([["alt", said]] if said else [])]
        return ast.node("Para", [ast.node("Image", ["", [], values], caption, [address, ""])])

    return Noted(ast.rewrite(blocks, visit), tuple(notes))


def described(text: str) -> str:
    """What a diagram says of itself for who cannot see it: its accTitle, its accDescr."""
    said = {kind: " ".join((line or block).split()) for kind, line, block in DESCRIBED.findall(text)}
    return " ".join(said[kind] for kind in ("Title", "Descr") if said.get(kind))

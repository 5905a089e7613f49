"""A question as the back-ends set it: its parts in reading order, and how points are written."""

from __future__ import annotations

from collections.abc import Mapping

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes

PARTS = ("asked", "focus", "answer", "rubric")
"""In reading order; the AST has the answer first (`booklet.model`)."""


def pieces(run: Node | Nodes) -> dict[str, Nodes]:
    """What of a run is set as running text: `text`, all of it, or the parts of a question, `answer` among them, or of
    an answer apart from it."""
    if isinstance(run, list):
        return {"text": run}
    said = {ast.attribute(part)[1][0]: part["c"][1] for part in run["c"][1] if part["t"] == "Div"}
    return {name: said[name] for name in PARTS if name == "answer" or said.get(name)}


def criterion(item: Node, words: Mapping[str, str]) -> str:
    """The points of a `Div(.criterion)` in words; empty where it names none."""
    low, high = (ast.value(item, bound) for bound in ("low", "high"))
    return worth(float(low) if low else None, float(high) if high else None, words)


def worth(low: float | None, high: float | None, words: Mapping[str, str]) -> str:
    """`8–10 分`, `3 分`, `≥ 90 分`; empty without bounds. `words`: the theme's, `{}` in `points` being the figure."""
    if low is None and high is None:
        return ""
    if low == high:
        figure = f"{low:g}"
    elif low is None or high is None:
        figure = f"≤ {high:g}" if low is None else f"≥ {low:g}"
    else:
        figure = f"{low:g}–{high:g}"
    return words["points"].replace("{}", figure)

"""How a formula stands in its place: as it is, smaller, folded, or in pieces between which a line may break."""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from booklet.convert import ast
from booklet.model import Formula
from booklet.pdf.formulas import CONTINUED, SPOKEN, key, pieces

Fold = Callable[[Formula, int], Any]
"""A display formula and a measure in em → its folded drawing, or None."""
BODY = 10.5
"""pt."""
FOLDED = 0.85
"""A formula that fits when it is set no smaller than this is not folded."""
WHOLE = 4.0
"""em: no line breaks inside a formula that is narrower."""
MARK = 1.0
"""em: for the punctuation mark that may follow a formula in a line, and cannot leave it."""
SPACE = 0.25
"""em: a word space."""
LIST, QUOTATION, COLUMN, CELL = 2.0, 4.0, 4.0, 1.2
"""em: what an item, a quotation, a title beside its number and a table's cell leave unused."""
LEAST = 6.0
"""em: in lists within lists within lists."""
TITLE, TABLE, NOTE = 14.0, 9.0, 8.0
"""pt."""


def rooms(tree: Any, measure: float) -> dict[int, float]:
    """How wide each formula of a chapter's blocks can be, by its number, in em of the text that it stands in."""
    return dict(_rooms(tree, measure))


def _rooms(tree: Any, room: float) -> Iterator[tuple[int, float]]:
    if isinstance(tree, list):
        for item in tree:
            yield from _rooms(item, room)
    elif isinstance(tree, dict) and "c" in tree:
        if tree["t"] == "Span" and ast.has_class(tree, "formula"):
            yield int(ast.value(tree, "n") or 0), max(room, LEAST)
        else:
            yield from _rooms(tree["c"], _inside(tree, room))


def _inside(item: ast.Node, room: float) -> float:
    """The room inside a node that has `room` itself."""
    kind = item["t"]
    if kind in ("BulletList", "OrderedList", "DefinitionList"):
        return room - LIST
    if kind == "BlockQuote":
        return room - QUOTATION
    if kind == "Table":
        return room * BODY / TABLE / max(1, len(item["c"][2])) - CELL
    if kind == "Header":
        return (room - COLUMN) * BODY / TITLE
    return room * BODY / NOTE if kind == "Note" else room


def fitted(formula: Formula, room: float, fold: Fold) -> Formula:
    """The formula as it is drawn in so much room: a display that would have to shrink much is folded, if that helps."""
    if formula.drawing is None or not formula.display or formula.drawing["width"] * FOLDED <= room:
        return formula
    folded = fold(formula, math.floor(room))
    helps = folded is not None and folded["width"] <= formula.drawing["width"] * FOLDED
    return replace(formula, drawing=folded) if helps else formula


def shown(formula: Formula, room: float) -> str:
    """The HTML of a formula, no wider than the room; the TeX in a box where there is no drawing."""
    drawing = formula.drawing
    if drawing is None:
        return f'<code class="tex-error">{html.escape(formula.excerpt)}</code>'
    room -= 0 if formula.display else MARK
    forced = any(piece["break"] for piece in drawing["pieces"])
    if drawing["pieces"] and (forced or drawing["width"] > min(WHOLE, room)):
        return "".join(_pieces(formula, room))
    return _image(formula, key(formula), drawing, room)


def _pieces(formula: Formula, room: float) -> Iterator[str]:
    """Images between which a line may break: at a space, which vanishes there, or right between two."""
    address, parts = key(formula), pieces(formula.drawing)
    for n, (piece, drawing) in enumerate(zip(formula.drawing["pieces"], parts, strict=True)):
        if piece["break"]:
            yield "<br />"
        elif piece["gap"] > SPACE + 0.1:
            yield f'<span style="word-spacing:{piece["gap"] - SPACE:.3f}em"> </span>'
        elif piece["gap"]:
            yield " "
        yield _image(formula, f"{address}.{n}", drawing, room, later=n > 0)


def _image(formula: Formula, address: str, drawing: dict[str, Any], room: float, later: bool = False) -> str:
    """The `<img>` of a drawing, its size and baseline in em; what is wider than the room is set smaller."""
    alt = CONTINUED if later else html.escape(SPOKEN + " ".join(formula.tex.split()))
    size = f"font-size:{room / drawing['width']:.3f}em;" if drawing["width"] > room else ""
    wide = "width:100%" if drawing["stretch"] else f"width:{drawing['width']:.4f}em"
    style = f"{size}{wide};height:{drawing['height'] + drawing['depth']:.4f}em;vertical-align:{-drawing['depth']:.4f}em"
    return f'<img class="math" src="{address}" alt="{alt}" style="{style}" />'

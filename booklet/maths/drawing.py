"""A drawing: outlines with places, in a form that JSON holds and a PDF page takes.

A drawing is `{"width", "height", "depth", "left", "stretch", "items", "pieces"}`: width, and height above and depth
below the baseline, in em.  Items have coordinates in 1/1000 em, y upwards from the baseline:

    ["fill", anchor, matrix, path, colour]           ["stroke", anchor, matrix, path, colour, width, dash]
    ["text", anchor, matrix, size, text, colour, slanted, bold]
    ["clip", anchor, matrix, x, y, width, height] … ["end"]

`anchor` is "left", or, where `stretch` says that the formula fills the measure for its number's sake, "centre" or
"right".  A colour of `None` is the text's.

`pieces` are the parts between which a line may break, none or at least two: `{"from", "to", "left", "width", "gap",
"break"}`, a run of the items, its place and width in em, the space before it where the line does not break, and
whether it must.
"""

from __future__ import annotations

from typing import Any

from booklet.maths.matrix import Matrix, times

GAPS = {"1": 0.111, "2": 0.167, "3": 0.222, "4": 0.278, "5": 0.333}
"""em: the space around an operator, by the size that MathJax gives a break."""


def drawing(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """The drawing of what the engine gives: a formula in one part, or in several between which a line may break."""
    for part in parts:
        part["gap"] = GAPS.get(part["gap"], 0.0)
        part |= {name: round(part[name], 4) for name in ("width", "height", "depth")}
    if len(parts) > 1:
        return _joined(parts)
    whole = {name: parts[0][name] for name in ("width", "height", "depth", "left", "stretch", "items")}
    return {**whole, "pieces": []}


def _joined(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """The parts of an inline formula as one drawing, on one baseline."""
    items: list[list[Any]] = []
    pieces: list[dict[str, Any]] = []
    place, alone = 0.0, False
    for part in parts:
        place += part["gap"] - part["left"] / 1000
        shift: Matrix = (1, 0, 0, 1, 1000 * place, 0)
        own = [
            [item[0], item[1], list(times(shift, item[2])), *item[3:]] if item[1:] else item for item in part["items"]
        ]
        piece = {"from": len(items), "to": len(items) + len(own), "left": place, "width": part["width"]}
        piece |= {"gap": part["gap"], "break": part["break"]}
        alone, before = part["lead"] == part["blank"] == 0 and not part["break"] and part["gap"] > 0, alone
        items += own
        if pieces and alone:  # an operator before a sign: `= -1`
            pieces[-1] |= {"to": len(items), "width": place + part["width"] - pieces[-1]["left"]}
        else:
            if pieces and not part["break"] and not before:
                _behind_the_operator(pieces[-1], piece, own, part["blank"] or part["lead"], not part["blank"])
            pieces.append(piece)
        place += part["width"]
    height, depth = (max(part[name] for part in parts) for name in ("height", "depth"))
    values = {"left": 0.0, "stretch": False, "items": items, "pieces": pieces if len(pieces) > 1 else []}
    return {"width": round(place, 4), "height": height, "depth": depth, **values}


def _behind_the_operator(
    before: dict[str, Any], piece: dict[str, Any], items: list[list[Any]], by: float, operator: bool
) -> None:
    """MathJax breaks before an operator; a line of text breaks after it (GB 3102.11 and TeX): it changes sides.

    Blank space at the start, the other case, goes into the gap.
    """
    start = piece["left"] + by
    if operator and by:
        moved = next((n for n, item in enumerate(items) if item[1:] and item[2][4] >= 1000 * start - 1), len(items))
        piece["from"] += moved
        before |= {"to": piece["from"], "width": start - piece["gap"] - before["left"]}
    elif by:
        piece["gap"] += by
    piece["width"] -= by
    piece["left"] = start

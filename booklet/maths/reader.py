"""A walk over an SVG tree as MathJax writes it → the items of a drawing (see `booklet.maths.drawing`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
TRANSFORM = re.compile(r"(translate|scale|matrix|rotate|skewX)\(([^)]*)\)")
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
ROUND = 0.5523
"""The control points of a quarter of a circle of radius 1."""


@dataclass(frozen=True, slots=True)
class Pen:
    """What an element inherits."""

    matrix: Matrix = IDENTITY
    fill: str | None = None
    stroke: str | None = None
    width: float = 0
    anchor: str = "left"


class Reader:
    """One walk over an SVG tree."""

    def __init__(self, root: Any, outlines: dict[str, str], stretch: bool) -> None:
        self.root, self.outlines, self.stretch = root, outlines, stretch

    def items(self, element: Any, pen: Pen) -> Iterator[list[Any]]:
        for child in element:
            if isinstance(child.tag, str) and child.tag != f"{SVG}defs":
                yield from self.element(child, self.inherited(child, pen))

    def inherited(self, element: Any, pen: Pen) -> Pen:
        matrix = pen.matrix
        if (text := element.get("transform")) and not (self.stretch and self._places_table(element, text)):
            matrix = times(matrix, transform(text))
        return replace(
            pen,
            matrix=matrix,
            fill=_colour(element.get("fill"), pen.fill),
            stroke=_colour(element.get("stroke"), pen.stroke),
            width=_number(element.get("stroke-width"), pen.width),
        )

    @staticmethod
    def _places_table(element: Any, text: str) -> bool:
        """A formula with a number is moved to the middle of a page that MathJax imagines; here the page is real."""
        scaled = "scale(0.0" in text or (
            text.startswith("translate(0 ") and "matrix(1 0 0 -1" in text and "scale(" in text
        )
        return scaled or (element.get("data-mml-node") == "mtable" and text.count("translate") == 2)

    def element(self, element: Any, pen: Pen) -> Iterator[list[Any]]:
        kind = element.tag[len(SVG) :]
        if kind == "use":
            yield from _filled(pen, self.outlines.get((element.get(HREF) or "#")[1:]))
        elif kind in SHAPES:
            yield from _shape(pen, SHAPES[kind](element), element)
        elif kind == "text":
            yield _text(pen, element)
        elif kind == "svg":
            yield from self.nested(element, pen)
        else:
            yield from self.items(element, pen)

    def nested(self, element: Any, pen: Pen) -> Iterator[list[Any]]:
        box = [float(n) for n in (element.get("viewBox") or "").split()]
        if box and (element.get("data-table") or element.get("data-labels")):
            table = bool(element.get("data-table"))
            shift = -(box[0] + box[2] / 2) if table else -(box[0] + box[2])
            yield from self.items(element, Pen((1, 0, 0, 1, shift, 0), anchor="centre" if table else "right"))
            return
        x, y, width, height = (_number(element.get(name), 0) for name in ("x", "y", "width", "height"))
        inner = times(pen.matrix, (1, 0, 0, 1, x, y))
        if not box:
            yield from self.items(element, replace(pen, matrix=inner))
            return
        scale = (width / box[2], height / box[3])
        yield ["clip", pen.anchor, list(inner), 0, 0, width, height]
        moved = times(inner, (scale[0], 0, 0, scale[1], -box[0] * scale[0], -box[1] * scale[1]))
        yield from self.items(element, replace(pen, matrix=moved))
        yield ["end"]


def _shape(pen: Pen, path: str | None, element: Any) -> Iterator[list[Any]]:
    """A path, rectangle, line or ellipse: filled, or drawn with a pen."""
    if not path or element.get("data-hitbox"):
        return
    if element.tag == f"{SVG}line" or pen.fill == "none":
        if pen.stroke != "none" and pen.width:
            yield ["stroke", pen.anchor, list(pen.matrix), path, pen.stroke, pen.width]
    else:
        yield from _filled(pen, path)


def _filled(pen: Pen, path: str | None) -> Iterator[list[Any]]:
    if path:
        yield ["fill", pen.anchor, [round(n, 4) for n in pen.matrix], path, pen.fill]


def _text(pen: Pen, element: Any) -> list[Any]:
    size = _number(element.get("font-size"), 1000)
    slanted, bold = element.get("font-style") == "italic", element.get("font-weight") == "bold"
    return ["text", pen.anchor, list(pen.matrix), size, "".join(element.itertext()), pen.fill, slanted, bold]


def _path(element: Any) -> str | None:
    path: str | None = element.get("d")
    return path if path and path.strip() not in ("", "M0 0") else None


def _rectangle(element: Any) -> str | None:
    x, y, width, height = (_number(element.get(name), 0) for name in ("x", "y", "width", "height"))
    return f"M{x} {y}L{x + width} {y}L{x + width} {y + height}L{x} {y + height}Z" if width and height else None


def _line(element: Any) -> str | None:
    x1, y1, x2, y2 = (_number(element.get(name), 0) for name in ("x1", "y1", "x2", "y2"))
    return f"M{x1} {y1}L{x2} {y2}"


def _ellipse(element: Any) -> str | None:
    cx, cy, rx, ry = (_number(element.get(name), 0) for name in ("cx", "cy", "rx", "ry"))
    kx, ky = rx * ROUND, ry * ROUND
    return (
        f"M{cx + rx} {cy}C{cx + rx} {cy + ky} {cx + kx} {cy + ry} {cx} {cy + ry}"
        f"C{cx - kx} {cy + ry} {cx - rx} {cy + ky} {cx - rx} {cy}"
        f"C{cx - rx} {cy - ky} {cx - kx} {cy - ry} {cx} {cy - ry}"
        f"C{cx + kx} {cy - ry} {cx + rx} {cy - ky} {cx + rx} {cy}Z"
    )


SHAPES = {"path": _path, "rect": _rectangle, "line": _line, "ellipse": _ellipse}


def _colour(own: str | None, inherited: str | None) -> str | None:
    if own is None:
        return inherited
    return None if own == "currentColor" else own


def _number(text: str | None, default: float) -> float:
    return float(re.sub(r"[a-z%]+$", "", text)) if text else default


def transform(text: str) -> Matrix:
    """The matrix of an SVG `transform` attribute (SVG 1.1 §7.6)."""
    matrix = IDENTITY
    for kind, arguments in TRANSFORM.findall(text):
        n = [float(value) for value in re.split(r"[ ,]+", arguments.strip())]
        matrix = times(matrix, _single(kind, n))
    return matrix


def _single(kind: str, n: list[float]) -> Matrix:
    import math

    if kind == "translate":
        return (1, 0, 0, 1, n[0], n[1] if len(n) > 1 else 0)
    if kind == "scale":
        return (n[0], 0, 0, n[1] if len(n) > 1 else n[0], 0, 0)
    if kind == "rotate":
        c, s = math.cos(math.radians(n[0])), math.sin(math.radians(n[0]))
        x, y = (n[1], n[2]) if len(n) > 2 else (0, 0)
        return times(times((1, 0, 0, 1, x, y), (c, s, -s, c, 0, 0)), (1, 0, 0, 1, -x, -y))
    if kind == "skewX":
        return (1, 0, math.tan(math.radians(n[0])), 1, 0, 0)
    return (n[0], n[1], n[2], n[3], n[4], n[5])


def times(m: Matrix, n: Matrix) -> Matrix:
    """First n, then m, as PDF and SVG multiply."""
    a, b, c, d, e, f = m
    g, h, i, j, k, l = n  # noqa: E741
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f)


def undone(m: Matrix) -> Matrix:
    """The inverse of a matrix."""
    a, b, c, d, e, f = m
    det = a * d - b * c
    return (d / det, -b / det, -c / det, a / det, (c * f - d * e) / det, (b * e - a * f) / det)

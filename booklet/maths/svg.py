"""A drawing → SVG: for readers without MathML, and for the PDF where formulas cannot draw themselves."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

from booklet.maths.lint import known_colour
from booklet.maths.matrix import Matrix, undone

NAMESPACE = "http://www.w3.org/2000/svg"


def inline(drawing: dict[str, Any], tex: str) -> str:
    """An `<svg>` that stands in a line of HTML: sizes in em, the text's colour, the TeX for who cannot see it."""
    width, height = drawing["width"], drawing["height"] + drawing["depth"]
    wide = f"100%;min-width:{_number(width)}em" if drawing["stretch"] else f"{_number(width)}em"
    style = f"width:{wide};height:{_number(height)}em;vertical-align:{_number(-drawing['depth'])}em;overflow:visible"
    label = html.escape(" ".join(tex.split()))
    view = "" if drawing["stretch"] else f' viewBox="{_view(drawing)}"'
    head = f'<svg xmlns="{NAMESPACE}" class="math" role="img" aria-label="{label}" style="{style}"{view}>'
    return f"{head}{_anchored(drawing) if drawing['stretch'] else _body(drawing['items'])}</svg>"


def image(drawing: dict[str, Any], family: str) -> bytes:
    """A file of its own, 1000 units an em; a number stands as near its formula as it must."""
    start = {"left": 0.0, "centre": 500 * drawing["width"], "right": 1000 * drawing["width"]}
    groups = (
        f'<g transform="translate({_number(x)},0)">{_body([i for i in drawing["items"] if _anchor(i) == anchor])}</g>'
        for anchor, x in start.items()
    )
    body = "".join(groups) if drawing["stretch"] else _body(drawing["items"])
    head = f'<svg xmlns="{NAMESPACE}" viewBox="{_view(drawing)}" font-family="{html.escape(family)}">'
    return f"{head}{body}</svg>".encode()


def _view(drawing: dict[str, Any]) -> str:
    height = drawing["height"] + drawing["depth"]
    left = 0.0 if drawing["stretch"] else drawing["left"]
    box = (left, -1000 * drawing["height"], 1000 * drawing["width"], 1000 * height)
    return " ".join(map(_number, box))


def _anchor(item: list[Any]) -> str:
    return str(item[1]) if item[1:] else "left"


def _anchored(drawing: dict[str, Any]) -> str:
    """A formula in the middle of the measure and its number at the margin: a box of one em at each place."""
    places = {"left": "0", "centre": "50%", "right": "100%"}
    box = f'y="{_number(drawing["height"])}em" width="1em" height="1em" viewBox="0 0 1000 1000" overflow="visible"'
    return "".join(
        f'<svg x="{x}" {box}>{_body(items)}</svg>'
        for anchor, x in places.items()
        if (items := [item for item in drawing["items"] if _anchor(item) == anchor])
    )


def _body(items: list[list[Any]]) -> str:
    return f'<g fill="currentColor" stroke="none">{"".join(_elements(items))}</g>'


def _elements(items: list[list[Any]]) -> Iterator[str]:
    for kind, *rest in items:
        yield DRAWN[kind](*rest)


def _fill(anchor: str, matrix: list[float], path: str, colour: str | None) -> str:
    return f'<path transform="{_matrix(matrix)}" d="{path}"{_paint("fill", colour)}/>'


def _stroke(anchor: str, matrix: list[float], path: str, colour: str | None, width: float, dash: list[float]) -> str:
    paint = _paint("stroke", colour) or ' stroke="currentColor"'
    dashed = f' stroke-dasharray="{" ".join(map(_number, dash))}"' if dash else ""
    head = f'<path transform="{_matrix(matrix)}" d="{path}" fill="none"'
    return f'{head}{paint} stroke-width="{_number(width)}"{dashed}/>'


def _text(
    anchor: str, matrix: list[float], size: float, words: str, colour: str | None, slanted: bool, bold: bool
) -> str:
    style = (' font-style="italic"' if slanted else "") + (' font-weight="bold"' if bold else "")
    head = f'<text transform="{_matrix(matrix)}" font-size="{_number(size)}"{style}{_paint("fill", colour)}>'
    return f"{head}{html.escape(words, quote=False)}</text>"


def _clip(anchor: str, matrix: list[float], x: float, y: float, width: float, height: float) -> str:
    """An `<svg>` cuts off what lies outside it, and needs no id."""
    box = f'x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{_number(height)}"'
    back = undone(tuple(matrix))  # type: ignore[arg-type]
    return f'<g transform="{_matrix(matrix)}"><svg {box} overflow="hidden"><g transform="{_matrix(back)}">'


def _end() -> str:
    return "</g></svg></g>"


DRAWN: dict[str, Any] = {"fill": _fill, "stroke": _stroke, "text": _text, "clip": _clip, "end": _end}


def _paint(name: str, colour: str | None) -> str:
    return f' {name}="{html.escape(colour)}"' if colour and known_colour(colour) else ""


def _matrix(matrix: list[float] | Matrix) -> str:
    return f"matrix({','.join(map(_number, matrix))})"


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))

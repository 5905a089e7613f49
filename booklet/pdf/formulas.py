"""Formulas as images that draw themselves: glyph outlines shared by the whole document, in the text's colour.

WeasyPrint's documented `cache` of images may be filled beforehand with objects that have `get_intrinsic_size` and
`draw`.  What `draw` calls is private to WeasyPrint 70.0, the version that `pyproject.toml` pins.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from math import inf
from typing import Any

from booklet.maths import svg
from booklet.maths.matrix import Matrix, times, undone
from booklet.model import Formula
from booklet.pdf.outlines import box, number, operators

SPOKEN = "math:"
"""The mark of a formula's alternative text, by which `repair` tells formulas from figures; it takes it off."""
HIDDEN = 0.5
"""em: the width of an x, roughly."""
CONTINUED = "math+:"
"""The alternative text of the second and later pieces of a formula: `repair` joins them to the first."""


def key(formula: Formula) -> str:
    """The address of a formula's image: equal drawings of equal TeX share it."""
    text = json.dumps([formula.tex, formula.display, formula.drawing], sort_keys=True)
    return f"math:{hashlib.sha256(text.encode()).hexdigest()[:24]}"


def images(formulas: Mapping[str, Formula]) -> dict[str, MathImage]:
    """The image objects of formulas, by their addresses."""
    return {
        address: MathImage(drawing, "" if later else formula.tex)
        for formula_address, formula in formulas.items()
        for address, drawing, later in _addresses(formula_address, formula)
    }


def files(formulas: Mapping[str, Formula], family: str) -> dict[str, bytes]:
    """SVG files for the same addresses, in black: all that WeasyPrint needs for them is public."""
    return {
        address: svg.image(drawing, family)
        for formula_address, formula in formulas.items()
        for address, drawing, _ in _addresses(formula_address, formula)
    }


def _addresses(address: str, formula: Formula) -> Iterator[tuple[str, dict[str, Any], bool]]:
    """A formula's own address and those of the pieces between which it may break (".0", ".1", …): are they later?"""
    yield address, formula.drawing, False
    for n, part in enumerate(pieces(formula.drawing)):
        yield f"{address}.{n}", part, n > 0


def pieces(drawing: dict[str, Any]) -> list[dict[str, Any]]:
    """The drawings of a drawing's pieces, all on its baseline and of its height."""
    return [
        {**drawing, "width": p["width"], "left": 1000 * p["left"], "items": drawing["items"][p["from"] : p["to"]]}
        for p in drawing["pieces"]
    ]


class MathImage:
    """The image object of a formula, or of a piece of one. `draw` is called for each place where it stands.

    `tex` is empty for the pieces after the first.
    """

    def __init__(self, drawing: dict[str, Any], tex: str) -> None:
        self.drawing, self.tex = drawing, tex

    def get_intrinsic_size(self, resolution: float, font_size: float) -> tuple[float, float, float]:
        """Width, height in px and their ratio, for the font size in px."""
        width, height = self.drawing["width"], self.drawing["height"] + self.drawing["depth"]
        return width * font_size, height * font_size, width / height if height else 1

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Into a box of this size in px. Copying it from the PDF gives the TeX (`ActualText`, PDF 32000-1 §14.9.4)."""
        import pydyf

        if not self.drawing["items"]:
            return
        stream.set_color(style["color"])
        stream.set_color(style["color"], stroke=True)
        _Pen(stream, self.drawing, width, height, style).all(pydyf, " ".join(self.tex.split()))


class _Pen:
    """One drawing on one page."""

    def __init__(self, stream: Any, drawing: dict[str, Any], width: float, height: float, style: Any) -> None:
        em = 1000 * (drawing["height"] + drawing["depth"])
        self.scale = height / em if em else 1
        self.stream, self.drawing, self.style = stream, drawing, style
        self.whole = width / self.scale
        self.start = {"left": -drawing["left"], "centre": self.whole / 2, "right": self.whole}
        self.colour: str | None = None

    def base(self, anchor: str) -> Matrix:
        k = self.scale
        return (k, 0, 0, k, self.start[anchor] * k, 1000 * self.drawing["height"] * k)

    def all(self, pydyf: Any, tex: str) -> None:
        self.stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(tex)}))
        if tex:  # a reader needs a glyph to hang the text on, as wide as what is selected
            wide = (self.whole / 1000 / HIDDEN, 0.0, 0.0, 1.0, self.drawing["left"], 0.0)
            self.words(times(self.base("left"), wide), 1000, "x", False, False, hidden=True)
        for kind, *rest in self.drawing["items"]:
            getattr(self, kind)(*rest)
        self.stream.end_marked_content()

    def fill(self, anchor: str, matrix: list[float], path: str, colour: str | None) -> None:
        if operators(path):
            self.paint(colour)
            self.write(f"q {self.placed(anchor, matrix)} cm /{self.outline(path)} Do Q")

    def stroke(
        self, anchor: str, matrix: list[float], path: str, colour: str | None, width: float, dash: list[float]
    ) -> None:
        dashed = f"[{' '.join(map(number, dash))}] 0 d " if dash else ""
        pen = f"{self.rgb(colour)} RG {self.placed(anchor, matrix)} cm {number(width)} w {dashed}"
        self.write(f"q {pen}{operators(path)} S Q")

    def text(
        self, anchor: str, matrix: list[float], size: float, words: str, colour: str | None, slanted: bool, bold: bool
    ) -> None:
        self.paint(colour)
        self.words(times(self.base(anchor), tuple(matrix)), size, words, slanted, bold)  # type: ignore[arg-type]

    def clip(self, anchor: str, matrix: list[float], x: float, y: float, width: float, height: float) -> None:
        frame = " ".join(number(n) for n in (x, y, width, height))
        self.write(f"q {self.placed(anchor, matrix)} cm {frame} re W n {self.undone(anchor, matrix)} cm")

    def end(self) -> None:
        self.write("Q")

    def write(self, operation: str) -> None:
        self.stream.stream.append(operation.encode())

    def placed(self, anchor: str, matrix: list[float]) -> str:
        return " ".join(_precise(n) for n in times(self.base(anchor), tuple(matrix)))  # type: ignore[arg-type]

    def undone(self, anchor: str, matrix: list[float]) -> str:
        whole = times(self.base(anchor), tuple(matrix))  # type: ignore[arg-type]
        return " ".join(_precise(n) for n in undone(whole))

    def paint(self, colour: str | None) -> None:
        if colour != self.colour:
            self.colour = colour
            self.write(f"{self.rgb(colour)} rg")

    def rgb(self, colour: str | None) -> str:
        from tinycss2.color5 import parse_color

        own = self.style["color"]
        found = parse_color(colour) if colour else own
        return " ".join(number(n) for n in (found or own).to("srgb").coordinates)

    def outline(self, path: str) -> str:
        """The name of the path's Form XObject; the document keeps one of each."""
        import pydyf

        name = f"mg{hashlib.sha256(path.encode()).hexdigest()[:16]}"
        forms = self.stream._resources["XObject"]
        if name not in forms:
            extra = {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array(box(path))}
            forms[name] = pydyf.Stream([f"{operators(path)} f".encode()], extra, compress=True)
        return name

    def words(self, matrix: Matrix, size: float, words: str, slanted: bool, bold: bool, hidden: bool = False) -> None:
        """Text inside a formula (`\\text{…}`, Han) is set in the body's face by WeasyPrint itself."""
        from weasyprint.css.properties import INITIAL_VALUES
        from weasyprint.draw.text import draw_first_line
        from weasyprint.matrix import Matrix as PageMatrix
        from weasyprint.svg.text import Style, TextBox
        from weasyprint.text.line_break import split_first_line

        style = Style()
        style.update(INITIAL_VALUES)
        style.font_config = self.style.font_config
        style.update(font_family=self.style["font_family"], font_size=size, lang=self.style["lang"])
        style.update(font_style="italic" if slanted else "normal", font_weight=700 if bold else 400)
        layout = split_first_line(words, style, None, inf, 0)[0]
        layout.reactivate(style)
        self.stream.begin_text()
        if hidden:
            self.stream.set_text_rendering(3)
        a, b, c, d, e, f = matrix
        draw_first_line(self.stream, TextBox(layout, style), "none", "none", PageMatrix(a, b, -c, -d, e, f))
        if hidden:
            self.stream.set_text_rendering(0)
        self.stream.end_text()


def _precise(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".") or "0"

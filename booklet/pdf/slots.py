"""Ink that only the linker knows. While a piece is laid out, a slot reserves its box and says which type it needs.

    <img src="slot:page:ID">              the folio of ID, anywhere in the book
    <img src="slot:number:ID">            the number of a chapter, or of a question in the book, 3.2
    <img src="slot:chapter">              the number of the chapter that the piece is
    content: url("slot:folio")            in a margin box: the page's own folio
    content: url("slot:tab?width=36&side=right")   the fore-edge tab: a box as wide as the slot (pt), whose place and
                                          height depend on the chapter's number; it goes on over the paper's edge on
                                          its side, for the bleed. Under it, the last question of a right-hand page,
                                          the first one of a left-hand page.

A label stands in its box as `text-align` says; the tab's figure has the colour of the paper.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

CHARACTERS = "0123456789ivxlcdm.-"
"""All that a page label and a question's number can hold."""
PREFIX = "slot:"
PX = 4 / 3
"""Pixels in a point."""
WIDTHS = {"folio": 4.4, "page": 2.6, "number": 2.6, "chapter": 1.3}
"""em of the boxes where CSS says nothing: lxxxviii, four digits of most faces, two for chapters."""
STEP = 36.0
"""pt: the tabs of two chapters stand at most so far apart; more chapters stand closer."""
TAB = 36.0
"""pt: the height that a tab's slot takes up; its ink stands where the chapter's number puts it."""
FAR = 4000.0
"""px: no ink is cut off."""
CAPITALS = 0.73
"""em: the height of figures; the lower edge of the box is the baseline."""


@dataclass(slots=True)
class Drawn:
    """A slot that a page has drawn; the page's number follows when the PDF is written."""

    name: str
    url: str
    stream: Any
    width: float
    height: float
    font: str
    size: float
    align: str
    colour: tuple[float, float, float]
    glyphs: dict[str, tuple[int, float]]


class SlotImage:
    """The image object of a slot, for WeasyPrint's `cache` of images."""

    def __init__(self, url: str, drawn: list[Drawn]) -> None:
        self.url, self.drawn = url, drawn

    def get_intrinsic_size(self, resolution: float, font_size: float) -> tuple[float, float, float]:
        """Width, height in px and their ratio; CSS on an `<img>` wins."""
        kind = kind_of(self.url)
        if kind == "tab":
            width, height = float(asked_of(self.url).get("width", 36)) * PX, TAB * PX
        else:
            width, height = WIDTHS[kind] * font_size, CAPITALS * font_size
        return width, height, width / height

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """An empty Form XObject under the slot's name, and a record of the type that the label is to be set in."""
        import pydyf

        font, size, glyphs = _type(stream, style)
        name = f"slot{len(self.drawn)}"
        colour = tuple(style["color"].to("srgb").coordinates)
        align = style["text_align_all"]
        self.drawn.append(Drawn(name, self.url, stream, width, height, font, size, align, colour, glyphs))
        frame = pydyf.Array((-FAR, -FAR, FAR, FAR))
        resources = pydyf.Dictionary({"Font": None})  # WeasyPrint puts the page's fonts where it finds None
        extra = pydyf.Dictionary({"Type": "/XObject", "Subtype": "/Form", "BBox": frame, "Resources": resources})
        stream._resources["XObject"][name] = pydyf.Stream([], extra)
        stream.set_color(style["color"])
        stream.draw_x_object(name)


@lru_cache(maxsize=256)
def asked_of(url: str) -> Mapping[str, str]:
    """What the address of a slot says after its `?`."""
    return dict(parse_qsl(urlsplit(url).query))


def kind_of(url: str) -> str:
    """folio, page, number, chapter or tab."""
    return url.removeprefix(PREFIX).partition("?")[0].partition(":")[0]


def _type(stream: Any, style: Any) -> tuple[str, float, dict[str, tuple[int, float]]]:
    """Font name, size in px, and glyph and advance of each character of a label, as this style sets it."""
    from weasyprint.draw.text import draw_first_line
    from weasyprint.matrix import Matrix
    from weasyprint.svg.text import TextBox
    from weasyprint.text.line_break import split_first_line

    scratch = stream.clone(stream=[])
    text = TextBox(split_first_line(CHARACTERS, style, None, math.inf, 0)[0], style)
    text.pango_layout.reactivate(style)
    draw_first_line(scratch, text, "clip", "none", Matrix())
    font, size, found = "", 0.0, list[int]()
    for operation in scratch.stream:
        if operation.endswith(b" Tf"):
            font, points, _ = operation.decode().split()
            size = float(points)
        elif operation.endswith(b"TJ"):
            found += [
                int(g[i : i + 4], 16) for g in re.findall(r"<(\w+)>", operation.decode()) for i in range(0, len(g), 4)
            ]
    if len(found) != len(CHARACTERS):
        raise ValueError(f"page labels need one font that holds {CHARACTERS}")
    widths = {
        gid: width for used in stream._fonts.values() if used.hash == font[1:] for gid, width in used.widths.items()
    }
    return font[1:], size, {c: (gid, widths[gid]) for c, gid in zip(CHARACTERS, found, strict=True)}

"""The ink of slots: folios, page numbers, chapter numbers and tabs, as PDF operators in a waiting Form XObject."""

from __future__ import annotations

from booklet.pdf.model import Slot
from booklet.pdf.outlines import number
from booklet.pdf.slots import PX, STEP, asked_of

EDGES = {"left": 0.0, "start": 0.0, "right": 1.0, "end": 1.0}
BLEED = 10 * PX / 25.4 * 72
"""px: 10 mm, more than any printer trims; the page's own boxes cut it off."""
BELOW = 12.5 * PX
"""px: from a tab to the baseline of the figure under it."""


def label(slot: Slot, text: str) -> tuple[bytes, bool]:
    """A label in its box, its baseline at the lower edge; and whether it is wider than the box."""
    width = _width(slot, text, slot.size)
    x = EDGES.get(slot.align, 0.5) * (slot.width - width)
    return _text(slot, text, x, slot.height, slot.size), width > slot.width + 0.01


def fitted(slot: Slot, text: str) -> bytes:
    """A label as `label` sets it, smaller where the box is too narrow: chapter 128 in a plate for two digits."""
    size = min(slot.size, slot.size * slot.width / _width(slot, text, slot.size))
    x = EDGES.get(slot.align, 0.5) * (slot.width - _width(slot, text, size))
    return _text(slot, text, x, slot.height, size)


def _width(slot: Slot, text: str, size: float) -> float:
    return sum(slot.glyphs[c][1] for c in text) * size / 1000


def tab(slot: Slot, chapter: int, chapters: int, tabs: float, here: str) -> bytes:
    """The box of a chapter at its height on the fore-edge, its number in white; `here` below it in the box's colour.

    `tabs`: the height of all tabs in pt. The box goes on over the edge of the paper, as a trimmed page needs it.
    """
    step = min(STEP, tabs / max(chapters, 1)) * PX
    height = step * 5 / 6
    top = (chapter - 1) * step
    size = min(13 * PX, height * 0.75)
    left = asked_of(slot.url).get("side") == "left"
    colour = " ".join(number(n) for n in slot.colour)
    edge = number(-BLEED if left else 0)
    box = f"{colour} rg {edge} {number(top)} {number(slot.width + BLEED)} {number(height)} re f 1 1 1 rg "
    inside = _centred(slot, str(chapter), top + height / 2 + 0.36 * size, size)
    below = f" {colour} rg ".encode() + _centred(slot, here, top + height + BELOW, slot.size) if here else b""
    return box.encode() + inside + below


def _centred(slot: Slot, text: str, y: float, size: float) -> bytes:
    return _text(slot, text, (slot.width - _width(slot, text, size)) / 2, y, size)


def _text(slot: Slot, text: str, x: float, y: float, size: float) -> bytes:
    """Glyphs at a point, y downwards as on WeasyPrint's pages."""
    glyphs = "".join(f"{slot.glyphs[c][0]:04x}" for c in text)
    return f"BT /{slot.font} {size:g} Tf 1 0 0 -1 {number(x)} {number(y)} Tm <{glyphs}> Tj ET".encode()

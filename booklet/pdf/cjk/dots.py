"""着重号: a dot under each emphasised Han character, none under marks and Latin (CLREQ 3.4.1).

A style sheet asks for it with `--text-emphasis: dot`, since WeasyPrint does not know `text-emphasis`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from booklet.pdf.cjk.classes import class_of, script

PROPERTY = "__text_emphasis"
BELOW, RADIUS = 0.24, 0.065
"""em: from the baseline down to the dot's middle; below the ink of Han, whose foot is 0.12 em deep."""
ARC = 0.5523
"""Of a radius: control points of a quarter circle drawn as a Bézier curve."""


def dotted(plain: Any) -> Any:
    """WeasyPrint's `draw_text` that adds the dots."""

    def draw_text(stream: Any, box: Any, *rest: Any) -> None:
        plain(stream, box, *rest)
        if script(box.style["lang"]) and box.style["visibility"] == "visible" and _asked(box.style):
            em = box.style["font_size"]
            for x in _middles(box):
                _dot(stream, box.position_x + x, box.position_y + box.baseline + BELOW * em, RADIUS * em)
            stream.fill()

    return draw_text


def _asked(style: Any) -> bool:
    try:
        tokens = style[PROPERTY]
    except KeyError:
        return False
    return any(getattr(token, "value", None) == "dot" for token in tokens if not isinstance(tokens, str))


def _middles(box: Any) -> Iterator[float]:
    """The middle of each Han character, in px from the start of the box."""
    from weasyprint.text.ffi import FROM_UNITS, ffi

    layout = box.pango_layout
    layout.reactivate(box.style)
    words = layout.text.encode()
    run = layout.get_first_line()[0].runs[0]
    x = 0.0
    while run != ffi.NULL:
        item = run.data
        run = run.next
        for n in range(item.glyphs.num_glyphs):
            place = item.item.offset + item.glyphs.log_clusters[n]
            if class_of(words[place : place + 4].decode("utf-8", "ignore")[:1]) == "han":
                yield x + box.style["font_size"] / 2
            x += item.glyphs.glyphs[n].geometry.width * FROM_UNITS
    layout.deactivate()


def _dot(stream: Any, x: float, y: float, r: float) -> None:
    k = r * ARC
    stream.move_to(x + r, y)
    stream.curve_to(x + r, y + k, x + k, y + r, x, y + r)
    stream.curve_to(x - k, y + r, x - r, y + k, x - r, y)
    stream.curve_to(x - r, y - k, x - k, y - r, x, y - r)
    stream.curve_to(x + k, y - r, x + r, y - k, x + r, y)

"""A background that has room for one row of its picture is drawn as it is, not as a pattern.

WeasyPrint repeats by a tiling pattern with a group inside, four objects for each box. The mark of wrapped code lies
under every line of code, and nearly every one is a single row.
"""

from __future__ import annotations

from typing import Any

NEAR = 0.01
"""px."""


def once(plain: Any) -> Any:
    """WeasyPrint's `draw_background_image`, with a shorter way for a single row."""

    def draw_background_image(stream: Any, layer: Any, style: Any) -> None:
        if not _is_single(layer):
            plain(stream, layer, style)
            return
        width, height = layer.size
        x, y, *_ = layer.positioning_area
        with stream.artifact(), stream.stacked():
            stream.rectangle(*layer.painting_area)
            stream.clip()
            stream.end()
            stream.transform(e=x + layer.position[0], f=y + layer.position[1])
            layer.image.draw(stream, width, height, style)

    return draw_background_image


def _is_single(layer: Any) -> bool:
    """Does it repeat downwards alone, from the top of an area no higher than the picture?"""
    if layer.image is None or 0 in layer.size or layer.unbounded or layer.repeat != ("no-repeat", "repeat"):
        return False
    top = layer.positioning_area[1] + layer.position[1]
    _, first, _, height = layer.painting_area
    return bool(abs(top - first) < NEAR and height <= layer.size[1] + NEAR)

"""What the pages show when they are set: ink outside the type area, pictures with too few pixels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from booklet.diagnostics import Diagnostic, Location, finding
from booklet.pdf.cjk.classes import CLOSING, JOINERS, SPACES
from booklet.pdf.findings import location
from booklet.pdf.model import Piece

PX = 96.0
"""Pixels of CSS in an inch."""
SLACK = 1.5
"""px that something may stand out, for side bearings and rounding."""


def pages(document: Any, piece: Piece, least: int) -> list[Diagnostic]:
    """Findings about a rendered document of WeasyPrint. `least`: dots per inch that a picture needs."""
    if piece.kind != "chapter":
        return []
    boxes = [page._page_box for page in document.pages]
    notes = [note for page in boxes for note in _outside(page, piece)]
    notes += [note for page in boxes for note in _coarse(page, piece, least)]
    return list(dict.fromkeys(notes))


def _outside(page: Any, piece: Piece) -> Iterator[Diagnostic]:
    """Lines and pictures of the text that reach beyond its area."""
    left = page.content_box_x() - SLACK
    right = left + page.width + 2 * SLACK
    for box in _flow(page):
        start, end = box.position_x, box.position_x + _reach(box)
        if start < left or end > right:
            over = max(left - start, end - right) * 72 / PX
            message = f"{'a picture' if _is_picture(box) else 'a line'} stands {over:.0f} pt outside the type area"
            hint = "break it into shorter lines, columns or pieces"
            yield finding("pdf/outside", message, location(piece, box.element), hint)


def _flow(box: Any) -> Iterator[Any]:
    """The lines and pictures of the running text: nothing that a theme has placed by itself, no margin boxes."""
    from weasyprint.formatting_structure import boxes

    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.MarginBox) or not hasattr(child, "style") or child.style["position"] == "absolute":
            continue
        if isinstance(child, boxes.LineBox | boxes.BlockReplacedBox):
            yield child
        else:
            yield from _flow(child)


def _reach(line: Any) -> float:
    """How far the ink of a line, or a picture, reaches from its start, in px: a mark's empty half may stand out."""
    last = line
    while children := [child for child in getattr(last, "children", ()) if child.is_in_normal_flow()]:
        last = children[-1]
    if last is line:
        return float(line.width)
    mark = getattr(last, "text", "").rstrip(SPACES + JOINERS)[-1:]
    empty = last.style["font_size"] / 2 if mark in tuple(CLOSING) else 0.0
    return float(last.position_x + last.margin_width() - empty - line.position_x)


def _is_picture(box: Any) -> bool:
    return not hasattr(box, "children")


def _coarse(page: Any, piece: Piece, least: int) -> Iterator[Diagnostic]:
    """Pictures of dots that are printed so large that the eye sees them."""
    from weasyprint.images import RasterImage

    for box in page.descendants():
        picture = getattr(box, "replacement", None)
        if not isinstance(picture, RasterImage) or not box.width:
            continue
        dots = picture.width / (box.width / PX)
        name = str(box.element.get("src", "")).removeprefix("asset:").partition(".")[0]
        if dots < least and name in piece.pictures:
            source, line = piece.pictures[name]
            message = f"{source} has {dots:.0f} dots per inch at the size it is printed; {least} are wanted"
            hint = "use a larger picture, or a drawing (SVG)"
            yield finding("pictures/coarse", message, Location(piece.path or "", line), hint)

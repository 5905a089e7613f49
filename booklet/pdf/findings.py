"""What a laid-out piece has to say about its post, each finding with the line that it is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from booklet.convert.places import name
from booklet.diagnostics import Diagnostic, Location, finding
from booklet.pdf import cjk
from booklet.pdf.model import Piece


def location(piece: Piece, element: Any = None) -> Location | None:
    """Where the text of an element stands: the post, and its line where the paragraph can be told."""
    if piece.path is None:
        return None
    text = "" if element is None else "".join(element.itertext())
    names = (name(text), name(text.lstrip()[1:]))  # an answer's first paragraph begins with its cell
    return Location(piece.path, next((piece.places[known] for known in names if known in piece.places), None))


def ragged(piece: Piece, lines: Iterable[cjk.Ragged]) -> list[Diagnostic]:
    """Lines that end short of the measure, because the gaps between their characters would have torn them."""
    return [
        finding(
            "pdf/ragged",
            f"a line ends short of the measure: “{line.words}”",
            location(piece, line.element),
            "what follows it cannot be broken: a long name or formula; write it shorter, or on a line of its own",
        )
        for line in lines
    ]


def other_version(formulas: bool) -> tuple[Diagnostic, ...]:
    """The text engine does not know this WeasyPrint, nor do the formulas of a piece that has any."""
    import weasyprint

    which, hint = f"WeasyPrint {weasyprint.__version__} is not {cjk.TESTED}", f"install weasyprint=={cjk.TESTED}"
    lines = finding("pdf/plain-lines", f"{which}: Chinese lines are set without the text engine", hint=hint)
    drawn = finding("pdf/plain-formulas", f"{which}: formulas are plain pictures, in black and slower", hint=hint)
    return (lines, drawn) if formulas else (lines,)

"""What a laid-out piece has to say about its post, each finding with the line that it is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from booklet.convert.places import name
from booklet.diagnostics import Diagnostic, Location, finding
from booklet.pdf import cjk, type
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


BLOCKS = ("p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "pre", "figcaption")


def text(html: str) -> str:
    """What a document says."""
    body = _body(html)
    return "".join(str(words) for words in body.itertext()) if body is not None else ""


def _body(html: str) -> Any:
    from lxml import etree

    tree = etree.HTML(html)
    return tree.find("body") if tree is not None else None


def missing(piece: Piece, lost: Iterable[str]) -> list[Diagnostic]:
    """Characters that no face has, each once, where it stands first."""
    body = _body(piece.html) if lost else None
    return [
        finding(
            "fonts/missing-glyph",
            f"no face has {character} (U+{ord(character):04X}); the page shows {type.BLANK} in its place",
            location(piece, _holder(body, character)),
            "install fonts-noto-color-emoji (Debian), or name a font under [pdf.fonts]"
            if type.EMOJI.match(character)
            else "write another character, or name a font that has it under [pdf.fonts]",
        )
        for character in lost
    ]


def _holder(body: Any, character: str) -> Any:
    """The innermost of the first blocks that hold a character."""
    holding = [block for block in body.iter(*BLOCKS) if character in "".join(block.itertext())]
    return next((block for block in holding if not any(block in other.iterancestors() for other in holding)), None)


def mentioned(piece: Piece, message: str) -> Location | None:
    """The place of what a message of the engine names: an address or an anchor of the document."""
    body = _body(piece.html)
    if piece.path is None or body is None:
        return location(piece)
    for word in (word.strip("\"'#:,;()") for word in message.split()):
        digest = word.removeprefix("asset:").partition(".")[0]
        if digest in piece.pictures:
            return Location(piece.path, piece.pictures[digest][1])
        for element in body.iter() if len(word) > 3 else ():
            if any(value.strip("#") == word for value in element.attrib.values()):
                around = (element, *element.iterancestors())
                return location(piece, next((block for block in around if block.tag in BLOCKS), None))
    return location(piece)


def other_version(formulas: bool) -> tuple[Diagnostic, ...]:
    """The text engine does not know this WeasyPrint, nor do the formulas of a piece that has any."""
    import weasyprint

    which, hint = f"WeasyPrint {weasyprint.__version__} is not {cjk.TESTED}", f"install weasyprint=={cjk.TESTED}"
    lines = finding("pdf/plain-lines", f"{which}: Chinese lines are set without the text engine", hint=hint)
    drawn = finding("pdf/plain-formulas", f"{which}: formulas are plain pictures, in black and slower", hint=hint)
    return (lines, drawn) if formulas else (lines,)

"""One piece → its pages, in any process: the result depends on the arguments alone."""

from __future__ import annotations

import functools
import hashlib
import io
import json
import logging
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any
from unittest import mock

from booklet import fonts
from booklet.cache import Cache
from booklet.diagnostics import Diagnostic, Noted, finding
from booklet.fonts import Face, face_of
from booklet.pdf import (
    areas,
    backgrounds,
    case,
    cjk,
    engine,
    filling,
    findings,
    formulas,
    fragments,
    inspect,
    ornaments,
    repair,
    stylesheets,
    type,
)
from booklet.pdf.fetcher import ROOT, fetcher
from booklet.pdf.model import FontUse, LaidOut, Piece, Sketch, Slot
from booklet.pdf.slots import PREFIX, Drawn, SlotImage

SAID = "has no required alt description"
"""`pictures/no-alt` says so, with the line."""
VARIANT = "pdf/a-3a"
TEXT = "Booklet Song"
"""The family that words in a formula are set in, where they cannot take that of the text around them."""
RECORD = (
    "hash family style weight variations font_size index tables bitmap upem png svg colr glyph_count stemv stemh "
    "ascent descent italic_angle flags used_in_forms missing widths to_unicode"
).split()


@dataclass(frozen=True, slots=True)
class Style:
    """The theme's share: style sheets and the folders of their files, the first one first."""

    css: tuple[str, ...]
    folders: tuple[Path, ...]
    fonts: tuple[Face, ...] = ()
    """What the theme or the author puts in the place of the house's faces."""
    dots: int = 150
    """Dots per inch that a picture needs."""
    emoji: tuple[Face, ...] | None = None
    """The face of colour emoji; None: this machine's, where a piece has any."""


class Images(dict[str, Any]):
    """WeasyPrint's documented image cache, filled with what draws itself: formulas and slots."""

    def __init__(self, piece: Piece, drawn: list[Drawn]) -> None:
        super().__init__(formulas.images(piece.formulas) if cjk.fits() else {})
        self.drawn = drawn

    def __contains__(self, url: object) -> bool:
        return (isinstance(url, str) and url.startswith(PREFIX)) or super().__contains__(url)

    def __missing__(self, url: str) -> SlotImage:
        return SlotImage(url, self.drawn)


def sketch(piece: Piece) -> Sketch:
    """The digest of all that the pages depend on beside the style."""
    drawn = {name: [formula.tex, formula.drawing] for name, formula in piece.formulas.items()}
    places, pictures = dict(piece.places), dict(piece.pictures)
    parts = [piece.id, piece.kind, piece.html, piece.language, piece.path, drawn, places, pictures]
    whole = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(whole.encode()).hexdigest()
    return Sketch(digest, piece.language, _has_emoji(piece))


def _has_emoji(piece: Piece) -> bool:
    return type.EMOJI.search(piece.html) is not None


def key(drawn: Sketch, style: Style) -> list[str]:
    """Everything that the pages depend on, for the cache."""
    return [drawn.digest, _look(style, drawn.language, drawn.emoji)]


@functools.lru_cache(maxsize=32)
def _look(style: Style, language: str, emoji: bool) -> str:
    """What the engine and the style give to the pages of a language; fonts by the digests of their original files."""
    faces = [(face.key, face.digest, face.package, face.file) for face in _faces(style, language, emoji)]
    return json.dumps([version("weasyprint"), style.css, faces, style.dots], ensure_ascii=False, sort_keys=True)


def lay_out(piece: Piece, style: Style, asset: Callable[[str], bytes], cache: Cache | None = None) -> Noted[LaidOut]:
    """Set a piece. `asset`: digest of a picture → its bytes; `cache` keeps faces that were cut.

    Every message of WeasyPrint's log is a finding.
    """
    engine.load()
    faces = _faces(style, piece.language, _has_emoji(piece))
    text = piece.html + "".join(style.css) + type.drawn_text(piece.html, asset)
    lost = type.missing(findings.text(piece.html), faces)
    with messages(piece) as notes, cjk.setting() as ragged:
        if stylesheets.alone(style.css):
            held = case.own(faces, type.characters(text))
        else:
            held = case.case(faces, text, piece.language, cache)
        made = _set(piece, style, asset, held, lost, ragged)
    with pikepdf_open(made.data) as pdf:
        finished = repair.piece(pdf, piece.id)
        buffer = io.BytesIO()
        _save(pdf, buffer)
    laid = LaidOut(
        id=piece.id,
        kind=piece.kind,
        language=piece.language,
        pages=finished.pages,
        destinations=finished.destinations,
        slots=tuple(_slot(item, made.pages) for item in made.drawn if id(item.stream) in made.pages),
        fonts=tuple(_font(font, faces) for font in made.document.fonts.values()),
        digests=finished.digests,
        links=finished.links,
        pdf=buffer.getvalue(),
    )
    plain = () if cjk.fits() else findings.other_version(bool(piece.formulas))
    noticed = (
        *inspect.pages(made.document, piece, style.dots),
        *findings.ragged(piece, ragged),
        *findings.missing(piece, lost),
    )
    return Noted(laid, (*plain, *fonts.plainer(piece.language), *notes, *noticed))


@dataclass(frozen=True, slots=True)
class Made:
    """A piece as WeasyPrint has set it: the document, the PDF without fonts, the page of each content stream."""

    document: Any
    data: bytes
    pages: dict[int, int]
    drawn: list[Drawn]


def _set(
    piece: Piece, style: Style, asset: Callable[[str], bytes], held: case.Case, lost: Sequence[str], ragged: list[Any]
) -> Made:
    """Set a piece with the faces of a case. `ragged` gathers the lines that could not be filled."""
    from weasyprint import CSS, HTML
    from weasyprint.css.counters import CounterStyle

    drawn: list[Drawn] = []
    fetch = fetcher({}, style.folders, asset, {} if cjk.fits() else formulas.files(piece.formulas, TEXT))
    counters = CounterStyle()
    options = {"pdf_variant": VARIANT, "cache": Images(piece, drawn)}

    def read(text: str) -> Any:
        own = {"font_config": held.configuration, "counter_style": counters, "url_fetcher": fetch}
        return CSS(string=text, base_url=ROOT, **own)

    sheets = [held.sheet, *stylesheets.read(style.css, piece.html, counters, read)]
    html = HTML(string=type.filled(piece.html, lost), base_url=ROOT, url_fetcher=fetch)
    asked = {"stylesheets": sheets, "font_config": held.configuration, "counter_style": counters, **options}
    document = html.render(**asked)
    if filling.fill(document):
        ragged.clear()  # the same lines are set again
        document = html.render(**asked)
    return Made(document, *_write(document, options), drawn)


@contextmanager
def messages(piece: Piece) -> Iterator[list[Diagnostic]]:
    """WeasyPrint's warnings and errors as findings: the only sign of a missing image or an ignored property."""
    notes: list[Diagnostic] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said = record.getMessage()
            if SAID in said:
                return
            note = finding("pdf/engine", f"{piece.id}: {said}", findings.mentioned(piece, said))
            if note not in notes:
                notes.append(note)

    logger = logging.getLogger("weasyprint")
    handler = Collector(logging.WARNING)
    before, logger.propagate = (logger.handlers[:], False)
    logger.handlers[:] = [handler]
    try:
        yield notes
    finally:
        logger.handlers[:] = before


def _write(document: Any, options: dict[str, Any]) -> tuple[bytes, dict[int, int]]:
    """The PDF without fonts, which the linker cuts once for the book, and the page of each content stream."""
    import pydyf
    import weasyprint.pdf
    from weasyprint import draw
    from weasyprint.pdf import tags

    pages: dict[int, int] = {}

    def locate(document: Any, pdf: Any) -> None:
        for number, reference in enumerate(pdf.page_references):
            page = pdf.objects[int(reference.split()[0])]
            pages[id(pdf.objects[int(page["Contents"].split()[0])])] = number

    with (
        mock.patch.object(weasyprint.pdf, "build_fonts_dictionary", lambda pdf, *_: pydyf.Dictionary()),
        mock.patch.object(weasyprint.pdf, "add_links", areas.joined(weasyprint.pdf.add_links)),
        mock.patch.object(draw, "draw_background_image", backgrounds.once(draw.draw_background_image)),
        mock.patch.object(tags, "_build_box_tree", ornaments.marked(fragments.numbered(tags._build_box_tree))),
    ):
        return document.write_pdf(finisher=locate, **options), pages


def pikepdf_open(data: bytes) -> Any:
    import pikepdf

    return pikepdf.open(io.BytesIO(data))


def _save(pdf: Any, target: io.BytesIO) -> None:
    import pikepdf

    pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _slot(item: Drawn, pages: dict[int, int]) -> Slot:
    values = (item.width, item.height, item.font, item.size, item.align, item.colour, item.glyphs)
    return Slot(item.name, item.url, pages[id(item.stream)], *values)


def _faces(style: Style, language: str, emoji: bool) -> tuple[Face, ...]:
    """Those of the theme; the colour emoji of this machine where there are emoji to set."""
    coloured = fonts.emoji() if emoji and style.emoji is None else style.emoji or ()
    return type.used(style.css, language, (*style.fonts, *coloured) if emoji else style.fonts)


def _font(font: Any, faces: tuple[Face, ...]) -> FontUse:
    record = {key: getattr(font, key) for key in RECORD} | {"name": font.name.decode()}
    for key in ("widths", "to_unicode", "missing"):
        record[key] = {str(gid): value for gid, value in record[key].items()}
    record["font_size"] = 0 if not math.isfinite(record["font_size"]) else record["font_size"]
    return FontUse(face_of(font.family, font.weight, bool(font.style), faces), record)

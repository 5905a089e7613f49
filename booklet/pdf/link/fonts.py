"""The book's fonts: the union of what all pieces use, each cut once from its original file."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from unittest import mock

from booklet import fonts
from booklet.pdf import engine
from booklet.pdf.model import FontUse, LaidOut

EPOCH = "315532800"
"""1980, the first year that fonts may name: fontTools would stamp the clock into them."""
Record = dict[str, Any]
TABLES = ("widths", "to_unicode", "missing")
"""Of a record: glyph id, as text → what is known of it."""
Cut = Callable[[fonts.Face, Iterable[int]], bytes]


def union(pieces: Sequence[LaidOut], cut: Cut = fonts.cut_glyphs) -> tuple[Any, list[dict[str, str]]]:
    """A PDF that holds every font once, and for each piece the map from its names of fonts to the book's.

    `cut`: a face and glyph ids → the font file.
    """
    book: dict[tuple[str, str], list[Record]] = {}
    names: set[str] = set()
    maps = [{use.record["hash"]: _place(use, book, names) for use in piece.fonts} for piece in pieces]
    records = [record for group in book.values() for record in group]
    return _write(records, cut), maps


def _place(use: FontUse, book: dict[tuple[str, str], list[Record]], names: set[str]) -> str:
    """The book's name of a font; a new one where the same name means other widths or stand-ins."""
    own = use.record
    group = book.setdefault((own["hash"], use.face.key), [])
    font = next((known for known in group if _fits(known, own)), None)
    if font is None:
        name = _free(own["hash"], use.face.key, names)
        font = {**own, "hash": name, "name": own["name"].replace(own["hash"], name), "face": use.face}
        font |= {key: {} for key in TABLES}
        group.append(font)
    for key in TABLES:
        font[key].update((gid, own[key][gid]) for gid in own[key].keys() - font[key].keys())  # the first one counts
    return str(font["hash"])


def _fits(one: Record, other: Record) -> bool:
    """May one PDF font serve both?"""
    same = all(abs(one["widths"][gid] - width) <= 1 for gid, width in other["widths"].items() if gid in one["widths"])
    return same and not set(one["missing"].values()) & set(other["missing"].values())


def _free(name: str, face: str, names: set[str]) -> str:
    while name in names:
        name = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(f"{name}{face}".encode()).digest()[:6])
    names.add(name)
    return name


def _write(records: list[Record], cut: Cut) -> Any:
    """The fonts by WeasyPrint's own writer, cut by the wheel's HarfBuzz: the same bytes on every machine."""
    import pikepdf
    import pydyf

    engine.load()  # nothing was laid out in this process, perhaps
    from weasyprint.pdf.fonts import build_fonts_dictionary

    kind = _linked(cut)
    pdf = pydyf.PDF()
    options = {"hinting": False, "pdf_version": "1.7"}
    with mock.patch.dict(os.environ, SOURCE_DATE_EPOCH=EPOCH):
        used = {n: kind(_sorted(record)) for n, record in enumerate(records)}
        dictionary = build_fonts_dictionary(pdf, used, True, True, options)
    pdf.add_object(dictionary)
    pdf.catalog["Fonts"] = dictionary.reference
    file = io.BytesIO()
    pdf.write(file, "1.7", True, True)
    return pikepdf.open(file)


def _sorted(record: Record) -> Record:
    """By glyph; JSON knows no integer keys."""
    return {**record, **{key: {gid: record[key][str(gid)] for gid in sorted(map(int, record[key]))} for key in TABLES}}


def _linked(cut: Cut) -> Any:
    """WeasyPrint's `Font`, made from a record; its file is cut from the face when it is written."""
    from weasyprint.pdf.fonts import Font

    class Linked(Font):  # type: ignore[misc]
        def __init__(self, record: Record) -> None:
            self.__dict__.update(record, name=record["name"].encode(), file_content=b"")

        def clean(self, to_unicode: dict[int, str], hinting: bool) -> None:
            self.file_content = cut(self.face, to_unicode)
            self.index = 0

    return Linked

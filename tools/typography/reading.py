"""A finished PDF as lines of characters: positions by pdfium, structure by qpdf.

Units are pt; x grows to the right, y grows upwards from the lower edge of the page.
"""

from __future__ import annotations

import ctypes
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

BLOCKS = ("P", "LBody", "LI", "BlockQuote", "H1", "H2", "H3", "H4", "H5", "H6", "TD", "TH", "Caption", "Code", "Note")
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


@dataclass(slots=True)
class Char:
    """A character where it is drawn. `right` is its origin and its advance, `ink` its drawn box."""

    text: str
    x: float
    y: float
    right: float
    ink: tuple[float, float, float, float]
    size: float
    font: str
    slanted: bool
    tags: tuple[str, ...]
    block: int
    """Number of the paragraph, list item or heading in the book; 0 for what is not in the tree."""


@dataclass(slots=True)
class Thing:
    """A drawn object that is not text, or a formula as a whole: its box."""

    kind: str
    box: tuple[float, float, float, float]
    tags: tuple[str, ...]
    block: int
    dpi: float = 0.0


@dataclass(slots=True)
class Line:
    """Characters and things of one block on one baseline, left to right."""

    page: int
    block: int
    tags: tuple[str, ...]
    y: float
    chars: list[Char]
    things: list[Thing] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(char.text for char in self.chars)

    @property
    def left(self) -> float:
        return min([char.x for char in self.chars] + [thing.box[0] for thing in self.things])

    @property
    def size(self) -> float:
        """Of what is not code, if anything is not."""
        words = [char for char in self.chars if "Mono" not in char.font] or self.chars
        return Counter(round(char.size, 1) for char in words).most_common(1)[0][0]


@dataclass(slots=True)
class Page:
    number: int
    """From 0."""
    label: str
    width: float
    height: float
    chars: list[Char]
    things: list[Thing]
    lines: list[Line]
    shift: float = 0.0
    """pt by which all of it was moved to the right after it was read."""


@dataclass(slots=True)
class Book:
    path: Path
    pages: list[Page]

    @property
    def lines(self) -> Iterator[Line]:
        for page in self.pages:
            yield from page.lines

    def blocks(self) -> dict[int, list[Line]]:
        """The lines of each block, over all its pages, in order."""
        found: dict[int, list[Line]] = defaultdict(list)
        for line in self.lines:
            if line.block:
                found[line.block].append(line)
        return found


Marks = dict[tuple[int, int], tuple[tuple[str, ...], int]]
"""Page and marked-content id → the structure types above it, and the number of its block."""


def read(path: Path) -> Book:
    """The whole file."""
    marks = structure(path)
    document = pypdfium2.PdfDocument(path)
    return Book(path, [_page(document, number, marks) for number in range(len(document))])


def structure(path: Path) -> Marks:
    """Which block each marked piece of content belongs to; a block that goes over pages keeps its number."""
    marks: Marks = {}
    with pikepdf.open(path) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        if "/StructTreeRoot" in pdf.Root:
            _walk(pdf.Root.StructTreeRoot, (), 0, None, pages, marks, [0])
    return marks


def _walk(
    item: pikepdf.Object,
    tags: tuple[str, ...],
    block: int,
    page: int | None,
    pages: dict[tuple[int, int], int],
    marks: Marks,
    last: list[int],
) -> None:
    """Number the blocks below an element in reading order; `last` is the number given last."""
    kind = str(item.get("/S", ""))[1:]
    if kind:
        tags = (*tags, kind)
    if (kind in BLOCKS and not (kind == "P" and tags[-2:-1] in (("LBody",), ("TD",), ("TH",)))) or kind == "P":
        last[0] += 1
        block = last[0]
    own = item.get("/Pg")
    page = pages.get(own.objgen) if own is not None else page
    kids = item.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            marks[page, kid] = (tags, block)
        elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            _walk(kid, tags, block, page, pages, marks, last)
        elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
            there = pages.get(kid.Pg.objgen) if "/Pg" in kid else page
            marks[there, int(kid.MCID)] = (tags, block)


def _page(document: pypdfium2.PdfDocument, number: int, marks: Marks) -> Page:
    page = document[number]
    width, height = page.get_size()
    chars = list(_chars(page, number, marks))
    things = list(_things(page, number, marks))
    return Page(number, document.get_page_label(number), width, height, chars, things, _lines(number, chars, things))


def _chars(page: pypdfium2.PdfPage, number: int, marks: Marks) -> Iterator[Char]:
    text = page.get_textpage()
    for index in range(text.count_chars()):
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        thing = pdfium.FPDFText_GetTextObject(text, index)
        tags, block = marks.get((number, pdfium.FPDFPageObj_GetMarkedContentID(thing)), ((), 0))
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        loose = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(text, index, loose)
        x0, x1, y0, y1 = (ctypes.c_double() for _ in range(4))
        pdfium.FPDFText_GetCharBox(text, index, x0, x1, y0, y1)
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(text, index, matrix)
        size = float(pdfium.FPDFText_GetFontSize(text, index)) * abs(matrix.d or 1)
        yield Char(
            chr(pdfium.FPDFText_GetUnicode(text, index)),
            x.value,
            y.value,
            loose.right,
            (x0.value, y0.value, x1.value, y1.value),
            size,
            _font(text, index),
            abs(matrix.c) > 1e-6,
            tags,
            block,
        )


def _font(text: pypdfium2.PdfTextPage, index: int) -> str:
    buffer = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(text, index, buffer, 128, None)
    return buffer.value.decode("utf-8", "replace").split("+")[-1]


def _things(page: pypdfium2.PdfPage, number: int, marks: Marks) -> Iterator[Thing]:
    kinds = {pdfium.FPDF_PAGEOBJ_PATH: "path", pdfium.FPDF_PAGEOBJ_IMAGE: "image", pdfium.FPDF_PAGEOBJ_FORM: "form"}
    formulas: dict[int, list[tuple[float, float, float, float]]] = defaultdict(list)
    for item in page.get_objects(max_depth=1):
        mcid = pdfium.FPDFPageObj_GetMarkedContentID(item.raw)
        tags, block = marks.get((number, mcid), ((), 0))
        box = tuple(item.get_bounds())
        if "Formula" in tags:
            if item.type != pdfium.FPDF_PAGEOBJ_TEXT:
                formulas[mcid].append(box)
        elif item.type in kinds:
            dpi = _dpi(item, box) if item.type == pdfium.FPDF_PAGEOBJ_IMAGE else 0.0
            yield Thing(kinds[item.type], box, tags, block, dpi)
    for mcid, boxes in formulas.items():
        tags, block = marks[number, mcid]
        whole = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
        yield Thing("formula", whole, tags, block)


def _dpi(item: pypdfium2.PdfObject, box: tuple[float, ...]) -> float:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(item.raw, width, height)
    return width.value * 72 / max(box[2] - box[0], 1e-6)


def _lines(page: int, chars: list[Char], things: list[Thing]) -> list[Line]:
    """Characters by block and baseline; raised and lowered ones, and formulas, go to the line that they touch."""
    blocks: dict[int, list[Char]] = defaultdict(list)
    for char in chars:
        if "Formula" not in char.tags and char.block:
            blocks[char.block].append(char)
    lines: list[Line] = []
    for block, inside in blocks.items():
        size = Counter(round(char.size, 1) for char in inside).most_common(1)[0][0]
        rows: list[Line] = []
        for char in sorted(inside, key=lambda char: abs(char.size - size) > 0.6):
            row = next(
                (row for row in rows if abs(row.y - char.y) < (0.2 if abs(char.size - size) < 0.6 else 0.7) * size),
                None,
            )
            if row is None:
                row = Line(page, block, char.tags, char.y, [])
                rows.append(row)
            row.chars.append(char)
        for thing in things:
            if thing.block == block and thing.kind == "formula":
                middle = (thing.box[1] + thing.box[3]) / 2
                near = min(rows, key=lambda row: abs(row.y + size * 0.3 - middle))
                near.things.append(thing)
        for row in rows:
            row.chars.sort(key=lambda char: char.x)
            row.tags = Counter(char.tags for char in row.chars).most_common(1)[0][0]
        lines += rows
    return sorted(lines, key=lambda line: (-line.y, line.left))

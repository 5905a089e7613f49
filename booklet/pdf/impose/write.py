"""The sheets as PDF/A-2b: every page of the print edition once, as it is, at its place on a sheet."""

from __future__ import annotations

import io
from typing import Any

from booklet.pdf.impose.fold import Folding, Side, order
from booklet.pdf.outlines import number

MM = 72 / 25.4
SHEETS = ((297 * MM, 210 * MM), (353 * MM, 250 * MM), (420 * MM, 297 * MM), (1224.0, 792.0))
"""pt: A4, B4, A3 and Tabloid lie across: two pages of A5, B5, A4 or Letter fill them but for a hair."""
HAIR = 2 * MM
INVISIBLE = ("/Annots", "/StructParents", "/Tabs")
SIGNS = {True: "A", False: "B"}
"""Front and back, in the labels of the sheets: 1A, 1B, 2A, …"""


def impose(book: bytes, folding: Folding) -> bytes:
    """The file of a print edition → its sheets. What only a screen needs (links, tags, bookmarks) stays behind."""
    import pikepdf

    out = pikepdf.new()
    with pikepdf.open(io.BytesIO(book)) as source:
        forms = [_form(out, page) for page in source.pages]
        width, height = _size(source.pages[0])
        for side in order(len(forms), folding):
            _side(out, side, forms, width, height, folding)
        _catalogue(out, source, len(forms), folding)
    buffer = io.BytesIO()
    mode = pikepdf.ObjectStreamMode.generate
    out.save(buffer, deterministic_id=True, object_stream_mode=mode, min_version="1.7")
    return buffer.getvalue()


def _size(page: Any) -> tuple[float, float]:
    left, low, right, high = (float(n) for n in page.trimbox)
    return right - left, high - low


def _form(out: Any, page: Any) -> Any:
    """A page as a Form XObject that ends at its trimmed edges."""
    import pikepdf

    for key in INVISIBLE:
        if key in page.obj:
            del page.obj[key]
    form = out.copy_foreign(page.as_form_xobject())
    form.BBox = pikepdf.Array([float(n) for n in page.trimbox])
    for key in ("/StructParents", "/Group"):
        if key in form:
            del form[key]
    return form


def _sheet(width: float, height: float) -> tuple[float, float]:
    """The sheet that two pages of this size fill: one that can be bought, else exactly two pages."""
    fits = (s for s in SHEETS if 0 <= s[0] - 2 * width + 1 <= HAIR + 1 and 0 <= s[1] - height + 1 <= HAIR + 1)
    return next(fits, (2 * width, height))


def _side(out: Any, side: Side, forms: list[Any], width: float, height: float, folding: Folding) -> None:
    """Two pages on either side of the fold; the back stands on its head where the printer turns over the long edge.

    Inner sheets of a signature stick out at the fore-edge, so their pages move towards the fold (creep).
    """
    import pikepdf

    wide, high = _sheet(width, height)
    fold, shift = wide / 2, side.depth * folding.creep * MM
    parts: list[bytes] = []
    resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary())
    for name, page, x, half in (("/L", side.left, fold - width + shift, 0.0), ("/R", side.right, fold - shift, fold)):
        if page is None:
            continue
        form = forms[page]
        resources.XObject[name] = form
        # A page stays on its half of the sheet: what creeps over the fold is cut, not printed on its neighbour.
        clip = f"q {number(half)} 0 {number(fold)} {number(high)} re W n"
        place = f"1 0 0 1 {number(x - float(form.BBox[0]))} {number((high - height) / 2 - float(form.BBox[1]))} cm"
        parts.append(f"{clip} {place} {name} Do Q".encode())
    turned = not side.front and folding.duplex == "long-edge"
    head = f"q -1 0 0 -1 {number(wide)} {number(high)} cm ".encode() if turned else b"q "
    sheet = pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=pikepdf.Array([0, 0, round(wide, 3), round(high, 3)]),
        Resources=resources,
        Contents=pikepdf.Stream(out, head + b" ".join(parts) + b" Q"),
    )
    out.pages.append(pikepdf.Page(out.make_indirect(sheet)))


def _catalogue(out: Any, source: Any, pages: int, folding: Folding) -> None:
    """Colour profile, metadata as PDF/A-2b, labels of the sheets."""
    import pikepdf

    root = out.Root
    root.OutputIntents = out.copy_foreign(source.make_indirect(source.Root.OutputIntents))
    root.Lang = source.Root.Lang
    packet = bytes(source.Root.Metadata.read_bytes()).decode()
    stream = pikepdf.Stream(out, _as_2b(packet).encode())
    stream.Type, stream.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    root.Metadata = out.make_indirect(stream)
    out.trailer.Info = out.copy_foreign(source.trailer.Info)
    root.ViewerPreferences = pikepdf.Dictionary(
        DisplayDocTitle=True,
        PrintScaling=pikepdf.Name("/None"),
        Duplex=pikepdf.Name("/DuplexFlipLongEdge" if folding.duplex == "long-edge" else "/DuplexFlipShortEdge"),
    )
    nums: list[Any] = []
    for n, side in enumerate(order(pages, folding)):
        nums += [n, pikepdf.Dictionary(P=pikepdf.String(f"{side.sheet + 1}{SIGNS[side.front]}"))]
    root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(nums))


def _as_2b(packet: str) -> str:
    """The book's XMP with another conformance, and without the mark of PDF/UA: sheets cannot be read in order."""
    from booklet.pdf.link.metadata import EXTENSION, UA

    return (
        packet.replace('pdfaid:part="3" pdfaid:conformance="A"', 'pdfaid:part="2" pdfaid:conformance="B"')
        .replace(UA, "")
        .replace(EXTENSION, "")
    )

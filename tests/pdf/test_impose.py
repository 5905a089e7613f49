"""Sheets folded on paper: whatever the signature and the printer, the pages count up."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.pdf.impose import Folding, impose, order
from booklet.pdf.impose.fold import Side

WIDTH, HEIGHT = 419.528, 595.276
"""pt of A5."""
SIGNATURES = st.integers(0, 10).map(lambda n: 4 * n)


def folded(sheets: Sequence[tuple[tuple[Any, Any], tuple[Any, Any]]]) -> list[Any]:
    """One signature as its reader meets it. A sheet is its front's and its back's halves, left and right as seen from
    the front: the outermost first, each laid into the one before, all folded so that the outermost front is outside."""
    opening = [page for front, back in sheets for page in (front[1], back[1])]
    closing = [page for front, back in reversed(sheets) for page in (back[0], front[0])]
    return [*opening, *closing]


def read(sides: Sequence[Side], signature: int, total: int) -> list[int | None]:
    """The book in reading order, from the plan of its sides. Turned like a page, left and right change places."""
    sheets = [((f.left, f.right), (b.right, b.left)) for f, b in zip(sides[::2], sides[1::2], strict=True)]
    count = (signature or total) // 4 or 1
    return [page for n in range(0, len(sheets), count) for page in folded(sheets[n : n + count])]


@given(st.integers(1, 400), SIGNATURES)
def test_the_plan_read_in_folded_order_counts_up(pages: int, signature: int) -> None:
    sides = order(pages, Folding(signature))
    total = -(-pages // 4) * 4
    found = read(sides, signature, total)
    assert len(sides) == total // 2
    assert [page for page in found if page is not None] == list(range(pages))
    assert len(found) == total
    assert found[-1] == pages - 1, "the back cover is outside"


@given(st.integers(1, 200), SIGNATURES)
def test_fronts_and_backs_alternate_and_depth_grows_inwards(pages: int, signature: int) -> None:
    sides = order(pages, Folding(signature))
    assert [side.front for side in sides] == [True, False] * (len(sides) // 2)
    assert [side.sheet for side in sides[::2]] == list(range(len(sides) // 2))
    size = (signature or len(sides) * 2) // 4 or 1
    assert [side.depth for side in sides[::2]] == [n % size for n in range(len(sides) // 2)]


def numbered(pages: int) -> bytes:
    """A file whose pages say their number, with what an edition's catalogue has."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    for number in range(1, pages + 1):
        page = pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.obj.Contents = pdf.make_stream(f"BT /F 40 Tf 180 300 Td ({number}) Tj ET".encode())
    pdf.Root.OutputIntents = pikepdf.Array([])
    pdf.Root.Lang = pikepdf.String("zh")
    pdf.Root.Metadata = pdf.make_stream(b"<x:xmpmeta/>")
    pdf.docinfo["/Title"] = "x"
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def halves(page: Any) -> tuple[str, str]:
    """The words of both halves of a side, as a reader of PDFs that is not ours finds them."""
    text = page.get_textpage()
    wide, high = page.get_size()
    left, right = (text.get_text_bounded(x, 0, x + wide / 2, high) for x in (0, wide / 2))
    return left.strip(), right.strip()


@pytest.mark.parametrize("duplex", ["short-edge", "long-edge"])
@pytest.mark.parametrize(("pages", "signature"), [(1, 0), (11, 0), (12, 4), (30, 16)])
def test_the_printed_sheets_folded_count_up(pages: int, signature: int, duplex: Any) -> None:
    folding = Folding(signature, 0.1, duplex)
    file = impose(numbered(pages), folding)
    found = [halves(page) for page in pypdfium2.PdfDocument(file)]
    sheets = []
    for front, back in zip(found[::2], found[1::2], strict=True):
        # Turned about its long edge, left stays left; about its short edge, left lies behind right.
        sheets.append((front, back if duplex == "long-edge" else back[::-1]))
    count = (signature or len(sheets) * 4) // 4
    book = [page for n in range(0, len(sheets), count) for page in folded(sheets[n : n + count])]
    assert [page for page in book if page] == [str(n) for n in range(1, pages + 1)]


def test_inner_sheets_move_towards_the_fold() -> None:
    def edge(file: bytes, sheet: int) -> float:
        """Left edge of the right page's number on a front."""
        page = pypdfium2.PdfDocument(file)[2 * sheet]
        wide = page.get_size()[0]
        text = page.get_textpage()
        boxes = [text.get_charbox(n) for n in range(text.count_chars())]
        return min(box[0] for box in boxes if box[0] > wide / 2)

    source = numbered(9)
    plain, crept = impose(source, Folding()), impose(source, Folding(creep=0.5))
    moved = [edge(plain, sheet) - edge(crept, sheet) for sheet in range(3)]
    assert moved == pytest.approx([0, 0.5 * 72 / 25.4, 72 / 25.4], abs=0.01)


def test_two_a5_pages_fill_an_a4_sheet() -> None:
    size = pypdfium2.PdfDocument(impose(numbered(4), Folding()))[0].get_size()
    assert size == pytest.approx((297 / 25.4 * 72, 210 / 25.4 * 72), abs=0.01)


def test_a_plan_that_is_wrong_does_not_count_up() -> None:
    sides = list(order(8, Folding()))
    sides[0], sides[2] = sides[2], sides[0]
    assert read(sides, 0, 8) != list(range(8))

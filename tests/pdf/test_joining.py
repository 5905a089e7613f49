"""A book is the same, whatever the order in which its pieces came."""

from __future__ import annotations

import hashlib
import io
import itertools
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from booklet.cache import Cache, tool
from booklet.pdf import lay_out, link
from booklet.pdf.joining import LINKED, Joining
from booklet.pdf.model import LaidOut, Order, Piece, Plan

CSS = '@page { size: 148mm 210mm } body { font: 10.5pt/18pt "Booklet Song" }'
HTML = '<html lang="zh"><head><title>x</title></head><body id="c{}"><p>{}</p></body></html>'
PLAN = Plan("书", "zh", (), two_sided=True)
ORDERS = [Order("c0", list), Order("c1", list, path="1.md"), Order("c2", list, path="2.md")]  # type: ignore[arg-type]


def picture(colour: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(data, "PNG")
    return data.getvalue()


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> list[LaidOut]:
    """Three pieces that share a picture, and one picture of their own each."""
    pictures = {hashlib.sha256(data).hexdigest(): data for data in map(picture, ("red", "lime", "blue", "black"))}
    common, *own = (f'<img src="asset:{digest}.png" alt="图">' for digest in pictures)
    style = lay_out.Style((CSS,), (tmp_path_factory.mktemp("theme"),))
    bodies = [f"{'一二三'[n]}{common}{one}<a href='#c{2 - n}'>见</a>" for n, one in enumerate(own)]
    pieces = [Piece(f"c{n}", "chapter", HTML.format(n, body), "zh") for n, body in enumerate(bodies)]
    return [lay_out.lay_out(piece, style, pictures.__getitem__).value for piece in pieces]


def test_the_order_of_giving_does_not_show(laid: list[LaidOut], tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    digests = [cache.store.put(piece.dump()) for piece in laid]
    whole = Joining(ORDERS, cache).linked(digests, PLAN).value
    assert whole.pages == 5
    for order in itertools.permutations(range(3)):
        joining = Joining(ORDERS, cache)
        for number in order:
            joining.give(number, digests[number])
        cache.forget(LINKED, [tool(), *digests, repr(PLAN)])
        assert joining.linked(digests, PLAN).value == whole, order


def test_what_pieces_share_is_in_the_book_once(laid: list[LaidOut]) -> None:
    with pikepdf.open(io.BytesIO(link.link(laid, PLAN).value.pdf)) as pdf:
        streams = [item for item in pdf.objects if isinstance(item, pikepdf.Stream)]
    assert sum(item.get("/Subtype") == "/Image" for item in streams) == 4
    assert sum("/N" in item and item.get("/Type") != "/ObjStm" for item in streams) == 1, "one colour profile"


def test_pages_hang_in_the_tree_as_readers_expect(laid: list[LaidOut]) -> None:
    with pikepdf.open(io.BytesIO(link.link(laid, PLAN).value.pdf)) as pdf:
        assert len(pdf.pages) == 5, "three, and two blank ones before those that open on the right"
        assert all(page.obj.Parent.Parent.objgen == pdf.Root.Pages.objgen for page in pdf.pages)
        assert pdf.Root.Pages.Count == 5
        assert len(pdf.pages[1].Contents.read_bytes()) == 0
        assert len({str(page.mediabox) for page in pdf.pages}) == 1


def test_pieces_are_taken_from_the_cache_once(laid: list[LaidOut], tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    digests = [cache.store.put(piece.dump()) for piece in laid]
    early = Joining(ORDERS, cache)
    early.give(2, digests[2])
    (cache.store.root / digests[2]).unlink()
    assert early.linked(digests, PLAN).value.pages == 5

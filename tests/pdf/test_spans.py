"""Spans that say nothing leave the structure; every mark stays, in its order, and the parent tree follows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from booklet.cache import Store
from booklet.pdf.lay_out import Style, lay_out
from booklet.pdf.model import Piece

CSS = '@page { size: 60mm 60mm } body { font: 10.5pt/18pt "Booklet Song" } i { font-style: normal; display: block }'
BODY = """<p id="a">一<span>二</span><span>三<a href="https://example.org/">链</a></span>四<b>五</b></p>
<div><i><span>六</span><span>七</span></i></div><p>{}</p>"""


def laid(tmp_path: Path) -> pikepdf.Pdf:
    html = f'<html lang="zh"><head><title>x</title></head><body id="c">{BODY.format("长" * 300)}</body></html>'
    made = lay_out(Piece("c", "chapter", html, "zh"), Style((CSS,), (tmp_path,)), Store(tmp_path).get)
    return pikepdf.open(io.BytesIO(made.value.pdf))


def marks(element: Any, page: Any = None) -> Iterator[tuple[Any, int, Any]]:
    """Page, number and owner of every mark, in reading order."""
    here = element.get("/Pg", page)
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, pikepdf.Dictionary):
            yield here.objgen, int(kid), element
        elif kid.get("/Type") == pikepdf.Name.MCR:
            yield kid.Pg.objgen, int(kid.MCID), element
        elif "/S" in kid:
            yield from marks(kid, here)


def test_marks_stay_in_order_and_the_parent_tree_names_their_owners(tmp_path: Path) -> None:
    with laid(tmp_path) as pdf:
        root = pdf.Root.StructTreeRoot
        found = list(marks(root.K[0]))
        pages = [page.obj.objgen for page in pdf.pages]
        assert [(pages.index(page), number) for page, number, _ in found] == sorted(
            (pages.index(page), number) for page, number, _ in found
        )
        rows = {pages[n]: root.ParentTree.Nums[2 * n + 1] for n in range(len(pages))}
        assert all(rows[page][number].objgen == owner.objgen for page, number, owner in found)
        assert len(found) == sum(entry is not None for row in rows.values() for entry in row)
        assert len({page for page, _, owner in found if owner.S == pikepdf.Name.P}) > 1, "a paragraph over two pages"


def test_only_spans_that_say_nothing_go(tmp_path: Path) -> None:
    with laid(tmp_path) as pdf:
        spans = [
            item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == pikepdf.Name.Span
        ]
        held = [span for span in spans if any(isinstance(kid, pikepdf.Dictionary) for kid in span.get("/K", ()))]
        assert held, "the one with the link stays"
        assert {str(span.P.S) for span in spans if span not in held}.isdisjoint({"/P", "/Link", "/Span"})
        alone = [span.P.objgen for span in spans if span not in held]
        assert len(alone) == len(set(alone)), "neighbours are one"

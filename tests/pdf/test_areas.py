"""One area for a link."""

from __future__ import annotations

from pathlib import Path

import pikepdf

from booklet.pdf.areas import outermost
from booklet.pdf.lay_out import Style, lay_out
from booklet.pdf.model import Piece

CSS = '@page { size: 148mm 210mm } body { font: 10.5pt/18pt "Booklet Song" } .pg { position: absolute; right: 0 }'


def test_what_lies_in_a_link_of_the_same_target_is_no_area_of_its_own() -> None:
    rows = [("a", (0, 0, 100, 20)), ("a", (5, -2, 50, 21)), ("b", (5, 0, 50, 20)), ("a", (0, 30, 100, 50))]
    links = [("internal", target, tuple(map(float, place)), None) for target, place in rows]
    assert [(target, place) for _, target, place, _ in outermost(links)] == [rows[0], rows[2], rows[3]]  # type: ignore[arg-type]


def test_a_line_of_the_contents_is_one_link_and_one_on_two_lines_is_two(tmp_path: Path) -> None:
    inside = '<b>1</b><span>题<i>目</i></span><span class="pg">3</span>'
    line = f'<p><a href="#x" style="display: block; position: relative">{inside}</a></p>'
    long = f'<p id="x"><a href="#x">{"很长的话" * 10}</a></p>'
    html = f'<html lang="zh-Hans"><body>{line}{long}</body></html>'
    laid = lay_out(Piece("a", "chapter", html, "zh-Hans"), Style((CSS,), ()), lambda digest: b"").value
    (tmp_path / "a.pdf").write_bytes(laid.pdf)
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert len(pdf.pages[0].Annots) == 3

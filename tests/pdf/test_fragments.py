"""What goes over pages is one element of the structure, its words in their order."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf

from booklet.cache import Store
from booklet.pdf.lay_out import Style, lay_out
from booklet.pdf.model import Piece
from tests.pdf.test_spans import marks

CSS = """@page { size: 60mm 40mm; margin: 5mm } body { font: 10.5pt/18pt "Booklet Song" } p { margin: 0 }
thead { display: table-header-group }"""


def laid(tmp_path: Path, body: str) -> Any:
    html = f'<html lang="zh"><head><title>x</title></head><body id="c">{body}</body></html>'
    made = lay_out(Piece("c", "chapter", html, "zh"), Style((CSS,), (tmp_path,)), Store(tmp_path).get)
    return pikepdf.open(io.BytesIO(made.value.pdf))


def tree(pdf: pikepdf.Pdf) -> list[Any]:
    """Kinds, nested, and the number of a page for what stands there."""
    pages = [page.obj.objgen for page in pdf.pages]

    def told(element: Any) -> list[Any]:
        rows: list[Any] = [str(element.S)[1:]]
        own = {page for page, _, owner in marks(element) if owner.objgen == element.objgen}
        rows += sorted(pages.index(page) for page in own)
        return rows + [told(kid) for kid in element.K if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]

    return [told(kid) for kid in pdf.Root.StructTreeRoot.K[0].K]


def test_a_paragraph_in_a_section_over_pages_is_one(tmp_path: Path) -> None:
    with laid(tmp_path, f"<section><h2>一</h2><p>{'长' * 180}</p><p>短</p></section>") as pdf:
        last = len(pdf.pages) - 1
        assert last > 1
        assert tree(pdf) == [["Sect", ["H2", 0], ["P", *range(last + 1)], ["P", last]]]


def test_two_paragraphs_that_meet_at_a_page_are_two(tmp_path: Path) -> None:
    with laid(tmp_path, "<div><p>一</p><p style='break-before: page'>二</p></div>") as pdf:
        assert tree(pdf) == [["Div", ["P", 0], ["P", 1]]]


def test_a_list_in_an_item_that_goes_over_a_page_keeps_its_order(tmp_path: Path) -> None:
    inner = "".join(f"<li>{'内' * 20}</li>" for _ in range(5))
    with laid(tmp_path, f"<ol><li>{'外' * 20}<ul>{inner}</ul></li><li>末</li></ol>") as pdf:
        pages = [page.obj.objgen for page in pdf.pages]
        seen = [pages.index(page) for page, _, _ in marks(pdf.Root.StructTreeRoot.K[0])]
        assert len(set(seen)) > 1
        assert seen == sorted(seen)
        (outer,) = tree(pdf)
        assert [row[0] for row in outer[1:]] == ["LI", "L", "LI"]


def test_each_part_of_a_table_keeps_its_heads(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>{n}</td><td>格</td></tr>" for n in range(12))
    table = f"<table><thead><tr><th>甲</th><th>乙</th></tr></thead><tbody>{rows}</tbody></table>"
    with laid(tmp_path, f"<section>{table}</section>") as pdf:
        (section,) = tree(pdf)
        assert section[0] == "Sect"
        assert [(table[0], table[1][0]) for table in section[1:]] == [("Table", "THead")] * len(pdf.pages)


def test_nothing_of_the_numbers_is_left(tmp_path: Path) -> None:
    with laid(tmp_path, f"<section><p>{'长' * 180}</p></section>") as pdf:
        assert not [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Fragment" in item]

"""The dots before page numbers are artifacts, and what templates call so."""

from __future__ import annotations

from pathlib import Path

from tests.pdf.test_fragments import laid, tree
from tests.pdf.test_spans import marks

ROWS = '<p><a href="https://example.org/">一</a></p><p><a href="https://example.org/2">一二三</a></p>'
DOTS = '<style>a::after { content: leader(" .") "7" }</style>'


def test_dots_are_no_part_of_what_is_read(tmp_path: Path) -> None:
    with laid(tmp_path, DOTS + ROWS) as pdf:
        drawn = pdf.pages[0].Contents.read_bytes()
        said = list(marks(pdf.Root.StructTreeRoot.K[0]))
        assert tree(pdf) == [["P", ["Link", 0]], ["P", ["Link", 0]]]
        assert len(said) == drawn.count(b"/MCID") == 4, "two titles, two numbers"
        assert drawn.count(b"/Artifact <</Type/Pagination>>") == 2
        assert [row.P.S for *_, row in said] == ["/P"] * 4


def test_what_has_the_role_of_presentation_is_not_read(tmp_path: Path) -> None:
    with laid(tmp_path, '<section><ol role="presentation"><li><span>1</span></li></ol><p>一</p></section>') as pdf:
        assert tree(pdf) == [["Sect", ["P", 0]]]
        assert b"/Artifact" in pdf.pages[0].Contents.read_bytes()

"""The text engine: lines as documents, filling as a property, another WeasyPrint as a notice."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from unittest import mock

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.pdf import cjk, findings
from booklet.pdf.cjk.fill import LOOSE, Gap, fill
from tests import cases
from tests.typography.make import pdf
from tools.typography import Measured, read

CASES = sorted(Path(__file__).parent.joinpath("cases").glob("*.html"))
CSS = 'p { text-indent: 0 } b { font-family: "Booklet Hei" } body { hyphens: none }'


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_lines(path: Path, rewrite: bool, tmp_path: Path) -> None:
    case = cases.read(path)
    language = case.get("language", "zh-Hans").strip()
    cases.check(path, {"lines": lines(pdf(tmp_path / "a.pdf", case["html"], CSS, language=language))}, rewrite)


def lines(path: Path) -> str:
    """Every line of a page: its edges in em, rounded, and its text without spaces."""
    book = read(path)
    left = 18 * 72 / 25.4
    measured = Measured(book)
    rows = []
    for line in book.lines:
        if line.block and line.y < 525:
            first, last = (measured.start(line) - left) / 10.5, (measured.end(line) - left) / 10.5
            rows.append(f"{abs(round(first, 1))} {round(last, 1)} {line.text.replace(' ', '')}")
    return "\n".join(rows)


def test_the_gaps_of_a_line_are_even(tmp_path: Path) -> None:
    text = "一二三四五六七八九十" * 8
    book = read(pdf(tmp_path / "a.pdf", f"<p>{text}，末</p>", "body { margin-right: 5pt } p { text-indent: 0 }"))
    first = next(line for line in book.lines if line.block)
    gaps = [b.x - a.x for a, b in zip(first.chars, first.chars[1:], strict=False)]
    assert max(gaps) - min(gaps) < 0.03
    assert first.chars[-1].x + 10.5 == pytest.approx(first.chars[0].x + 289, abs=0.1)


def test_a_formula_or_small_type_does_not_open_the_line(tmp_path: Path) -> None:
    small = (
        'x<sub style="font-size: 7pt">i</sub><sup style="font-size: 7pt">2</sup> <code style="font-size: 12pt">x</code>'
    )
    book = read(pdf(tmp_path / "a.pdf", f"<p>{'一二三四五六七八九十' * 4}{small}{'一二三四五六七八九十' * 6}</p>"))
    rows = sorted({round(line.y, 1) for line in book.lines if line.block}, reverse=True)
    assert {round(a - b, 1) for a, b in pairwise(rows)} == {18.0}


def test_what_is_much_too_high_opens_whole_lines(tmp_path: Path) -> None:
    high = '<span style="display: inline-block; height: 30pt; width: 10pt"></span>'
    book = read(pdf(tmp_path / "a.pdf", f"<p>{'一二三四五六七八九十' * 4}{high}{'一二三四五六七八九十' * 6}</p>"))
    rows = sorted({round(line.y, 1) for line in book.lines if line.block}, reverse=True)
    assert {round(a - b, 1) for a, b in pairwise(rows)} == {18.0, 36.0}


def test_text_comes_out_as_it_went_in(tmp_path: Path) -> None:
    words = "他说：“《红楼梦》（曹雪芹）是名著。”然后就没有然后了！我们再写一些文字，看看行末的标点怎样处理，一行排满。"
    book = read(pdf(tmp_path / "a.pdf", f"<p>{words}</p>"))
    assert "".join(char.text for page in book.pages for char in page.chars if char.block) == words


def gaps() -> st.SearchStrategy[list[Gap]]:
    kinds = st.sampled_from(["word", "mixed", "han", "letter"])
    return st.lists(st.builds(Gap, kinds, st.floats(0, 4), st.floats(8, 16)), max_size=40)


@given(gaps(), st.floats(0.01, 300))
def test_a_line_is_filled_exactly_or_not_at_all(places: list[Gap], extra: float) -> None:
    rooms = [max(0.0, LOOSE[gap.kind] * gap.em - gap.width) for gap in places]
    grown = fill(places, extra)
    if grown is None:
        assert sum(rooms) < extra
    else:
        assert sum(grown) == pytest.approx(extra)
        assert all(-1e-9 <= width <= room + 1e-6 for width, room in zip(grown, rooms, strict=True))


def test_han_never_part_by_more_than_three_tenths() -> None:
    assert fill([Gap("han", 0, 10)] * 10, 30.0) == pytest.approx((3.0,) * 10)
    assert fill([Gap("han", 0, 10)] * 10, 30.1) is None


def test_spaces_grow_first_and_stop_at_their_limit() -> None:
    word, *han = fill([Gap("word", 2.5, 10), *[Gap("han", 0, 10)] * 10], 6.5) or ()
    assert word == pytest.approx(1.5)
    assert han == pytest.approx([0.5] * 10)
    word, *han = fill([Gap("word", 2.5, 10), *[Gap("han", 0, 10)] * 10], 20.0) or ()
    assert word == pytest.approx(2.5)
    assert han == pytest.approx([1.75] * 10)


def test_letters_part_a_little_before_a_space_becomes_a_hole() -> None:
    places = [Gap("word", 2.5, 10), *[Gap("letter", 0, 10)] * 10]
    word, *letters = fill(places, 2.0) or ()
    assert word == pytest.approx(2.0, abs=0.1)
    word, *letters = fill(places, 4.5) or ()
    assert (word, letters) == (pytest.approx(2.5), pytest.approx([0.2] * 10))
    word, *letters = fill(places, 9.5) or ()
    assert (word, letters) == (pytest.approx(4.5, abs=0.1), pytest.approx([0.5] * 10, abs=0.01))


def test_a_line_of_latin_words_is_filled_with_ligatures_and_all(tmp_path: Path) -> None:
    words = "The first efficient office of fluffy affairs finds" + " Unfolds" * 3
    css = "body { margin-right: 74.4pt; hyphens: none } p { text-indent: 0 }"
    first, *_ = (line for line in read(pdf(tmp_path / "a.pdf", f"<p>{words}</p>", css)).lines if line.block)
    letters = [char for char in first.chars if char.text != " "]
    assert Measured(read(tmp_path / "a.pdf")).end(first) == pytest.approx(18 * 72 / 25.4 + 294 - 74.4, abs=0.6)
    gaps = [b.x - a.right for a, b in pairwise(letters) if b.x - a.right > 2]
    assert max(gaps) < 5.6


def test_another_weasyprint_is_left_alone_and_said() -> None:
    import weasyprint
    from weasyprint.layout import inline

    plain = inline.text_align
    with mock.patch.object(weasyprint, "__version__", "71.0"), cjk.setting() as ragged:
        assert inline.text_align is plain
        assert ragged == []
        assert [note.code for note in findings.other_version(False)] == ["pdf/plain-lines"]
    with cjk.setting():
        assert inline.text_align is not plain
    assert inline.text_align is plain


def test_the_dots_before_page_numbers_are_one_run_and_stand_in_columns(tmp_path: Path) -> None:
    css = 'p { text-indent: 0; text-align: left } p::after { content: leader(" .") }'
    file = pdf(tmp_path / "a.pdf", "<p>一</p><p>一二三</p><p>一二三四五六七</p>", css)
    with pikepdf.open(file) as opened:
        assert opened.pages[0].Contents.read_bytes().count(b"/MCID") == 7  # the folio is one
    rows = [[char.x for char in line.chars if char.text == "."] for line in read(file).lines if line.block]
    assert [len(row) > 20 for row in rows] == [True] * 3
    assert len({round(row[-1], 1) for row in rows}) == 1
    assert set(map(round, rows[2])) <= set(map(round, rows[1])) <= set(map(round, rows[0]))

"""Addresses, ink, bookmarks: what the linker computes by itself."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet import fonts
from booklet.diagnostics import BookletError
from booklet.pdf.link import addresses, ink
from booklet.pdf.model import FontUse, LaidOut, Linked, Slot
from booklet.pdf.names import plain

GLYPHS = {str(n): (n + 10, 600.0) for n in range(10)} | dict.fromkeys("ivxlcdm", (40, 300.0))
VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def piece(kind: str, pages: int, **destinations: tuple[int, float, float]) -> LaidOut:
    return LaidOut(kind, kind, "zh", pages, destinations, (), (), {}, (), b"")  # type: ignore[arg-type]


def slot(width: float = 30, align: str = "right") -> Slot:
    return Slot("s", "slot:folio", 0, width, 12, "f", 10, align, (0, 0, 0), GLYPHS)


@given(st.integers(1, 3999))
def test_roman_figures_count(number: int) -> None:
    values = [VALUES[c] for c in addresses.roman(number)]
    after = [*values[1:], 0]
    assert sum(-v if v < w else v for v, w in zip(values, after, strict=True)) == number


def test_the_front_is_roman_and_the_rest_starts_at_one() -> None:
    made = addresses.assign(
        [piece("cover", 1), piece("front", 3), piece("chapter", 2, a=(1, 5.0, 6.0))], two_sided=False
    )
    assert made.labels == ("i", "ii", "iii", "iv", "1", "2")
    assert made.places == {"a": (5, 5.0, 6.0)}
    assert made.first == (0, 1, 4)


def test_two_sided_pieces_open_on_a_right_hand_page() -> None:
    made = addresses.assign(
        [piece("cover", 1), piece("front", 2), piece("chapter", 3), piece("back", 1)], two_sided=True
    )
    assert [first % 2 for first in made.first] == [0, 0, 0, 0]
    assert [int(label) % 2 for label in (made.labels[first] for first in made.first) if label.isdigit()] == [1, 1]


def test_an_id_that_stands_twice_is_an_error() -> None:
    with pytest.raises(BookletError, match="#a stands in the book twice"):
        addresses.assign([piece("chapter", 1, a=(0, 0.0, 0.0)), piece("back", 1, a=(0, 0.0, 0.0))], two_sided=False)


@given(st.integers(0, 9999), st.sampled_from(["left", "center", "right", "start", "end"]))
def test_a_label_says_when_it_is_too_wide(number: int, align: str) -> None:
    text = str(number)
    content, over = ink.label(slot(width=13, align=align), text)
    assert over == (6 * len(text) > 13)
    assert "".join(f"{GLYPHS[c][0]:04x}" for c in text).encode() in content


def test_labels_are_flush_where_they_should_be() -> None:
    def x(align: str) -> float:
        return float(ink.label(slot(align=align), "12")[0].split(b" 1 0 0 -1 ")[1].split()[0])

    assert (x("left"), x("center"), x("right")) == (0, 9, 18)


@given(st.integers(1, 9999), st.sampled_from(["left", "center", "right"]))
def test_a_chapters_number_always_fits_its_box(number: int, align: str) -> None:
    written = ink.fitted(slot(width=13, align=align), str(number)).decode().split()
    size, x = float(written[2]), float(written[8])
    assert size <= 10
    assert x >= -0.01
    assert x + 0.6 * size * len(str(number)) <= 13.01


@given(st.dictionaries(st.text(max_size=5), st.tuples(st.integers(0, 5), st.floats(0, 500), st.floats(0, 500))))
def test_what_is_laid_out_survives_the_cache(destinations: dict[str, tuple[int, float, float]]) -> None:
    laid = LaidOut(
        "a",
        "chapter",
        "zh",
        3,
        destinations,
        (slot(),),
        (FontUse(fonts.FACES[0], {"w": [1]}),),
        {"i": "d"},
        ("b",),
        b"%PDF\n\x00\xff",
    )
    assert LaidOut.load(laid.dump()) == laid


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=3)), st.binary(max_size=20))
def test_what_is_linked_survives_the_cache(folios: dict[str, str], pdf: bytes) -> None:
    assert Linked.load(Linked(pdf, ("i", "1"), folios).dump()) == Linked(pdf, ("i", "1"), folios)


@given(st.text(), st.text())
def test_names_in_the_pdf_are_ascii_and_stay_apart(one: str, two: str) -> None:
    assert plain(one).isascii()
    assert (plain(one) == plain(two)) == (one == two)


def test_a_reader_finds_ascii_names_as_they_are() -> None:
    assert plain("q-0724f559") == "q-0724f559"


def test_a_process_that_only_links_has_the_engine_prepared() -> None:
    code = "import os; from booklet.pdf.link import fonts; fonts.union([]); print(os.environ['FONTCONFIG_FILE'])"
    environ = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environ, check=True)
    assert done.stdout.strip().endswith("fonts.conf")

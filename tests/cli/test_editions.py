"""Screen, print and booklet editions of one book, read by programs that are not ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest

from booklet import editions
from booklet.config import load
from booklet.model import Book
from tests import judges, site
from tests.cli.run import booklet

MM = 72 / 25.4
TAB = 37
"""pt: the fore-edge tab with its figures."""
CONFIG = """[book]
title = "面试题"
description = "给人翻的书。"

[collect]
title = "面试题-"

[pdf]
editions = ["screen", "print", "booklet"]
bleed = "3mm"
crop_marks = true
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, dict[str, Any]]]:
    """The folder of the files, and what the program says of each edition."""
    folder = tmp_path_factory.mktemp("editions")
    where = site.make(folder / "site", **{"booklet.toml": CONFIG})
    answer = booklet(
        *("build", "--pdf", "--offline", "--json", "-C", where, "-o", folder / "out"),
        cwd=where,
        XDG_CACHE_HOME=str(folder / "cache"),
    )
    assert answer.code == 0, answer.err
    return folder / "out", {item["edition"]: item for item in answer.json["artifacts"]}


def pages(made: tuple[Path, dict[str, dict[str, Any]]], edition: str) -> pypdf.PdfReader:
    return pypdf.PdfReader(made[0] / made[1][edition]["file"])


def test_names_and_page_counts_are_those_of_the_files(made: tuple[Path, dict[str, dict[str, Any]]]) -> None:
    folder, said = made
    stem = said["screen"]["file"].removesuffix(".pdf")
    assert [said[name]["file"] for name in said] == [f"{stem}.pdf", f"{stem}-print.pdf", f"{stem}-booklet.pdf"]
    for name, item in said.items():
        assert len(pages(made, name).pages) == item["pages"]
        assert (item["kind"], item["paper"]) == ("pdf", "A5")
    assert {path.name for path in folder.iterdir()} == {item["file"] for item in said.values()}


def test_print_is_archived_and_accessible_and_sheets_are_archived(
    made: tuple[Path, dict[str, dict[str, Any]]],
) -> None:
    folder, said = made
    assert judges.verapdf("ua1,3a", folder / said["print"]["file"]) == []
    assert judges.verapdf("2b", folder / said["booklet"]["file"]) == []
    assert judges.qpdf(folder / said["print"]["file"]) == judges.qpdf(folder / said["booklet"]["file"]) == []


def test_chapters_open_on_right_hand_pages_with_odd_folios(made: tuple[Path, dict[str, dict[str, Any]]]) -> None:
    reader = pages(made, "print")
    named = reader.named_destinations
    for chapter in ("one", "two", "matter-front", "matter-contents", "matter-questions"):
        if chapter in named:
            number = reader.get_destination_page_number(named[chapter])
            assert number is not None and number % 2 == 0, chapter
    first = reader.get_destination_page_number(named["one"])
    assert reader.page_labels[first] == "1"  # type: ignore[index]
    assert len(reader.pages) % 2 == 0
    assert reader.get_destination_page_number(named["matter-end"]) == len(reader.pages) - 1


def test_inner_margins_are_at_the_fold(made: tuple[Path, dict[str, dict[str, Any]]]) -> None:
    document = pypdfium2.PdfDocument(made[0] / made[1]["print"]["file"])
    reader = pages(made, "print")
    start = reader.get_destination_page_number(reader.named_destinations["one"]) or 0
    for number in (start, start + 1):
        trim = reader.pages[number].trimbox
        text = document[number].get_textpage()
        boxes = [text.get_charbox(n) for n in range(text.count_chars())]
        edges = [box[0] - float(trim.left) for box in boxes if box[3] < trim.top - 66]
        inside = [x for x in edges if TAB < x < float(trim.width) - TAB]
        assert (70 < min(inside) < 80) if number % 2 else (50 < min(inside) < 55)


def test_bleed_and_marks_lie_around_the_trimmed_page(made: tuple[Path, dict[str, dict[str, Any]]]) -> None:
    for page in pages(made, "print").pages:
        trim, bleed, media = page.trimbox, page.bleedbox, page.mediabox
        assert (float(trim.width) / MM, float(trim.height) / MM) == pytest.approx((148, 210), abs=0.01)
        assert float(trim.left - bleed.left) == pytest.approx(3 * MM, abs=0.01)
        assert float(bleed.left - media.left) == pytest.approx(30, abs=0.01)
        assert b" l " in page.get_contents().get_data()[-400:]  # type: ignore[union-attr]


def test_the_cover_bleeds_and_the_marks_are_drawn(made: tuple[Path, dict[str, dict[str, Any]]]) -> None:
    page = pages(made, "print").pages[0]
    picture = pypdfium2.PdfDocument(made[0] / made[1]["print"]["file"])[0].render(scale=2).to_pil().convert("RGB")

    def at(x: float, y: float) -> tuple[int, int, int]:
        """The colour at a point in pt from the lower left corner of the trimmed page."""
        left, top = float(page.trimbox.left - page.mediabox.left), float(page.mediabox.top - page.trimbox.bottom)
        return picture.getpixel((int((left + x) * 2), int((top - y) * 2)))  # type: ignore[return-value]

    red = (185, 48, 28)
    assert at(-6, 20) == at(20, -6) == at(20, 20) == red
    assert at(-12, 20) == (255, 255, 255)
    assert min(at(-15 - n, 0)[0] for n in range(12)) < 200


def test_the_booklet_is_made_of_untrimmed_pages(made: tuple[Path, dict[str, dict[str, Any]]]) -> None:
    reader = pages(made, "booklet")
    size = reader.pages[0].mediabox
    assert (float(size.width) / MM, float(size.height) / MM) == pytest.approx((297, 210), abs=0.01)
    assert reader.page_labels[:4] == ["1A", "1B", "2A", "2B"]
    assert len(reader.pages) % 2 == 0
    assert "/StructTreeRoot" not in reader.trailer["/Root"]  # type: ignore[operator]


def test_one_edition_does_not_change_another(tmp_path: Path, made: tuple[Path, dict[str, dict[str, Any]]]) -> None:
    where = site.make(tmp_path / "site", **{"booklet.toml": CONFIG})
    answer = booklet("build", "--pdf", "--edition", "screen", "--offline", "--json", "-C", where, cwd=where)
    assert [item["sha256"] for item in answer.json["artifacts"]] == [made[1]["screen"]["sha256"]]


@pytest.mark.parametrize(
    ("hugo", "own", "language", "ending"),
    [
        ('defaultContentLanguage = "zh-cn"', "", "en", ".en"),
        ('defaultContentLanguage = "zh-cn"', "", "zh-Hans", ""),
        ('languageCode = "en-us"', '[book]\nlanguage = "zh-Hans"', "en", ".en"),
        ('title = "x"', "", "en", ""),
    ],
)
def test_twins_stand_side_by_side(tmp_path: Path, hugo: str, own: str, language: str, ending: str) -> None:
    """By the language of the project, else of the site; where neither says one there is nothing to tell apart."""
    (tmp_path / "content").mkdir()
    (tmp_path / "hugo.toml").write_text(hugo)
    (tmp_path / "booklet.toml").write_text(own)
    book = Book("题", "guide", language, "urn:x", ())
    assert editions.suffix(book, load(tmp_path, {})) == ending

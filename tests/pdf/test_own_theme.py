"""The theme that themes/README.md makes, made as it says."""

from __future__ import annotations

import re
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from booklet.cache import Cache
from booklet.diagnostics import BookletError
from booklet.resources import themes
from tests import inside, site

FILE = re.compile(r'^```\w+ title="(my-theme/[^"]+)"\n(.*?)^```', re.M | re.S)
CONFIG = """[book]
title = "面试题"
theme = "./my-theme"
cover = "front.png"

[[parts]]
title = "一"
include = ["content/posts/one.md"]

[[parts]]
title = "二"
include = ["content/posts/two.md"]

[theme]
stripe = "9pt"
"""
GREEN = (0x22, 0x66, 0x3C)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from PIL import Image

    folder = tmp_path_factory.mktemp("mine")
    files = dict(FILE.findall((themes() / "README.md").read_text("utf-8")))
    assert len(files) == 3
    where = site.make(folder / "site", **files, **{"booklet.toml": CONFIG})
    Image.new("RGB", (148, 210), (10, 90, 200)).save(where / "front.png")
    done = inside.built(where, Cache(folder / "cache"), epub=False)
    assert not [note for note in done.notes if note.severity == "warning"]
    (folder / "book.pdf").write_bytes(done.value.artifacts[0].data)
    return folder / "book.pdf"


def test_the_stripe_has_its_colour_and_the_width_that_the_book_sets(book: Path) -> None:
    reader = pypdf.PdfReader(book)
    question = next(name for name in reader.named_destinations if name.startswith("q-"))
    page = reader.get_destination_page_number(reader.named_destinations[question])
    picture = pypdfium2.PdfDocument(book)[page].render(scale=2).to_pil().convert("RGB")  # type: ignore[index]
    left = 20 / 25.4 * 72
    rows = [y for y in range(picture.height) if picture.getpixel((int((left + 1) * 2), y)) == GREEN]
    assert len(rows) > 60
    y = rows[len(rows) // 2]
    run = sum(picture.getpixel((x, y)) == GREEN for x in range(int(left * 2) - 1, int((left + 12) * 2)))
    assert run >= 17, "9 pt at two pixels a point"
    assert picture.getpixel((int((left - 2) * 2), y)) == (255, 255, 255)


def test_its_part_page_and_those_it_takes_over_are_there(book: Path) -> None:
    text = [page.extract_text() for page in pypdf.PdfReader(book).pages]
    assert any(re.fullmatch(r"第一部分\s*一", page.strip()) for page in text)
    assert any("题目一览" in page for page in text)


def test_the_authors_own_cover_fills_the_page(book: Path) -> None:
    picture = pypdfium2.PdfDocument(book)[0].render(scale=1).to_pil().convert("RGB")
    assert picture.getcolors() == [(picture.width * picture.height, (10, 90, 200))]


@pytest.mark.parametrize(
    ("cover", "said"),
    [("gone.png", "it is not there"), ("booklet.toml", "no picture"), ("../elsewhere.png", "outside the project")],
)
def test_a_cover_that_is_none_is_named_with_its_line(tmp_path: Path, cover: str, said: str) -> None:
    where = site.make(tmp_path / "site", **{"booklet.toml": f'[book]\ntitle = "x"\ncover = "{cover}"\n'})
    (tmp_path / "elsewhere.png").write_bytes(b"x")
    with pytest.raises(BookletError) as raised:
        inside.built(where, Cache(tmp_path / "cache"), epub=False)
    assert raised.value.exit == 4
    assert said in raised.value.diagnostic.message
    assert str(raised.value.diagnostic.location) == "booklet.toml:3"

"""What stands beside the books of a release and above all releases, each file read by other code than ours."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import get_args
from urllib.parse import unquote, urlsplit

import feedparser
import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from booklet import shelf, theme
from booklet.config.tables import Edition
from booklet.ledger import Change, Ledger
from booklet.model import Book
from booklet.resources import themes
from booklet.shelf.page import size, what
from tests import inside, site
from tests.shelf import make

THEMES = sorted(path.parent.name for path in themes().glob("*/theme.toml"))
NOBODY = b"\x89PNG"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    folder = tmp_path_factory.mktemp("shelf")
    return inside.bound(site.make(folder / "site"), folder / "cache").value


@pytest.fixture(scope="module")
def released(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("releases")
    return make.publish(folder, make.ledger(book), [shelf.View(book, "", NOBODY)], theme.load("default", Path()))


def test_the_sums_hold_for_every_file_and_for_sha256sum(released: Path) -> None:
    folder = released / "2026.11"
    listed = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines())
    there = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    there.pop("SHA256SUMS")
    assert listed == there
    if shutil.which("sha256sum"):
        checked = subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=folder, capture_output=True)
        assert checked.returncode == 0, checked.stderr


def test_the_manifest_describes_the_files_and_knows_no_moment(released: Path, book: Book) -> None:
    text = (released / "2026.11/manifest.json").read_text("utf-8")
    manifest = json.loads(text)
    assert manifest["schema"] == "booklet/manifest/1"
    assert (manifest["label"], manifest["date"]) == ("2026.11", "2026-11-25")
    assert "02:20" not in text
    for item in manifest["files"]:
        data = (released / "2026.11" / item["name"]).read_bytes()
        assert (item["bytes"], item["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert {item["media_type"] for item in manifest["files"]} == {"application/pdf", "application/epub+zip"}
    assert [item["title"] for item in manifest["books"]] == [book.title]


def test_what_is_latest_has_a_name_that_stays(released: Path) -> None:
    latest = json.loads((released / "latest.json").read_text("utf-8"))
    assert latest["label"] == "2026.11"
    for item in latest["files"]:
        assert item["href"] == f"latest/{item['name']}"
        assert (released / item["href"]).read_bytes() == (released / item["path"]).read_bytes()
    assert {path.name for path in (released / "latest").iterdir()} == {
        path.name for path in (released / latest["folder"]).iterdir()
    }


def test_the_bill_of_materials_meets_its_schema_and_names_what_the_books_are_made_of(released: Path) -> None:
    text = (released / "2026.11/sbom.cdx.json").read_text("utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    bill = json.loads(text)
    parts = {item["name"]: item for item in bill["components"]}
    assert {"weasyprint", "ebooklib", "pandoc", "mathjax", "katex", "NotoSerifSC-Regular.otf"} <= set(parts)
    assert not {"pytest", "ruff", "mypy"} & set(parts), "what tests are made with is not in the book"
    assert parts["NotoSerifSC-Regular.otf"]["licenses"] == [{"license": {"id": "OFL-1.1"}}]
    assert parts["pikepdf"]["licenses"] == [{"expression": "MPL-2.0"}]
    assert parts["weasyprint"]["licenses"] == [{"license": {"id": "BSD-3-Clause"}}], "known by its text"
    assert all(item["licenses"] for item in bill["components"])
    assert len(bill["components"]) == len({item["bom-ref"] for item in bill["components"]})
    assert "timestamp" not in bill["metadata"]


def test_the_schema_can_refuse(released: Path) -> None:
    bill = json.loads((released / "2026.11/sbom.cdx.json").read_text("utf-8"))
    bill["components"][0]["type"] = "typeface"
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill)) is not None


def test_the_serial_number_comes_from_the_content(book: Book) -> None:
    one, again = (shelf.beside(make.release(book), make.FILES, make.HOUSE)["sbom.cdx.json"] for _ in range(2))
    other = shelf.beside(make.release(book, "2026.12"), make.FILES, make.HOUSE)["sbom.cdx.json"]
    assert one == again
    assert json.loads(one)["serialNumber"] != json.loads(other)["serialNumber"]


def test_the_feed_is_read_by_others(released: Path, book: Book) -> None:
    feed = feedparser.parse((released / "feed.xml").read_bytes())
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.title == book.title
    assert [entry.title.rpartition(" ")[2] for entry in feed.entries] == ["2026.11", "2026.10-r2", "2026.10"]
    assert feed.feed.updated == feed.entries[0].updated == "2026-11-25T02:20:07Z"
    assert len({entry.id for entry in feed.entries} | {feed.feed.id}) == 4
    told = feed.entries[0].content[0].value
    assert "旧题目" in told
    assert "<ins>标准差</ins>" in told
    for entry in feed.entries:
        assert {Path(link.href).name for link in entry.links if link.rel == "enclosure"} == set(make.BOOKS)


def test_entries_keep_their_ids_when_others_follow(book: Book) -> None:
    look, listed = theme.load("default", Path()), make.ledger(book)
    views = [shelf.View(book)]
    before, after = (
        feedparser.parse(shelf.above(Ledger(part), views, make.FILES, look)["feed.xml"])
        for part in (listed.releases[:2], listed.releases)
    )
    assert [entry.id for entry in before.entries] == [entry.id for entry in after.entries[1:]]
    assert before.feed.id == after.feed.id


@pytest.mark.parametrize("name", THEMES)
def test_every_link_of_every_themes_page_leads_to_a_file(name: str, book: Book, tmp_path: Path) -> None:
    twin = dataclasses.replace(book, language="en", title="Questions")
    views = [shelf.View(book, "", NOBODY), shelf.View(twin, ".en", NOBODY)]
    folder = make.publish(tmp_path, make.ledger(book), views, theme.load(name, Path()))
    for view in views:
        page = html.fromstring((folder / view.page).read_text("utf-8"))
        assert page.get("lang") == view.book.language
        assert not page.xpath("//script | //iframe | //object | //@onclick")
        for address in page.xpath("//@href | //@src"):
            parts = urlsplit(address)
            if parts.scheme or not parts.path:
                assert parts.scheme in ("", "data") or address == book.source, address
                assert parts.scheme or page.get_element_by_id(parts.fragment) is not None
            else:
                assert (folder / unquote(parts.path)).is_file(), address
        assert "url(" not in page.xpath("string(//style)"), "the page asks for nothing from elsewhere"


def test_the_page_says_what_there_is(released: Path, book: Book) -> None:
    page = html.fromstring((released / "index.html").read_text("utf-8"))
    shown = {code.text for code in page.xpath("//*[@class='files']//code")}
    assert shown == {hashlib.sha256(data).hexdigest() for data in make.BOOKS.values()}
    titles = page.xpath("//ol[@class='questions']/li/span[@class='t']")
    assert len(titles) == len(book.questions)
    assert titles[0].text_content().startswith("注意力为什么要除以 √")
    assert [item.get("class") for item in page.xpath("//ol[@class='questions']/li")][:2] == ["answered", "unanswered"]
    assert page.xpath("string(//h1)") == book.title
    assert "√" in page.xpath("string(//ul[@class='changes']/li)"), "a formula is shown, not its TeX"
    assert page.xpath("//h3/text()")[:3] == ["新增 ", "修订 ", "改题 "]
    assert f"章：{book.chapters[0].title}" in page.text_content()


def test_every_edition_and_profile_has_a_name_in_every_language() -> None:
    kinds = [*get_args(Edition), "standard", "kindle", "kobo"]
    for words in theme.load("default", Path()).strings.values():
        for kind in kinds:
            file = dataclasses.replace(make.file("guide.pdf"), edition=kind)
            assert what(file, words) != kind or kind == "kindle"


WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=12).map(lambda text: f"<b>&\"'{text}]]>")


@given(WORDS, WORDS, WORDS)
def test_no_title_breaks_page_or_feed(title: str, asked: str, new: str) -> None:
    plain = Book(title, "x", "en", "urn:uuid:1", (), authors=(asked,), description=new, rights=title)
    change = Change("revised", "q-1", asked, title, "en", edits=(make.Edit(asked, new, title),), old=new)
    listed = Ledger((make.release(plain, changes=(change,)),))
    made = shelf.above(listed, [shelf.View(plain)], make.FILES, theme.load("default", Path()))
    page = html.fromstring(made["index.html"].decode())
    assert not page.xpath("//b[not(parent::p or parent::summary)]")
    feed = etree.fromstring(made["feed.xml"])
    told = html.fromstring(feed.findtext(".//{*}entry/{*}content"))
    assert not told.xpath(".//b")


@pytest.mark.parametrize(
    ("count", "shown"), [(12, "0.1 kB"), (880, "0.9 kB"), (9_940, "9.9 kB"), (160_400, "160 kB"), (3_460_000, "3.5 MB")]
)
def test_sizes_are_for_people(count: int, shown: str) -> None:
    assert size(count) == shown

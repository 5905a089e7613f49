"""The page list against the PDF's labels, both files read by other code than ours."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from booklet import native
from booklet.cache import Cache
from booklet.convert.spots import PageMap
from booklet.diagnostics import failure
from booklet.epub.pages import _rising, page_list
from booklet.pdf import engine
from tests import inside, site

XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB = "{http://www.idpf.org/2007/ops}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
OPF = "{http://www.idpf.org/2007/opf}"
LONG = "---\ntitle: 面试题-基础篇（3）\ndate: 2025-02-01\n---\n\n" + "\n\n".join(
    f"## {n}. 第{n}题？\n\n" + "\n\n".join(f"甲{n}乙{m}丙。{'字句' * 90}" for m in range(4)) for n in range(1, 8)
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[pypdf.PdfReader, zipfile.ZipFile, Path, Path]:
    folder = tmp_path_factory.mktemp("pages")
    here = site.make(folder / "site", **{"content/posts/three.md": LONG})
    pdf, epub = inside.built(here, Cache(folder / "cache")).value.artifacts
    return pypdf.PdfReader(io.BytesIO(pdf.data)), zipfile.ZipFile(io.BytesIO(epub.data)), here, folder


def listed(book: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Label and target of each line of the page list."""
    nav = etree.fromstring(book.read("EPUB/nav.xhtml"))
    [pages] = [item for item in nav.iter(f"{XHTML}nav") if item.get(f"{EPUB}type") == "page-list"]
    return [(str(a.text), str(a.get("href"))) for a in pages.iter(f"{XHTML}a")]


def marks(book: zipfile.ZipFile) -> list[tuple[str, str, str]]:
    """File, id and label of each page mark, in reading order."""
    opf = etree.fromstring(book.read("EPUB/content.opf"))
    files = {item.get("id"): str(item.get("href")) for item in opf.iter(f"{OPF}item")}
    spine = [files[item.get("idref")] for item in opf.iter(f"{OPF}itemref")]
    return [
        (file, str(element.get("id")), str(element.get("aria-label")))
        for file in spine
        for element in etree.fromstring(book.read(f"EPUB/{file}")).iter(tag=etree.Element)
        if element.get("role") == "doc-pagebreak"
    ]


def test_the_page_list_is_the_pdfs_labels(built: tuple[pypdf.PdfReader, zipfile.ZipFile, Path, Path]) -> None:
    pdf, epub, _, _ = built
    assert [label for label, _ in listed(epub)] == list(pdf.page_labels)
    assert len(pdf.pages) > 12


def test_every_mark_is_listed_in_reading_order(built: tuple[pypdf.PdfReader, zipfile.ZipFile, Path, Path]) -> None:
    _, epub, _, _ = built
    assert [(label, f"{file}#{identifier}") for file, identifier, label in marks(epub)] == listed(epub)
    ncx = etree.fromstring(epub.read("EPUB/toc.ncx"))
    targets = [item.find(f"{NCX}content") for item in ncx.iter(f"{NCX}pageTarget")]
    assert [str(item.get("src")) for item in targets if item is not None] == [target for _, target in listed(epub)]


def test_a_mark_stands_before_words_of_its_page(built: tuple[pypdf.PdfReader, zipfile.ZipFile, Path, Path]) -> None:
    """What follows a mark in the running text stands on that page of the PDF."""
    pdf, epub, _, _ = built
    checked = 0
    for file, identifier, label in marks(epub):
        root = etree.fromstring(epub.read(f"EPUB/{file}"))
        [mark] = root.xpath(f"//*[@id='{identifier}']")
        after = "".join(map(str, mark.xpath("following::text()"))).replace("\n", "").replace(" ", "")[:5]
        if after.startswith("甲"):
            page = pdf.pages[list(pdf.page_labels).index(label)].extract_text().replace(" ", "")
            assert after in page, label
            checked += 1
    assert checked > 3


def test_the_bytes_do_not_depend_on_whether_the_pdf_is_built(
    built: tuple[pypdf.PdfReader, zipfile.ZipFile, Path, Path],
) -> None:
    _, epub, here, folder = built
    [alone] = inside.built(here, Cache(folder / "other"), pdf=False).value.artifacts
    assert epub.fp is not None
    epub.fp.seek(0)
    assert alone.data == epub.fp.read()


def test_without_pages_there_is_a_notice_and_no_list(
    tmp_path: Path, built: tuple[pypdf.PdfReader, zipfile.ZipFile, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing() -> None:
        raise failure("dependency/native-library", "Pango is not there")

    monkeypatch.setattr(native, "prepare", nothing)
    engine.load.cache_clear()
    done = inside.built(built[2], Cache(tmp_path), pdf=False)
    book = zipfile.ZipFile(io.BytesIO(done.value.artifacts[0].data))
    assert [note.severity for note in done.notes if note.code == "epub/no-pages"] == ["notice"]
    assert marks(book) == []
    assert b"page-list" not in book.read("EPUB/nav.xhtml")
    assert b"pageBreak" not in book.read("EPUB/content.opf")


def test_no_list_where_none_is_asked_for(tmp_path: Path) -> None:
    here = site.make(tmp_path / "s", **{"booklet.toml": '[epub]\npage_list = "none"\n'})
    [artifact] = inside.built(here, Cache(tmp_path / "c"), pdf=False).value.artifacts
    assert marks(zipfile.ZipFile(io.BytesIO(artifact.data))) == []


@given(st.lists(st.integers(0, 12), max_size=30))
def test_the_longest_run_never_falls_and_none_is_longer(pages: list[int]) -> None:
    run = [pages[n] for n in _rising(pages)]
    best = [0] * 13
    for page in pages:
        best[page] = 1 + max(best[: page + 1])
    assert run == sorted(run)
    assert len(run) == max(best, default=0)


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 5)))
def test_every_page_is_listed_once_whatever_stands_where(order: list[str], at: dict[str, int]) -> None:
    labels = tuple(map(str, range(1, 7)))
    pages = PageMap("screen", labels, {name: labels[page] for name, page in at.items()})
    found = page_list(pages, [("start", "f.xhtml"), *((name, "f.xhtml") for name in order)])
    marked = [label for name in ("start", *order) for label in found.marks.get(name, ())]
    assert marked == list(labels) == [line.title for line in found.lines]

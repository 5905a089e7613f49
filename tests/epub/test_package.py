"""The EPUB as a zip and as XML: what EPUBCheck lets pass and readers need."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from booklet.cache import Cache
from tests import inside, site

NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
TOML = """
[book]
title = "书 & 〈题〉"
subtitle = "副题"
authors = ["甲", "乙"]
language = "zh-Hans"
rights = "CC BY 4.0"
publisher = "社"
description = "一句话。"
identifier = "urn:uuid:0b4c1a2e-7f1c-4f0e-9d7a-2a6f6f0c0a11"
[[parts]]
title = "后"
posts = ["content/posts/two.md"]
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("book")
    here = site.make(folder / "site", **{"booklet.toml": TOML})
    [artifact] = inside.built(here, Cache(folder / "cache"), pdf=False).value.artifacts
    return zipfile.ZipFile(io.BytesIO(artifact.data))


@pytest.fixture(scope="module")
def opf(book: zipfile.ZipFile) -> etree._Element:
    [name] = [name for name in book.namelist() if name.endswith(".opf")]
    return etree.fromstring(book.read(name))


def named(book: zipfile.ZipFile, ending: str) -> etree._Element:
    [name] = [name for name in book.namelist() if name.endswith(ending)]
    return etree.fromstring(book.read(name))


def test_the_media_type_comes_first_and_is_not_compressed(book: zipfile.ZipFile) -> None:
    first = book.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert book.read(first) == b"application/epub+zip"
    assert {info.date_time for info in book.infolist()} == {first.date_time}
    assert all(not Path(name).is_absolute() and ".." not in name for name in book.namelist())


def test_navigation_document_and_ncx_are_one_tree(book: zipfile.ZipFile) -> None:
    def points(item: etree._Element) -> list[object]:
        return [
            (
                "".join(map(str, p.find(f"{NCX}navLabel").itertext())).strip(),
                p.find(f"{NCX}content").get("src"),
                points(p),
            )  # type: ignore[union-attr]
            for p in item.findall(f"{NCX}navPoint")
        ]

    def lines(item: etree._Element | None) -> list[object]:
        if item is None:
            return []
        rows = [(li.find(f"{XHTML}a"), li.find(f"{XHTML}ol")) for li in item.findall(f"{XHTML}li")]
        return [("".join(map(str, a.itertext())).strip(), a.get("href"), lines(ol)) for a, ol in rows]  # type: ignore[union-attr]

    toc = next(nav for nav in named(book, "nav.xhtml").iter(f"{XHTML}nav"))
    tree = lines(toc.find(f"{XHTML}ol"))
    assert tree == points(next(named(book, ".ncx").iter(f"{NCX}navMap")))
    titles = [title for title, _, _ in tree]  # type: ignore[misc]
    assert titles == ["后", "2 面试题-基础篇（1）", "题目一览", "索引"]


def test_the_spine_is_cover_front_and_chapters_in_order(book: zipfile.ZipFile, opf: etree._Element) -> None:
    files = {item.get("id"): item.get("href") for item in opf.iter(f"{OPF}item")}
    spine = [files[item.get("idref")] for item in opf.iter(f"{OPF}itemref")]
    assert str(spine[0]).startswith("cover")
    assert [name for name in spine if str(name).startswith("text/")] == ["text/two.xhtml", "text/one.xhtml"]
    assert spine.index("text/two.xhtml") > next(i for i, name in enumerate(spine) if str(name).startswith("part"))


def test_metadata_say_what_the_author_said(opf: etree._Element) -> None:
    def said(name: str) -> list[str | None]:
        return [element.text for element in opf.iter(f"{DC}{name}")]

    assert said("title")[0] == "书 & 〈题〉"
    assert said("creator") == ["甲", "乙"]
    assert said("language") == ["zh-Hans"]
    assert said("rights") == ["CC BY 4.0"]
    assert said("publisher") == ["社"]
    assert said("identifier") == ["urn:uuid:0b4c1a2e-7f1c-4f0e-9d7a-2a6f6f0c0a11"]
    modified = [m.text for m in opf.iter(f"{OPF}meta") if m.get("property") == "dcterms:modified"]
    assert modified == ["2025-03-04T00:00:00Z"]


def test_the_cover_is_a_picture_that_loads(book: zipfile.ZipFile, opf: etree._Element) -> None:
    [cover] = [item for item in opf.iter(f"{OPF}item") if "cover-image" in (item.get("properties") or "")]
    [name] = [name for name in book.namelist() if name.endswith(str(cover.get("href")))]
    width, height = Image.open(io.BytesIO(book.read(name))).size
    assert height > width >= 1000


def test_nothing_is_loaded_from_elsewhere_and_nothing_runs(book: zipfile.ZipFile) -> None:
    for name in book.namelist():
        if name.endswith(".xhtml"):
            for element in etree.fromstring(book.read(name)).iter(tag=etree.Element):
                assert etree.QName(element).localname not in ("script", "iframe", "form")
                source = element.get("src") or element.get("data") or ""
                assert "://" not in source, source
        if name.endswith(".css"):
            assert b"://" not in book.read(name)


def test_every_file_is_in_the_manifest_once(book: zipfile.ZipFile, opf: etree._Element) -> None:
    listed = sorted(str(item.get("href")) for item in opf.iter(f"{OPF}item"))
    there = sorted(
        Path(name).name
        for name in book.namelist()
        if not name.startswith(("mimetype", "META-INF")) and not name.endswith(".opf")
    )
    assert sorted(Path(name).name for name in listed) == there

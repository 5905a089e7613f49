"""What an author says beside an answer, as a reader of the PDF and of the EPUB meets it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pypdf
import pytest
from lxml import etree

from booklet.cache import Cache
from booklet.model import Book
from tests import inside, site

TOML = '[book]\nslug = "book"\n'
POST = """---
title: "面试题-部分"
date: 2025-01-02
---

## 1. 影像重投影（难度：较难）

**问题**：两幅影像怎样叠加，步骤见[第一篇](/posts/one/)？

**考察点**：坐标系与[外面](https://elsewhere.example/crs)

**标签**：投影、重采样

先统一坐标系。

**评分标准**：共 10 分

- 优秀（8-10分）：说出 \\\\(x_t\\\\)
- 没有分数的一条

## 2. 没有这些？

没有。
"""
ORDER = ["q-title", "q-meta", "asked", "box points", "answer", "box points rubric"]
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parts")
    site.make(folder / "site", **{"booklet.toml": TOML, "content/posts/parts.md": POST})
    return folder


@pytest.fixture(scope="module")
def book(folder: Path) -> Book:
    return inside.bound(folder / "site", folder / "cache").value


@pytest.fixture(scope="module")
def files(folder: Path) -> dict[str, bytes]:
    made = inside.built(folder / "site", Cache(folder / "cache")).value.artifacts
    return {item.kind: item.data for item in made}


def words(blocks: object) -> str:
    from booklet.convert.ast import plain

    return re.sub(r"\s+", "", plain(blocks))


def test_a_question_has_them_as_fields(book: Book) -> None:
    [chapter] = [chapter for chapter in book.chapters if chapter.id == "parts"]
    first, second = chapter.questions
    assert (first.title, first.difficulty, first.tags) == ("影像重投影", 4, ("投影", "重采样"))
    assert words(first.asked) == "两幅影像怎样叠加，步骤见第一篇？"
    assert words(first.focus) == "坐标系与外面"
    said = [(one.low, one.high, words(one.blocks)) for one in first.rubric]
    assert said == [(None, None, "共10分"), (8, 10, "优秀：说出x_t"), (None, None, "没有分数的一条")]
    assert (second.difficulty, second.tags, second.asked, second.focus, second.rubric) == (None, (), [], [], ())


def test_their_links_lead_where_those_of_answers_do(book: Book) -> None:
    [question, *_] = next(chapter for chapter in book.chapters if chapter.id == "parts").questions
    assert "#one" in str(question.asked)
    assert "'line'" not in str((question.asked, question.focus)), "places in files are no content"


def test_paper_shows_them_around_the_answer(files: dict[str, bytes]) -> None:
    pages = pypdf.PdfReader(io.BytesIO(files["pdf"])).pages
    text = "".join(page.extract_text(extraction_mode="layout") for page in pages)  # as the eye reads it
    text = re.sub(r"[\s\u2060]+", "", text)
    order = ("较难投影重采样", "两幅影像怎样叠加", "坐标系与外面", "先统一坐标系", "8–10分优秀：说出")
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert "考察点" in text and "评分标准" in text


def test_the_e_book_shows_them_around_the_answer(files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["epub"])) as archive:
        page = etree.fromstring(archive.read("EPUB/text/parts.xhtml"))
    first, second = (item for item in page.iter(f"{XHTML}section") if "question" in item.get("class", ""))
    shown = [(child.get("class"), re.sub(r"\s+", "", "".join(map(str, child.itertext())))) for child in first]
    shown = [row for row in shown if row[0] != "page"]
    assert [name for name, _ in shown] == ORDER
    assert shown[1][1] == "■■■■□较难投影重采样"
    assert shown[3][1] == "考察点坐标系与外面"
    assert shown[5][1].startswith("评分标准共10分8–10分优秀：说出")
    assert [child.get("class") for child in second if child.get("class") != "page"] == ["q-title", "answer"]
    asides = list(page.iter(f"{XHTML}aside"))
    assert {item.get("role") for item in asides} == {"note"}, "two landmarks of one name are a fault"

"""What a screen reader, a keyboard and weak eyes need: names, heads, scrolling blocks, colours."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from booklet.cache import Cache
from booklet.convert.pictures import named
from booklet.epub.chapter import LARGEST
from booklet.epub.colours import darker, legible
from tests import inside, judges, site

XHTML = "{http://www.w3.org/1999/xhtml}"
WIDE = "+".join(f"x_{{{n}}}" for n in range(1, 20))
POST = f"""---
title: "要说的"
date: 2026-01-02
---

![](/img/3.8_mlp.svg)

行内 ![](/img/mask.svg) 与 ![两层](/img/3.8_mlp.svg) 。

[![](/img/mask.svg)](https://example.org/a) 与 [$x^2$](https://example.org/b) 与 [见 $y$](https://example.org/c)。

## $p \\Rightarrow q$

## 谈 $z$

$$ a+b $$

$$ {WIDE} $$

行内的长式子 ${WIDE}$ 。

红 $\\textcolor{{red}}{{r}}$ 蓝 $\\textcolor{{blue}}{{b}}$ 底 $\\colorbox{{yellow}}{{g}}$。

| | 名 | $n$ |
|---|---|---|
| 甲 | 乙 | 丙 |

| 说明 | $w_k$= | 例子 |
|---|---|---|
| 一段不短的说明文字，手机上放不下 | 又一段不短的说明文字，手机上放不下 | 又一段 |

| 名 | 式 |
|---|---|
| 甲 | ${WIDE}$ |

| 说明 | 理由 | 例子 |
|---|---|---|
| 一段不短的说明文字，手机上放不下 | 又一段不短的说明文字，手机上放不下 | 再一段不短的说明文字 |
"""
LONG = '---\ntitle: "长"\ndate: 2026-01-03\n---\n\n' + ("很长的一段话。" * 400 + "\n\n") * (LARGEST // 8000)
HUGO = site.HUGO + "[markup.goldmark.extensions.passthrough]\nenable = true\n"
TOML = """
[book]
title = "书"
language = "zh-Hans"
[collect]
posts = ["content/posts/said.md", "content/posts/long.md"]
[epub]
profiles = ["standard", "kobo"]
"""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("spoken")
    files = {
        "content/posts/said.md": POST,
        "content/posts/long.md": LONG,
        "static/img/3.8_mlp.svg": site.SVG.replace('width="20"', 'width="30"'),
    }
    here = site.make(folder / "site", **{"booklet.toml": TOML, "hugo.toml": HUGO, **files})
    made = inside.built(here, Cache(folder / "cache"), pdf=False).value.artifacts
    for artifact in made:
        (folder / artifact.file).write_bytes(artifact.data)
    return [folder / artifact.file for artifact in made]


@pytest.fixture(scope="module")
def said(books: list[Path]) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(books[0]).read("EPUB/text/said.xhtml"))


def found(root: etree._Element, path: str) -> list[etree._Element]:
    return root.findall(re.sub(r"(?<=/)(?=[a-z])", XHTML, path))


def test_epubcheck_accepts_what_is_said(books: list[Path]) -> None:
    assert judges.epubcheck(*books) == []


def test_a_silent_picture_says_that_it_is_one_and_no_caption_comes_of_it(said: etree._Element) -> None:
    assert [image.get("alt") for image in found(said, ".//img")] == ["图片 3.8 mlp", "图片 mask", "两层", "图片 mask"]
    assert found(said, ".//figcaption") == []


def test_the_book_does_not_call_that_an_alternative_text(books: list[Path]) -> None:
    opf = zipfile.ZipFile(books[0]).read("EPUB/content.opf").decode()
    assert "alternativeText" not in opf
    assert "conformsTo" not in opf


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("/img/3.8_mlp.svg", "3.8 mlp"),
        ("a/%E6%8E%A9%E7%A0%81.png", "掩码"),
        ("https://example.org/attention-heads.png?w=300", "attention heads"),
        ("IMG_20240102.jpg", ""),
        ("image-1.png", ""),
        ("851825d4808916e1851825d4.jpg", ""),
        ("006tNc79ly1g2x5b.jpg", ""),
        ("12.png", ""),
        ("data:image/png;base64,aGVsbG8=", ""),
    ],
)
def test_a_name_of_a_file_is_said_only_where_it_is_words(source: str, words: str) -> None:
    assert named(source) == words


def test_a_formula_that_alone_names_something_has_a_name(said: etree._Element) -> None:
    names = [formula.get("aria-label") for formula in said.iter("{http://www.w3.org/1998/Math/MathML}math")]
    assert [name for name in names if name] == ["x^2", "p \\Rightarrow q", "n"]


def test_what_scrolls_on_a_phone_is_reached_with_the_keyboard(said: etree._Element) -> None:
    displays = found(said, ".//div[@class='display']")
    assert [(block.get("tabindex"), block.get("role"), block.get("aria-label")) for block in displays] == [
        (None, None, None),
        ("0", "group", "公式"),
    ]
    inline = found(said, ".//span[@class='long-math']")
    assert [block.get("tabindex") for block in inline] == ["0", "0"]
    tables = [block for block in found(said, ".//div") if "table" in (block.get("class") or "")]
    assert [(block.get("class"), block.get("tabindex")) for block in tables] == [
        ("table", None),
        ("table", "0"),
        ("table wide", "0"),
        ("table wide", "0"),
    ]


def test_an_empty_head_cell_is_no_head(said: etree._Element) -> None:
    [first, *_] = found(said, ".//thead/tr")
    assert [cell.tag.removeprefix(XHTML) for cell in first] == ["td", "th", "th"]


def test_a_wide_picture_at_the_start_of_a_paragraph_has_no_indent_before_it(said: etree._Element) -> None:
    [block] = found(said, ".//div[@class='pictured']/p")
    assert block[0].get("href") == "https://example.org/a"


def test_every_file_of_a_chapter_has_its_role(books: list[Path]) -> None:
    archive = zipfile.ZipFile(io.BytesIO(books[0].read_bytes()))
    files = [name for name in archive.namelist() if re.match(r"EPUB/text/long[.\w]*\.xhtml", name)]
    assert len(files) > 1
    for name in files:
        [section] = found(etree.fromstring(archive.read(name)), "./body/section")
        assert section.get("role") == "doc-chapter"


def test_a_light_colour_is_darkened_until_it_can_be_read(said: etree._Element) -> None:
    colours = {
        x.get("mathcolor") for x in said.iter("{http://www.w3.org/1998/Math/MathML}mstyle") if x.get("mathcolor")
    }
    assert colours == {darker("#ff0000"), "#0000ff"}


def test_which_colours_are_darkened() -> None:
    assert darker("#ff0000") == "#ee0000"
    assert darker("#0000ff") == "#0000ff"
    assert darker("#ffffff") == "#ffffff"
    assert darker("currentColor") == "currentColor"
    assert legible('<path fill="none" stroke="lime"/>') == f'<path fill="none" stroke="{darker("#00ff00")}"/>'


def test_a_long_formula_leaves_room_for_the_indent_of_its_paragraph(books: list[Path]) -> None:
    sheet = zipfile.ZipFile(books[0]).read("EPUB/style.css").decode()
    assert re.search(r"\.long-math \{[^}]*max-width: calc\(100% - 2em\)", sheet)

"""What a reader of paper sees of a link, and what the front matter puts on a chapter's first page."""

from __future__ import annotations

import re
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from lxml import etree
from PIL import Image

from booklet import build, theme
from booklet.cache import Cache
from booklet.config import load
from booklet.options import Silent
from booklet.pdf import compose
from tests import inside, judges

ONE = """---
title: 甲篇
date: 2025-03-04
lastmod: 2025-04-05
author: [某]
description: 这一篇说的是链接。
toc: true
---

## 第一节 [链](https://heading.org/)

[外](https://zh.wikipedia.org/wiki/%E6%B3%A8)与[内](two.md)、[节](two.md#第二小节)、[本节](#第一节-链)。又[外](https://b.org/)[^1]。

[^1]: 注里的[链接](https://note.org/x)。

网址 <https://plain.org/a/b> 自己说自己。
"""
TWO = """---
title: 乙篇
date: 2025-03-05
lastmod: 2025-04-05
author: [别人]
cover: {image: art/top.png, caption: 题图说明, alt: 一张图}
toc: false
readingTime: false
showWordCount: false
showDateUpdated: false
---

## 第一小节

文[^1]。

[^1]: 注。

## 第二小节

末。[![图](missing.png)](https://linked.org/)
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("paper")
    (folder / "static/art").mkdir(parents=True)
    (folder / "content/posts").mkdir(parents=True)
    Image.new("RGB", (40, 20), "#b9301c").save(folder / "static/art/top.png")
    (folder / "hugo.toml").write_text('baseURL = "https://example.org/"\ndefaultContentLanguage = "zh"\n', "utf-8")
    (folder / "content/posts/one.md").write_text(ONE, "utf-8")
    (folder / "content/posts/two.md").write_text(TWO, "utf-8")
    return folder


@pytest.fixture(scope="module")
def files(root: Path) -> dict[str, Path]:
    made = inside.built(root, Cache(root / ".cache"))
    for artifact in made.value.artifacts:
        (root / artifact.file).write_bytes(artifact.data)
    return {artifact.kind: root / artifact.file for artifact in made.value.artifacts}


def pages(root: Path, links: str) -> dict[str, str]:
    """The HTML of each chapter, as it goes to the layout."""
    project = load(root, {"BOOKLET_PDF__LINKS": links})
    book = build.bound(project, inside.options(), Cache(root / ".cache"), Silent()).value
    style = theme.load("default", root)
    pieces = compose.compose(book, style, compose.Options(links=project.config.pdf.links))
    return {piece.id: piece.html for piece in pieces}


def text(html: str) -> str:
    tree = etree.HTML(html)
    return re.sub("[\u2060\u200b]", "", "".join(map(str, tree.itertext())))


def test_an_inner_link_names_its_page_and_every_one_leads_to_a_place_of_the_book(files: dict[str, Path]) -> None:
    reader = pypdf.PdfReader(files["pdf"])
    named = set(reader.named_destinations)
    targets = [a.get_object().get("/Dest") for page in reader.pages for a in page.get("/Annots", ())]
    assert len([target for target in targets if target is not None]) >= 3
    assert {str(target) for target in targets if target is not None} <= named
    document = pypdfium2.PdfDocument(files["pdf"])
    shown = "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)
    assert "内（第3页）" in shown
    assert "节（第4页）" in shown
    assert "本节（第2页）" in shown


def test_addresses_stand_at_the_foot(root: Path) -> None:
    html = pages(root, "footnote")["one"]
    notes = [text(note) for note in re.findall(r'<span class="fn[^"]*">(.*?)</span>', html, re.S)]
    assert notes == ["heading.org", "zh.wikipedia.org/wiki/注", "b.org", "注里的链接 (note.org/x)。"]
    assert text(html).count("plain.org/a/b") == 1


def test_addresses_stand_in_a_list_once_each(root: Path) -> None:
    html = pages(root, "list")["one"]
    tree = etree.HTML(html)
    listed = ["".join(map(str, item.itertext())) for item in tree.findall(".//section[@class='links']//li")]
    assert listed == ["heading.org", "zh.wikipedia.org/wiki/注", "b.org", "note.org/x"]
    assert 'class="fn url"' not in html
    assert re.findall(r"\[\d\]", text(html))


def test_addresses_stand_nowhere(root: Path) -> None:
    html = pages(root, "none")["one"]
    assert 'class="links"' not in html
    assert "b.org" not in text(html)
    assert 'href="https://b.org/"' in html


def test_the_opener_shows_what_the_front_matter_asks_for(root: Path) -> None:
    made = pages(root, "footnote")
    one, two = made["one"], made["two"]
    facts = [dict(re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", html)) for html in (one, two)]
    assert facts[0]["更新于"] == "2025-04-05"
    assert {"字数", "阅读", "作者"} <= set(facts[0])
    assert facts[1] == {"发布于": "2025-03-05", "作者": "别人"}
    assert "这一篇说的是链接。" in one
    assert "第一节" in re.search(r'<ol class="mini">.*?</ol>', one, re.S)[0]  # type: ignore[index]
    assert "mini" not in two
    assert re.search(r'<img src="asset:[0-9a-f]{64}\.png" alt="一张图">', two)
    assert "题图说明" in two


def test_the_ebook_shows_the_same_and_nests_no_link_in_a_link(files: dict[str, Path]) -> None:
    assert judges.epubcheck(files["epub"]) == []

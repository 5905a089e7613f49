"""Books to learn with as other programs read them: pypdf, pdfium, lxml, EPUBCheck, veraPDF."""

from __future__ import annotations

import re
import sys
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
from PIL import Image

from booklet import build
from booklet.cache import Cache
from booklet.config import load
from booklet.model import Artifact
from booklet.options import Silent
from tests import inside, judges, site

sys.path.insert(0, str(judges.TOOLS))

import answers
import broken

SLUG = "mian-shi-ti"
SCALE = 3
"""Pixels in a pt, where ink is looked for."""
PITCH = 8 / 25.4 * 72
"""pt: lines that a person can write between are at least so far apart."""
MIXED = """---
title: 面试题-进阶篇
date: 2025-03-01
tags: [进阶]
---

散文在前。

## 1. 图与注在答案里吗？

**难度**：★★★★☆

**考察点**：搬家。

在[^1]。见[后面](#细节)与[空题](#2-空着的题)。

### 细节

![五个词元的掩码](/img/mask.svg)

**评分标准**：

- 优秀（8-10分）：都在。
- 合格（5-7分）：缺一样。

[^1]: 这是注。

散文在中间，也算答案。

## 2. 空着的题？

-

## 总结一下

![另一张](/img/mask.svg)

散文在后，见[细节](#细节)。

## 3. 写了一半的题？

- 半句
-
"""


def artifacts(root: Path, cache: Cache, editions: tuple[str, ...], **keys: str) -> list[Artifact]:
    environ = {f"BOOKLET_QUESTIONS__{key.upper()}": value for key, value in keys.items()}
    environ["BOOKLET_EPUB__PAGE_LIST"] = editions[0] if editions[0] in ("screen", "print") else "none"
    options = inside.options(editions=editions, epub=not set(editions) & {"quiz", "answers", "rubric"})
    return list(build.build(load(root, environ), options, cache, Silent()).value.artifacts)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site.make(tmp_path_factory.mktemp("study") / "site", **{"content/posts/three.md": MIXED})


@pytest.fixture(scope="module")
def files(root: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The books with their answers apart, and the editions to learn with."""
    folder = tmp_path_factory.mktemp("made")
    cache = Cache(folder / "cache")
    made = {
        "chapter-end": artifacts(root, cache, ("screen",), answers="chapter-end", plan="true"),
        "book-end": artifacts(root, cache, ("print",), answers="book-end", unanswered="mark"),
        "study": artifacts(root, cache, ("quiz", "answers", "rubric")),
        "mixed": artifacts(root, cache, ("quiz",), shuffle="3", unanswered="omit"),
    }
    found: dict[str, Path] = {}
    assert [item.file for item in made["study"]] == [f"{SLUG}-{name}.pdf" for name in ("quiz", "answers", "rubric")]
    assert [item.edition for item in made["study"]] == ["quiz", "answers", "rubric"]
    for name, items in made.items():
        for item in items:
            key = f"{name} {item.edition if name == 'study' else item.kind}"
            found[key] = folder / f"{key.replace(' ', '-')}.{item.kind}"
            found[key].write_bytes(item.data)
    return found


APART = [f"{where} {kind}" for where in ("chapter-end", "book-end") for kind in ("pdf", "epub")]


@pytest.mark.parametrize("name", APART)
def test_every_answer_is_reached_from_its_question_and_leads_back(files: dict[str, Path], name: str) -> None:
    assert answers.findings(files[name]) == []
    assert answers.counted(files[name]) == 5


def test_the_check_of_links_sees_what_is_wrong(files: dict[str, Path], tmp_path: Path) -> None:
    assert len(answers.findings(broken.write(files["book-end epub"], "unlinked", tmp_path / "b.epub"))) >= 5
    writer = pypdf.PdfWriter(files["book-end pdf"])
    for page in writer.pages:
        page.pop("/Annots", None)
    writer.write(tmp_path / "b.pdf")
    assert len(answers.findings(tmp_path / "b.pdf")) == 10
    moved = pypdf.PdfWriter(files["book-end pdf"])
    spots = moved.root_object["/Names"]["/Dests"]["/Names"]
    for n in range(0, len(spots), 2):
        if str(spots[n]).endswith("_answer"):
            spots[n + 1][0] = moved.pages[0].indirect_reference
    moved.write(tmp_path / "c.pdf")
    assert answers.findings(tmp_path / "c.pdf")


def test_standards_are_met_in_every_mode(files: dict[str, Path]) -> None:
    assert judges.epubcheck(*(path for path in files.values() if path.suffix == ".epub")) == []
    chosen = ("chapter-end pdf", "book-end pdf", "study answers", "study rubric", "mixed pdf")
    assert judges.verapdf("ua1", *(files[name] for name in chosen)) == []


def text(file: Path) -> str:
    """All that a PDF says, page by page, without spaces."""
    return "\f".join("".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(file))


def outline(reader: pypdf.PdfReader, entries: Any) -> list[tuple[str, int]]:
    """Every bookmark and its page, from 0."""
    found: list[tuple[str, int]] = []
    for entry in entries:
        if isinstance(entry, list):
            found += outline(reader, entry)
        else:
            found.append((str(entry.title), reader.get_destination_page_number(entry) or 0))
    return found


@pytest.mark.parametrize("where", ["chapter-end", "book-end"])
def test_prose_stays_answers_go_and_each_is_there_once(files: dict[str, Path], where: str) -> None:
    said = text(files[f"{where} pdf"])
    order = ["散文在前。", "散文在后", "散文在中间，也算答案。", "都在。"]
    assert [said.count(words) for words in order] == [1] * 4
    assert [said.index(words) for words in order] == sorted(said.index(words) for words in order)
    assert said.count("这是注。") == said.count("考察点") == said.count("评分标准") == 1
    assert "图1五个词元的掩码" in said and "图2另一张" in said  # numbers as if nothing had moved
    assert said.count("这道题还没有答案。") == 2
    assert said.count("先写下你的想法") == (0 if where == "book-end" else 2)
    assert said.count("作者还没有写完这一题。") == 1


@pytest.mark.parametrize("where", ["chapter-end", "book-end"])
def test_a_link_to_an_anchor_in_an_answer_follows_it(files: dict[str, Path], where: str) -> None:
    reader = pypdf.PdfReader(files[f"{where} pdf"])
    named = reader.named_destinations
    pages = {name: reader.get_destination_page_number(spot) for name, spot in named.items()}
    asked = next(name for name in pages if name.startswith("three--") and "细节" in pypdf_name(name))
    answer = next(name for name in pages if name.endswith("_answer") and pages[name] == pages[asked])
    assert pages[answer.removesuffix("_answer")] != pages[asked]
    label = reader.page_labels[pages[asked] or 0]
    assert f"细节（第{label}页）" in text(files[f"{where} pdf"])


def pypdf_name(name: str) -> str:
    from urllib.parse import unquote

    return unquote(name)


def test_contents_bookmarks_and_navigation_know_the_answers(files: dict[str, Path]) -> None:
    for where, rows in (("chapter-end", 3), ("book-end", 4)):
        reader = pypdf.PdfReader(files[f"{where} pdf"])
        marks = outline(reader, reader.outline)
        titles = [title for title, _ in marks]
        assert sum("参考答案" in title for title in titles) == (rows if where == "chapter-end" else 1)
        with zipfile.ZipFile(files[f"{where} epub"]) as book:
            nav = book.read("EPUB/nav.xhtml").decode()
        assert nav.count("参考答案") == (rows if where == "chapter-end" else 1)
        if where == "book-end":
            below = titles.index("参考答案")
            assert len({page for _, page in marks[below + 1 : below + 4]}) == 3


def test_the_list_of_pages_counts_all_pages_in_order(files: dict[str, Path]) -> None:
    reader = pypdf.PdfReader(files["chapter-end pdf"])
    with zipfile.ZipFile(files["chapter-end epub"]) as book:
        nav = book.read("EPUB/nav.xhtml").decode()
    listed = re.search(r'epub:type="page-list".*?</nav>', nav, re.S)
    assert listed
    assert re.findall(r">([0-9ivxlc]+)</a>", listed[0]) == list(reader.page_labels)
    hrefs = re.findall(r'href="([^"#]+)#page', listed[0])
    assert "text/three.xhtml" in hrefs


def test_a_plan_lists_every_question_with_its_page_and_three_boxes(files: dict[str, Path]) -> None:
    reader = pypdf.PdfReader(files["chapter-end pdf"])
    page = reader.get_destination_page_number(reader.named_destinations["matter-plan"]) or 0
    said = text(files["chapter-end pdf"]).split("\f")
    assert "复习计划" in said[page] and "123日期" in said[page]
    assert all(title in said[page] for title in ("空着的题？", "写了一半的题？", "图在哪里？"))
    with zipfile.ZipFile(files["chapter-end epub"]) as book:
        plan = book.read("EPUB/plan.xhtml").decode()
    assert plan.count("☐") == 3 * 7
    assert plan.count('href="text/') == 7
    assert "matter-plan" not in pypdf.PdfReader(files["book-end pdf"]).named_destinations


def lines(file: Path) -> list[list[float]]:
    """The heights at which a line goes through a page from 100 to 340 pt, in pt from the top."""
    return [rules(page.render(scale=SCALE).to_pil().convert("L")) for page in pypdfium2.PdfDocument(file)]


def rules(picture: Image.Image) -> list[float]:
    middle = picture.crop((100 * SCALE, 0, 340 * SCALE, picture.height))
    dark = [y for y in range(middle.height) if max(middle.crop((0, y, middle.width, y + 1)).tobytes()) < 235]
    return [y / SCALE for y in dark if y - 1 not in dark]


@pytest.mark.parametrize("name", ["study quiz", "mixed pdf"])
def test_a_quiz_asks_everything_and_answers_nothing_with_room_to_write(files: dict[str, Path], name: str) -> None:
    said = text(files[name])
    asked = ["图与注在答案里吗？", "写了一半的题？", "图在哪里？", "什么是归一化？"]
    assert all(said.count(words) == 1 for words in asked)
    assert ("空着的题？" in said) == (name == "study quiz")
    assert not any(words in said for words in ("都在", "搬家", "半句", "散文", "因为方差", "待答"))
    assert "对答案：第3.1题" in said
    for page in lines(files[name])[name == "study quiz" :]:
        gaps = [low - high for high, low in pairwise(page)]
        assert gaps and min(gaps) >= PITCH - 0.1
        assert len(page) >= 5


def test_a_page_of_a_quiz_is_full_of_lines(files: dict[str, Path]) -> None:
    for file in (files["study quiz"], files["mixed pdf"]):
        for page in lines(file)[1:-1]:
            assert page[-1] > 66 + 18 * 26 - 18 - 27  # pt: below the last one and its key is no room for another


def test_a_shuffled_quiz_has_another_order_and_the_same_numbers(files: dict[str, Path]) -> None:
    usual, mixed = text(files["study quiz"]), text(files["mixed pdf"])
    keys = [re.findall(r"对答案：第([\d.]+)题", said) for said in (usual, mixed)]
    assert keys[0] == ["1.1", "1.2", "2.1", "2.2", "3.1", "3.2", "3.3"]
    assert sorted(keys[1]) == ["1.1", "2.1", "2.2", "3.1", "3.3"]
    assert keys[1] != sorted(keys[1])


def test_the_answers_alone_have_the_same_numbers_and_lead_nowhere_else(files: dict[str, Path]) -> None:
    reader = pypdf.PdfReader(files["study answers"])
    said = text(files["study answers"])
    assert said.count("散文在中间，也算答案。") == 1 and "散文在前" not in said and "散文在后" not in said
    assert said.count("这道题还没有答案。") == 2
    targets = {str(link.get_object().get("/Dest")) for page in reader.pages for link in page.get("/Annots", ())}
    assert targets - {"None"} <= set(reader.named_destinations)
    assert "第3章" in said and answers.counted(files["study answers"]) == 7


def test_a_marking_sheet_has_what_is_tested_points_and_blanks(files: dict[str, Path]) -> None:
    said = text(files["study rubric"])
    assert all(said.count(words) == 1 for words in ("搬家。", "8–10分", "5–7分", "都在。", "/10分"))
    assert "半句" not in said and "散文" not in said
    assert said.count("候选人") == said.count("面试官") == 4
    assert said.count("记录") == 7


def test_a_question_that_was_revised_since_then_is_marked(root: Path, tmp_path: Path) -> None:
    from dataclasses import replace

    from booklet import theme
    from booklet.epub.chapter import draft
    from booklet.epub.model import Options
    from booklet.model import Question
    from booklet.pdf import compose

    book = inside.bound(root, tmp_path).value
    days = iter(["2026-10-02", "2026-08-31T10:00:00Z", "2026-09-01"])
    chapter = replace(
        book.chapters[2],
        headings=tuple(
            replace(h, last_revised=next(days)) if isinstance(h, Question) else h for h in book.chapters[2].headings
        ),
    )
    part = replace(book.parts[0], chapters=(chapter,))
    style = theme.load("default", root)
    made = compose.compose(replace(book, parts=(part,)), style, compose.Options(since="2026-09-01", plan=True))
    pieces = {piece.id: piece.html for piece in made}
    for html in (
        pieces[chapter.id],
        pieces["matter-plan"],
        draft(chapter, style, Options(since="2026-09-01")).files[0],
    ):
        assert re.findall(r"修订 ([\d-]+)", html) == ["2026-10-02", "2026-09-01"]
    assert "修订" not in "".join(piece.html for piece in compose.compose(book, style, compose.Options()))

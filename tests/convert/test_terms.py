"""The index: which words are terms, where they lead, and how they are sorted."""

from __future__ import annotations

import pytest

from booklet.convert import terms as terms_module
from booklet.convert.outward import outward
from booklet.convert.terms import terms
from booklet.model import Book
from tests import inside, site

ONE = """---
title: "面试题-一"
date: 2025-01-01
tags: [重排, 评测, 处处]
---

处处都说评测，处处。

## 1. LoRA 与 top-k 怎样取舍？

处处。**位置编码**是关键，见 [RoPE](https://elsewhere.example/rope) 与 [RoPE 又一次](https://elsewhere.example/rope)。

**优点**：省。

## 2. 重排为什么有效？

处处。位置编码与 lora 都不相干。重复。

## 小结

处处。术语在题外：**混合精度**。看 [外面](https://elsewhere.example/out)。
"""
TWO = """---
title: "面试题-二"
date: 2025-02-01
tags: [处处]
---

## 1. 混合精度何时用？

处处。softmax。

术语
:   一个定义。

## 2. 处处是什么？

不知道。
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    folder = tmp_path_factory.mktemp("terms")
    files = {"content/posts/one.md": ONE, "content/posts/two.md": TWO}
    return inside.bound(site.make(folder / "site", **files), folder / "cache").value


def cited(book: Book) -> dict[str, list[str]]:
    """Each term with the numbers of its questions and `§` for what lies outside of them."""
    numbers = {
        question.id: f"{n}.{question.number}"
        for n, chapter in enumerate(book.chapters, 1)
        for question in chapter.questions
    }
    return {term.text: [*(numbers[q] for q in term.questions), *("§" for _ in term.places)] for term in terms(book)}


def test_terms_lead_to_the_questions_that_are_about_them(book: Book) -> None:
    found = cited(book)
    assert found["LoRA"] == ["1.1"], "its title, not the passage that mentions it"
    assert found["位置编码"] == ["1.1"], "emphasised there, mentioned elsewhere"
    assert found["重排"] == ["1.2"]
    assert found["术语"] == ["2.1"], "defined"
    assert found["混合精度"] == ["2.1", "§"], "a title, and prose of another chapter"
    assert found["评测"] == ["§"]


def test_words_that_head_a_paragraph_are_no_terms(book: Book) -> None:
    assert "优点" not in cited(book)
    assert "RoPE" not in cited(book), "only words of titles, tags, definitions and shared emphasis"


def test_the_order_is_that_of_the_sounds(book: Book) -> None:
    order = [term.text for term in terms(book)]
    assert order.index("重排") < order.index("混合精度") < order.index("LoRA") < order.index("位置编码")
    assert {term.text: term.letter for term in terms(book)}["重排"] == "C"


@pytest.mark.parametrize(
    ("term", "sound"),
    [
        ("重排", "chong pai"),
        ("权重", "quan zhong"),
        ("微调", "wei tiao"),
        ("长上下文", "chang shang xia wen"),
        ("LoRA", "lora"),
    ],
)
def test_characters_of_several_sounds(term: str, sound: str) -> None:
    assert terms_module._key(term, "zh-Hans") == sound


def test_questions_bear_the_tags_that_tell_them_apart(book: Book) -> None:
    first = book.chapters[0]
    by_number = {question.number: question.tags for question in first.questions}
    assert by_number == {"1": (), "2": ("重排",)}


def test_an_address_is_listed_once_where_it_is_first_named(book: Book) -> None:
    [(chapter, rows)] = outward(book)
    assert chapter is book.chapters[0]
    assert [(row.url, row.words) for row in rows] == [
        ("https://elsewhere.example/rope", "RoPE"),
        ("https://elsewhere.example/out", "外面"),
    ]
    assert rows[0].where == chapter.questions[0].id
    assert rows[1].where == chapter.sections[-1].id

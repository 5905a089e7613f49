"""Which questions, and in which order."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet import study
from booklet.diagnostics import BookletError, Exit
from booklet.model import Book
from tests.study.make import book, word

ONE = "前言。\n\n### 甲是什么？\n\n**标签**：结构\n\n答甲。\n\n### 乙是什么？ {#b}\n\n![图](x.png)\n\n答乙。"
TWO = "### 7. 丙是什么？\n\n**标签**：结构，训练\n\n![图](y.png)\n\n![图](z.png)\n\n答丙，见[乙](#q-b)。"


@pytest.fixture(scope="module")
def whole() -> Book:
    return book(ONE, TWO)


def chosen(whole: Book, *texts: str) -> list[str]:
    made = study.chosen(whole, [study.wanted(text) for text in texts])
    return [f"{n}.{q.number}" for n, chapter in made.numbered for q in chapter.questions]


def test_by_chapter_tag_and_question(whole: Book) -> None:
    assert chosen(whole) == ["1.None", "1.None", "2.7"]
    assert chosen(whole, "chapter:1") == chosen(whole, "chapter:a") == ["1.1", "1.2"]
    assert chosen(whole, "tag:结构") == ["1.1", "2.7"]
    assert chosen(whole, "question:1.2", "question:2.7") == chosen(whole, "question:q-b", "question:2.7")
    assert chosen(whole, "tag:结构", "tag:训练") == ["1.1", "2.7"]
    assert chosen(whole, "chapter:2", "tag:结构") == ["2.7"]


@pytest.mark.parametrize(
    ("texts", "said", "hint"),
    [
        (["chapter:9"], "no question has the chapter “9”", "there are: 1, 2"),
        (["tag:无"], "no question has the tag “无”", "there are: 结构, 训练"),
        (["question:1.9"], "no question has the question “1.9”", "there are: 1.1, 1.2, 2.7"),
        (["chapter:1", "tag:训练"], "no question matches all that is selected", "filters of two kinds narrow"),
        (["RoPE"], "“RoPE” is no selection", "--select chapter:2"),
        (["tag:"], "“tag:” is no selection", "--select chapter:2"),
    ],
)
def test_what_matches_nothing_is_a_mistake_that_lists_what_there_is(
    whole: Book, texts: list[str], said: str, hint: str
) -> None:
    with pytest.raises(BookletError) as caught:
        chosen(whole, *texts)
    assert caught.value.exit == Exit.USAGE
    assert said in caught.value.diagnostic.message
    assert hint in (caught.value.diagnostic.hint or "")


def test_a_selection_has_no_prose_and_keeps_the_numbers_of_figures(whole: Book) -> None:
    from booklet.convert import ast

    made = study.alone(study.chosen(whole, [study.wanted("question:2.7")]))
    assert "前言" not in ast.plain([chapter.blocks for chapter in made.chapters])
    figures = [ast.value(item, "figure") for item in ast.of(made.chapters[0].blocks, "Image")]
    assert figures == ["1", "2"]
    later = study.alone(study.chosen(book(TWO + "\n\n### 8. 丁？\n\n![图](w.png)"), [study.wanted("question:1.8")]))
    assert [ast.value(item, "figure") for item in ast.of(later.chapters[0].blocks, "Image")] == ["3"]


def test_links_of_the_questions_alone_are_words(whole: Book) -> None:
    from booklet.convert import ast

    link = book("### 1. 甲？\n\n**问题**：见[乙](#b)。\n\n答。\n\n## 小结 {#b}\n\n文。")
    assert list(ast.of([chapter.blocks for chapter in study.asked(link).chapters], "Link")) == []
    assert [chapter.id for chapter in study.asked(book("只有散文。", ONE)).chapters] == ["b"]


READ = cache(book)
"""Once for all seeds."""


@given(st.integers())
def test_every_seed_gives_an_order_of_all_questions(seed: int) -> None:
    made = READ(ONE, TWO)
    order = study.shuffled(made, seed)
    assert sorted(order) == sorted(question.id for question in made.questions)
    assert order == study.shuffled(made, seed)


def test_seeds_give_different_orders_and_a_new_question_moves_no_other() -> None:
    many = book("\n\n".join(f"### {n}. 第{n}题是什么？\n\n答。" for n in range(1, 9)))
    more = book("\n\n".join(f"### {n}. 第{n}题是什么？\n\n答。" for n in range(1, 10)))
    assert len({study.shuffled(many, seed) for seed in range(20)}) > 10
    new = {question.id for question in more.questions} - {question.id for question in many.questions}
    for seed in range(5):
        assert [name for name in study.shuffled(more, seed) if name not in new] == list(study.shuffled(many, seed))


def test_inline_is_the_book_itself(whole: Book) -> None:
    assert study.placed(whole, "inline", word) is whole

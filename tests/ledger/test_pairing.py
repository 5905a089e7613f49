"""Which question is which: through new numbers, titles, answers and chapters; never two that are one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.ledger import Asked, pair

ANSWER = ("缩放是因为点积的方差随维度增长，除以维度的平方根之后，softmax 的梯度不会消失。", "这样训练更稳定。")
OTHER = ("旋转位置编码把位置写成旋转，两个向量的点积只与相对距离有关。", "外推时可以改变基数。")
SCALE = Asked("q-a", "注意力为什么要除以根号 d？", "1", "basics", ANSWER)
ROPE = Asked("q-b", "RoPE 是怎样编码位置的？", "2", "basics", OTHER)
BERT = Asked("q-c", "什么是 BERT？", "3", "basics", ("双向的编码器，用掩码语言模型预训练，适合理解类任务。",))
EMPTY = Asked("q-d", "困惑度怎么计算？", "4", "basics")
BEFORE = (SCALE, ROPE, BERT, EMPTY)

MEANT = {
    "nothing": (BEFORE, {0: 0, 1: 1, 2: 2, 3: 3}),
    "another order, other numbers": ((replace(ROPE, label="1"), replace(SCALE, label="2")), {0: 1, 1: 0}),
    "another chapter": ((replace(SCALE, chapter="training"),), {0: 0}),
    "another title": ((replace(SCALE, title="缩放点积里的缩放因子从何而来？"),), {0: 0}),
    "another title and chapter": ((replace(SCALE, title="缩放因子？", chapter="x"),), {0: 0}),
    "another answer": ((replace(SCALE, answer=OTHER[:1]),), {0: 0}),
    "half another title, half another answer": (
        (replace(SCALE, title="注意力为什么除以根号 d_k？", answer=(ANSWER[0], "另外，初始化也要配合它。")),),
        {0: 0},
    ),
    "another question with a like title": (
        (replace(BERT, title="什么是 GPT？", answer=("单向的解码器，自回归地逐个生成词元，适合生成。",)),),
        {},
    ),
    "a new question that takes the old title": (
        (
            replace(SCALE, title="缩放因子从何而来？"),
            replace(SCALE, answer=("一个全新的答案，与从前的那个没有任何关系，讲别的事情去了。",)),
        ),
        {0: 0},
    ),
    "a question that was open and has an answer now": (
        (replace(EMPTY, label="7", answer=("困惑度是平均负对数似然的指数，越低越好，但不能跨词表比较。",)),),
        {0: 3},
    ),
    "an open question with another word in its title": ((replace(EMPTY, title="困惑度究竟怎么计算？"),), {0: 3}),
}


@pytest.mark.parametrize("name", MEANT)
def test_who_is_who(name: str) -> None:
    after, expected = MEANT[name]
    assert pair(BEFORE, [replace(q, id=f"q-{n}") for n, q in enumerate(after)]) == expected


def test_an_authors_own_id_decides() -> None:
    after = [replace(ROPE, id="q-a"), replace(SCALE, id="q-new")]
    assert pair(BEFORE, after, {"q-a"}) == {0: 0}, "whatever title and answer say"


def test_what_was_removed_comes_back_by_its_title_alone() -> None:
    gone = (replace(SCALE, removed="2026-11-01"),)
    assert pair(gone, [replace(SCALE, id="q-x", answer=OTHER)]) == {0: 0}
    assert pair(gone, [replace(SCALE, id="q-x", title="注意力为什么要除以根号 d 呢？", answer=())]) == {}


TITLES = st.sampled_from(["什么是注意力？", "什么是自注意力？", "为什么？", "RoPE?", "rope"])
ANSWERS = st.sampled_from([(), ("见上。",), ANSWER, OTHER])
ROWS = st.lists(st.builds(Asked, st.just("q-x"), TITLES, st.just("1"), st.sampled_from("ab"), ANSWERS), max_size=6)


@given(ROWS, ROWS)
def test_nobody_is_two(before: list[Asked], after: list[Asked]) -> None:
    found = pair(before, after)
    assert len(set(found.values())) == len(found)
    assert set(found) <= set(range(len(after))) and set(found.values()) <= set(range(len(before)))


@given(ROWS)
def test_the_same_questions_are_the_same_in_order(rows: list[Asked]) -> None:
    assert pair(rows, rows) == {n: n for n in range(len(rows))}

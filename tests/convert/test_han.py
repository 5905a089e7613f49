"""Spaces and joiners of Chinese text. In the expectations `_` is U+00A0, `+` U+2060 and `|` where a line may end."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.convert import ast, han, pandoc

CASES = {
    "使用Python编程": "使用 Python 编+程",
    "使用 Python 编程": "使用 Python 编+程",
    "使用`code`和**GPT**，见[链接](http://a.example)的说明": "使用 code 和 GPT，见链接的说+明",
    "大模型（ LLM ）很 ，大": "大模型（LLM）很，+大",
    "他说 “你好” 就走了": "他说|“你好”|就走+了",
    "序列“想”“要”“有”。": "序列|“想”|“要”+“有”。",
    "答“bad”（坏）之于“worst”": "答|“bad”|（坏）之于|“worst”",
    "don’t用“A”B": "don’t 用|“A”|B",
    "He said “hi” to us，然后": "He said “hi” to us，然+后",
    "1750亿个参数，占 350 GB，提升 50%的": "1750_亿个参数，占 350_GB，提升 50%_的",
    "结果——很好……对～不·对吗": "结果+——很好+……对+～不+·对+吗",
    "A/B测试与top-p、https://a-b.example/c-d 等等": "A/+B 测试与 top-+p、https://a-b.example/c-d 等+等",
    "**重点**。": "重+点。",
    "使用 Python 的。": "使用 Python_的。",
    "网络结构（右）": "网络结构+（右）",
    "好": "好",
    "模型[^1]GPT\n\n[^1]: 注": "模型 GPT",
}


@pytest.mark.parametrize("markdown", CASES)
def test_a_line(markdown: str) -> None:
    assert shown(han.typeset(pandoc.read(markdown), "zh-Hans")) == CASES[markdown]


def shown(blocks: list[object]) -> str:
    return ast.plain(blocks[0]).replace("\u00a0", "_").replace("\u200b\u2060", "|").replace("\u2060", "+")


def test_a_space_between_two_inlines_stands_outside_both() -> None:
    blocks = han.typeset(pandoc.read("见**GPT**的`x`里[文档](http://a.example)A"), "zh-Hans")
    kinds = [item["t"] for item in blocks[0]["c"]]
    assert kinds == ["Str", "Space", "Strong", "Space", "Str", "Space", "Code", "Space", "Str", "Link", "Space", "Str"]


def test_other_languages_are_left_alone() -> None:
    blocks = pandoc.read("The word 模型 of A/B is 5 GB——")
    assert han.typeset(blocks, "en") is blocks
    assert han.typeset(blocks, "ko") is blocks
    assert han.text("用Python", "ja") == "用 Python"


TEXT = st.text("汉字的，。（）“”——……·Ab1%-/ \u00a0", max_size=30)


@given(TEXT)
def test_only_spaces_and_joiners_change(words: str) -> None:
    def bare(text: str) -> str:
        return re.sub("[ \u00a0\u2060\u200b]", "", text)

    assert bare(han.text(words, "zh-Hans")) == bare(words)


@given(TEXT)
def test_what_is_set_stays_as_it_is(words: str) -> None:
    once = han.text(words, "zh-Hans")
    assert han.text(once, "zh-Hans") == once

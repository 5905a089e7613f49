"""How hard a question is, and what an answer is worth: what authors write, and what they do not mean by it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.convert import ast
from booklet.convert.passes.labels import without_grade
from booklet.convert.passes.scales import LEVELS, difficulty, points
from booklet.model import Question
from tests.convert.make import convert


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("★★★☆☆", 3),
        ("⭐⭐⭐⭐⭐（高级）", 5),
        ("⭐️⭐️", 2),
        ("Basic ★★☆☆☆", 2),
        ("★★☆", 3),
        ("☆☆☆☆☆", None),
        ("★★★★★★", None),
        ("3/5", 3),
        ("7/10", 4),
        ("4", 4),
        ("4 星", 4),
        ("9", None),
        ("0/5", None),
        ("🟡 中级", 3),
        ("Medium", 3),
        ("中等/困难", 4),
        ("中等偏上", 4),
        ("较难。", 4),
        ("看情况", None),
        ("不难", None),
        ("", None),
    ],
)
def test_how_hard(text: str, level: int | None) -> None:
    assert difficulty(text) == level


@given(st.text(max_size=30) | st.text("★☆⭐0123456789/ 中难easy（）~", max_size=12))
def test_a_difficulty_is_on_the_scale_whatever_is_written(text: str) -> None:
    assert difficulty(text) in (None, *LEVELS)


@pytest.mark.parametrize(
    ("text", "worth", "rest"),
    [
        ("优秀（8-10分）：能推导", (8, 10), "优秀：能推导"),
        ("良好 (6 ~ 7 分)：能说明", (6, 7), "良好：能说明"),
        ("0–4分：只背定义", (0, 4), "：只背定义"),
        ("Strong (8 to 10 points): derives it", (8, 10), "Strong: derives it"),
        ("Names it (2.5 pts)", (2.5, 2.5), "Names it"),
        ("说出公式（3 分）", (3, 3), "说出公式"),
        ("说出公式，得3分", (3, 3), "说出公式，"),
        ("3分：说出公式", (3, 3), "：说出公式"),
        ("加分项（+2分）", (2, 2), "加分项"),
        ("90 分以上：有实测", (90, None), "：有实测"),
        ("60分及以下", (None, 60), ""),
        ("10-8 分", (8, 10), ""),
        ("3 分钟内说完", None, ""),
        ("说出 2 分类的损失", None, ""),
        ("说出 3 分之一的要点", None, ""),
        ("能得 3 分的人不多，要点是公式", None, ""),
        ("满分 10 分", None, ""),
        ("8-10", None, ""),
    ],
)
def test_what_it_is_worth(text: str, worth: object, rest: str) -> None:
    found = points(text)
    assert (found and found[0]) == worth
    if found:
        assert text[: found[1]] + text[found[2] :] == rest


@pytest.mark.parametrize(
    ("title", "rest", "level"),
    [
        ("怎样裁剪？（难度：较难）", "怎样裁剪？", 4),
        ("怎样裁剪 ★★★☆☆", "怎样裁剪", 3),
        ("【困难】怎样裁剪？", "怎样裁剪？", 5),
        ("How to clip? [Hard]", "How to clip?", 5),
        ("【重要】怎样裁剪？", "【重要】怎样裁剪？", None),
        ("怎样裁剪（中等规模）", "怎样裁剪（中等规模）", None),
        ("★★★", "★★★", None),
    ],
)
def test_a_title_loses_only_its_difficulty(title: str, rest: str, level: int | None) -> None:
    words, found = without_grade(ast.text(title))
    assert (ast.plain(words), found) == (rest, level)


def test_the_front_matter_may_say_it_for_all_questions() -> None:
    body = "# 面试题\n\n### 1. 甲？\n\n甲。\n\n### 2. 乙？\n\n**难度**：困难\n\n乙。\n"
    asked = convert(body, front={"difficulty": "medium"}).value.questions
    assert [question.difficulty for question in asked] == [3, 5]


LINES = st.lists(
    st.sampled_from(
        [
            "**难度**：中",
            "**标签**：甲、乙",
            "**考察点**：丙",
            "**评分标准**：",
            "- 丁（3 分）",
            "戊。",
            "- 己",
            "> 庚",
            "**问题**：辛",
        ]
    ),
    max_size=8,
)


@given(LINES)
def test_no_word_is_lost(lines: list[str]) -> None:
    """Whatever stands below a question is in its answer or in one of its parts, but for labels, facts and points."""
    body = "### 1. 什么？\n\n" + "\n\n".join(lines) + "\n"
    chapter = convert(body, title="面试题").value
    [question] = chapter.questions
    told = ast.plain(chapter.blocks) + "".join(question.tags) + "中" * (question.difficulty == 3)
    for letter in "中甲乙丙丁戊己庚辛":
        assert (letter in told) == any(letter in line for line in lines)
    assert isinstance(question, Question)

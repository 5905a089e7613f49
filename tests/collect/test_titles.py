"""Titles of a series, taken apart."""

from __future__ import annotations

import pytest

from booklet.collect.titles import Title, number, parse


@pytest.mark.parametrize(
    ("title", "series", "stem", "ordinal"),
    [
        ("📝 LLM面试题-基础篇（2）", "LLM面试题", "基础篇", 2),
        ("大模型面试题-基础篇 (2)", "大模型面试题", "基础篇", 2),
        ("大模型面试题：训练 第三篇", "大模型面试题", "训练", 3),
        ("大模型面试题-基础篇（四）", "大模型面试题", "基础篇", 4),
        ("大模型面试题-基础篇（上）", "大模型面试题", "基础篇", 1),
        ("大模型面试题-基础篇 下", "大模型面试题", "基础篇", 3),
        ("Interview - Basics Part 5", "Interview", "Basics", 5),
        ("Interview: Basics #6", "Interview", "Basics", 6),
        ("面试题 | 第十二讲", "面试题", "面试题", 12),
        ("【面试】基础 2", "面试", "基础", 2),
        ("GIS数据处理工程师面试题", "", "GIS数据处理工程师面试题", None),
        ("大模型面试题-幻觉篇", "大模型面试题", "幻觉篇", None),
        ("Python 3.12", "", "Python 3.12", None),
    ],
)
def test_parse(title: str, series: str, stem: str, ordinal: int | None) -> None:
    assert parse(title) == Title(series, stem, ordinal)


@pytest.mark.parametrize(
    ("text", "value"), [("12", 12), ("十", 10), ("十二", 12), ("二十", 20), ("一百零五", 105), ("两", 2)]
)
def test_number(text: str, value: int) -> None:
    assert number(text) == value

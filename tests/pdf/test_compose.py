"""Names on paper, and tables that fit."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.convert import ast, pandoc
from booklet.model import Book
from booklet.pdf.compose import labels, tables


@pytest.mark.parametrize(
    ("number", "han"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (42, "四十二"), (99, "九十九"), (100, "100")]
)
def test_parts_are_counted_in_han_figures(number: int, han: str) -> None:
    assert labels.ordinal(number, "zh-Hans") == han
    assert labels.ordinal(number, "en") == str(number)


BOOK = Book("书", "book", "zh-Hans", "urn:uuid:1", (), date="2025-11-06")


def test_the_version_is_that_of_the_release_or_the_month_of_the_content() -> None:
    assert labels.version(BOOK) == "2025.11"
    assert labels.version(replace(BOOK, version="2026.1+")) == "2026.1+"


TITLES = st.text("大模型面试手册的，：A Guide to LLMs ", min_size=1, max_size=60).filter(str.strip)


@given(TITLES)
def test_a_title_is_cut_into_at_most_three_lines_and_keeps_its_words(title: str) -> None:
    lines = labels.title_lines(title)
    assert 1 <= len(lines) <= 3
    assert "".join("".join(lines).split()) == "".join(title.split())
    assert not any(line[0] in "，：" for line in lines[1:])


def test_titles_of_covers() -> None:
    assert labels.title_lines("大模型") == ["大模型"]
    assert labels.title_lines("大模型面试手册") == ["大模型", "面试手册"]
    assert labels.title_lines("The LLM Interview Guide") == ["The LLM", "Interview Guide"]
    assert len(labels.title_lines("大语言模型工程师面试题全解与答题思路：从预训练到推理部署的一百二十八问")) == 3


def kind(markdown: str, measure: float = 294, lines: int = 26) -> str:
    [table] = pandoc.read(markdown)
    opened, made, _ = tables.fitted(table, measure, lines)
    assert made["t"] == "Table"
    return str(opened["c"][1])


def grid(columns: int, cell: str, rows: int = 3) -> str:
    row = f"| {' | '.join([cell] * columns)} |\n"
    return row + "|---" * columns + "|\n" + row * rows


def test_a_table_that_fits_is_left_alone() -> None:
    assert kind(grid(4, "几个字")) == '<div class="table">'


def test_a_wider_one_is_set_smaller_and_one_wider_still_is_turned() -> None:
    assert kind(grid(5, "some_name_x")) == '<div class="table dense">'
    assert kind(grid(9, "一段不太短的说明文字")) == '<div class="table dense turned">'
    assert kind(grid(9, "一段不太短的说明文字"), measure=500) == '<div class="table">'


def test_a_table_that_no_page_holds_is_not_turned() -> None:
    assert kind(grid(9, "一段不太短的说明文字", rows=60)) == '<div class="table dense">'


def test_a_column_of_short_words_is_not_broken() -> None:
    [table] = pandoc.read("| 名 | 说明 |\n|---|---|\n| 行10 | 很长很长的一段说明文字 |\n")
    made = tables.fitted(table, 294, 26)[1]
    marked = [[cell[0][1] for cell in row[1]] for body in made["c"][4] for row in body[3]]
    assert marked == [[["narrow"], []]]
    assert {spec[1]["t"] for spec in made["c"][2]} == {"ColWidthDefault"}
    assert ast.plain(made) == ast.plain(table)


def test_a_number_that_the_linker_has_no_figures_for_stays_in_the_list() -> None:
    assert labels.is_inked("3.2")
    assert labels.is_inked("12.10")
    assert not labels.is_inked("3.A1")
    assert not labels.is_inked("3.二")

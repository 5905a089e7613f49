"""The questions as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from booklet.export import tables
from tests.export.test_anki import exported


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


@pytest.fixture(scope="module")
def listed(folder: Path) -> Any:
    artifact = exported(folder, "json").value.artifact
    assert artifact.file == "book.json"
    return json.loads(artifact.data)


@pytest.fixture(scope="module")
def table(folder: Path) -> bytes:
    artifact = exported(folder, "csv").value.artifact
    assert artifact.file == "book.csv"
    return artifact.data


def test_json_has_the_questions_with_their_texts(listed: Any) -> None:
    assert listed["schema"] == "booklet/export/1"
    assert listed["book"]["title"] == "书::题"
    assert [row["number"] for row in listed["questions"]] == ["1.1", "1.2", "2.1", "3.1", "3.2"]
    row = listed["questions"][0]
    assert (row["difficulty"], row["tags"], row["part"], row["status"]) == (4, ["采样"], "后", "answered")
    assert row["rubric"] == [{"low": 3, "high": 3, "text": "说出边界"}]
    assert row["heading"]["markdown"] == "模板 `{{ x }}` 与 $a < b$ 是什么？"
    assert row["focus"] == {"html": "<p>边界</p>", "markdown": "边界"}
    assert row["question"] is None
    assert row["url"].startswith("https://example.org/posts/hard/#")
    assert '<img src="https://example.org/img/mask.svg"' in row["answer"]["html"]


def test_markdown_keeps_code_formulas_tables_and_notes(listed: Any) -> None:
    answer = listed["questions"][0]["answer"]["markdown"]
    assert '``` python\nx = "{{ y }}"  # <b>\n```' in answer
    assert "![五个词元](https://example.org/img/mask.svg)" in answer
    assert "[外面](https://elsewhere.example/?a=1&b=2)" in answer
    assert "| 采样" in answer
    assert "脚注［1］" in answer
    assert answer.rstrip().endswith("1.  注 $n$。")
    assert ":::" not in answer and "<span" not in answer


def test_csv_is_what_a_spreadsheet_opens(table: bytes) -> None:
    assert table.startswith(b"\xef\xbb\xbf"), "Excel takes it for GBK otherwise"
    assert b"\r\n" in table
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    assert list(rows[0]) == list(tables.COLUMNS)
    assert [row["number"] for row in rows] == ["1.1", "1.2", "2.1", "3.1", "3.2"]
    assert rows[0]["answer"].startswith(" - 列表里的公式"), "a list is no formula"
    assert rows[1]["status"] == "unfinished"
    assert not any(value.startswith(tables.FORMULA) for row in rows for value in row.values())


def test_json_and_csv_say_the_same(listed: Any, table: bytes) -> None:
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))
    for one, other in zip(listed["questions"], rows, strict=True):
        assert other["id"] == one["id"]
        assert other["answer"].strip() == one["answer"]["markdown"].strip()

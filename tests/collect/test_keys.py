"""Known keys of the front matter: their shapes, and the line of what has another."""

from __future__ import annotations

from typing import Any

import pytest

from booklet.collect.dates import iso, moment
from booklet.collect.frontmatter import read
from booklet.collect.posts import shaped
from booklet.diagnostics import BookletError


def front(text: str) -> dict[str, Any]:
    return shaped(read(f"---\n{text}---\nbody".encode(), "a.md"), "a.md")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("title: 2024\n", {"title": "2024"}),
        ("title: 1.10\n", {"title": "1.10"}),
        ("title: 2024-05-01\n", {"title": "2024-05-01"}),
        ("title: yes\n", {"title": "yes"}),
        ("title: ~\n", {}),
        ("Title: x\n", {"title": "x"}),
        ("tags: [3.10, a]\n", {"tags": ["3.10", "a"]}),
        ("tags: one\n", {"tags": ["one"]}),
        ("author: {name: 甲, url: x}\n", {"author": ["甲"]}),
        ('draft: "true"\n', {"draft": True}),
        ('weight: "30"\n', {"weight": 30}),
        ("toc: {enable: false}\n", {"toc": False}),
        ("date: 2025/1/2\n", {"date": "2025-01-02"}),
        ("date: 0001-01-01T00:00:00Z\n", {}),
        ("params: {toc: false}\n", {"params": {"toc": False}, "toc": False}),
        ("params: {toc: false}\ntoc: true\n", {"params": {"toc": False}, "toc": True}),
        ("unknown: [1, {a: 2}]\nUnknown: 3\n", {"unknown": 3}),
        ("description: ''\n", {}),
    ],
)
def test_a_value_is_read_for_what_it_means(written: str, meant: dict[str, Any]) -> None:
    assert front(written) == meant


@pytest.mark.parametrize(
    ("written", "line", "words"),
    [
        ("a: 1\ntitle: [x]\n", 3, "`title` must be a text"),
        ("a: 1\nb: 2\nDraft: maybe\n", 4, "`draft` must be true or false"),
        ("weight: heavy\n", 2, "`weight` must be a whole number"),
        ("x:\n  - 1\ndate: tomorrow\n", 4, "`date` is no date"),
        ("expiryDate: 2025-13-45\n", 2, "`expirydate` is no date"),
        ("tags: [[a]]\n", 2, "`tags` must be a list of texts"),
        ("cascade: yes\n", 2, "`cascade` must be a table"),
        ("title: a\nTITLE: b\n", 3, "given twice"),
        ("series_order: 一\n", 2, "`series_order` must be a whole number"),
    ],
)
def test_a_wrong_shape_is_named_with_its_line(written: str, line: int, words: str) -> None:
    with pytest.raises(BookletError) as caught:
        front(written)
    note = caught.value.diagnostic
    assert note.location is not None
    assert (caught.value.exit, note.code, note.location.line) == (6, "source/front-matter", line)
    assert words in note.message


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ('{"a": 1,\n "b": 2,\n "a": 3}\nbody', 3),
        ("+++\na = 1\nb = 2\na = 3\n+++\n", 4),
        ("---\na: 1\nb:\n  c: 1\n  c: 2\n---\n", 5),
        ("\n\n---\na: 1\na: 2\n---\n", 5),
        ("\n---\ntitle: x\n", 2),
        ('{"a": }\n', 1),
    ],
)
def test_duplicates_and_open_ends_have_a_line_in_every_format(data: str, line: int) -> None:
    with pytest.raises(BookletError) as caught:
        read(data.encode(), "a.md")
    assert caught.value.diagnostic.location is not None
    assert caught.value.diagnostic.location.line == line


def test_blank_lines_before_the_front_matter_keep_the_lines_of_the_body_right() -> None:
    document = read(b"\n\n---\ntitle: x\n---\n\nbody", "a.md")
    assert (document.front, document.body, document.body_line) == ({"title": "x"}, "\nbody", 6)


DATES = [
    "2025-01-02",
    "2025-1-2 3:04",
    "2025-01-02 03:04:05",
    "2025/01/02 03:04:06",
    "2025-01-02T03:04:07.123Z",
    "2025-01-02 11:04:08 +0800",
    "2025-01-02 11:04:09 +0800 CST",
    "Thu, 02 Jan 2025 11:04:10 +0800",
    "2025年1月3日",
    "January 4, 2025",
    "5 Jan 2025",
    "6 January 2025 10:00:00",
    "2025.01.07",
    "1736294400",
]


def test_every_form_of_a_date_sorts_with_the_others() -> None:
    times = [moment(form) for form in DATES]
    assert None not in times
    assert sorted(times) == times  # type: ignore[type-var]


@pytest.mark.parametrize("text", ["tomorrow", "2025-02-30", "12", "0000-00-00", "99:99", "2025-01-02 25:00"])
def test_what_is_no_date_has_no_time(text: str) -> None:
    assert moment(text) is None


def test_the_shape_of_a_date_that_iso_knows_is_kept() -> None:
    assert iso("2025-08-07T17:45:10+08:00") == "2025-08-07T17:45:10+08:00"

"""The tree of contents, which both formats share."""

from __future__ import annotations

from booklet.convert.contents import contents
from booklet.model import Book, Part
from tests.study.make import book


def test_parts_of_one_title_are_two() -> None:
    first, second = (Part("题", book("## 1. 甲？\n\n乙。\n").parts[0].chapters) for _ in range(2))
    whole = Book("书", "book", "zh-Hans", "urn:x", (first, second))
    assert [entry.id for entry in contents(whole, 2)] == ["part-1", "part-2"]

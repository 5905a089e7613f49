"""Where Hugo publishes a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from booklet.collect import site
from booklet.collect.addresses import Page, address, aliases, urlized

HUGO = """
baseURL = "https://example.org/"
defaultContentLanguage = "zh"
[languages.zh]
[languages.en]
[permalinks]
notes = "/:year/:month/:slugorfilename/"
deep = "/x/:sections[1:]/:title/"
news = "/:2006-:01-:02/:contentbasename"
"""


@pytest.fixture
def hugo(tmp_path: Path) -> site.Hugo:
    (tmp_path / "content").mkdir()
    (tmp_path / "hugo.toml").write_text(HUGO, "utf-8")
    return site.read(tmp_path, None)


@pytest.mark.parametrize(
    ("inside", "front", "language", "published"),
    [
        ("posts/a", {}, "zh", "/posts/a/"),
        ("posts/A b（1）", {}, "zh", "/posts/a-b1/"),
        ("posts/a", {}, "en", "/en/posts/a/"),
        ("posts/a", {"slug": "甲"}, "zh", "/posts/甲/"),
        ("posts/a", {"url": "/one/two.html"}, "en", "/one/two.html"),
        ("posts/a", {"url": "one"}, "en", "/en/one/"),
        ("notes/a", {}, "zh", "/2025/03/a/"),
        ("notes/a", {"slug": "s"}, "en", "/en/2025/03/s/"),
        ("deep/one/two/a", {}, "zh", "/x/one/two/the-title/"),
        ("news/a", {}, "zh", "/2025-03-04/a/"),
        ("", {}, "zh", "/"),
    ],
)
def test_address(hugo: site.Hugo, inside: str, front: dict[str, Any], language: str, published: str) -> None:
    page = Page(inside, "The Title!", "2025-03-04", front, language)
    assert address(page, hugo) == published


def test_an_alias_is_beside_the_page_unless_it_starts_at_the_root() -> None:
    page = Page("posts/a", "", None, {"aliases": ["old", "/older/"]}, "zh")
    assert aliases(page, "/posts/a/") == ("/posts/old", "/older/")


def test_a_path_is_written_as_hugo_writes_it() -> None:
    assert urlized("C++ 与 C#：100% 「好」") == "C++-与-C#100-好"

"""What sections and the site hand down, to which pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from booklet.collect import Wanted, collect
from booklet.collect.cascade import glob
from booklet.config import Config
from tests.inside import DAY

ROOT = """---
title: 家
cascade:
  - _target: {path: "/posts/old/**"}
    draft: true
  - _target: {kind: section}
    hidden: true
  - author: 甲
    tags: [根]
---
"""
FILES = {
    "hugo.toml": """
defaultContentLanguage = "zh"
[languages.zh]
[languages.en]
[[cascade]]
author = "site"
weight = 7
""",
    "content/_index.md": ROOT,
    "content/posts/_index.md": "---\ncascade: {tags: [节], params: {toc: false}}\n---\n",
    "content/posts/a.md": "---\ntitle: 甲\n---\n文\n",
    "content/posts/b.md": "---\ntitle: 乙\nauthor: 乙\ntoc: true\n---\n文\n",
    "content/posts/old/c.md": "---\ntitle: 丙\n---\n文\n",
    "content/posts/d.en.md": "---\ntitle: D\n---\ntext\n",
}


def test_the_nearest_section_wins_and_the_page_over_all(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    found = collect(tmp_path, Config(), Wanted(DAY)).value
    posts = {post.title: post for post in found.posts}
    assert sorted(posts) == ["乙", "甲"]
    assert posts["甲"].authors == ("甲",)
    assert posts["乙"].authors == ("乙",)
    assert posts["甲"].tags == ("节",)
    assert (posts["甲"].opener.contents, posts["乙"].opener.contents) == (False, True)
    assert posts["甲"].front["weight"] == 7
    assert {item.title: item.reason for item in found.left_out} == {"丙": "draft", "D": "language"}
    [english] = [page for page in found.elsewhere if page.path.endswith("d.en.md")]
    assert english.url == "/en/posts/d/"


@pytest.mark.parametrize(
    ("pattern", "path", "meets"),
    [
        ("/posts/**", "/posts/a/b", True),
        ("/posts/*", "/posts/a/b", False),
        ("{/posts,/notes/**}", "/notes/x", True),
        ("/p?sts/a", "/posts/a", True),
        ("/posts/a.b", "/posts/axb", False),
    ],
)
def test_globs(pattern: str, path: str, meets: bool) -> None:
    assert (glob(pattern).fullmatch(path) is not None) == meets

"""Which files of a site are posts: trees of languages, bundles, bare folders, and what the front matter hides."""

from __future__ import annotations

from pathlib import Path

import pytest

from booklet.collect import Wanted, collect
from booklet.config import Config
from booklet.model import Collected
from tests.inside import DAY


def collected(root: Path, files: dict[str, str], language: str | None = None) -> Collected:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return collect(root, Config(), Wanted(DAY, language)).value


TREES = {
    "one folder a language": ("", "content/zh/posts/a.md", "content/en/posts/a.md", "content/zh"),
    "contentDir": (
        '[languages.zh]\ncontentDir = "content.zh"\n[languages.en]\ncontentDir = "content.en"\n',
        "content.zh/posts/a.md",
        "content.en/posts/a.md",
        "content.zh",
    ),
    "contentDir inside another": (
        '[languages.zh]\ncontentDir = "content/chinese"\n[languages.en]\n',
        "content/chinese/posts/a.md",
        "content/posts/a.md",
        "content/chinese",
    ),
    "file names": ("[languages.zh]\n[languages.en]\n", "content/posts/a.md", "content/posts/a.en.md", "content"),
    "bundles": (
        "[languages.zh]\n[languages.en]\n",
        "content/posts/a/index.md",
        "content/posts/a/index.en.md",
        "content",
    ),
}


@pytest.mark.parametrize("kind", TREES)
def test_one_language_and_never_both(tmp_path: Path, kind: str) -> None:
    hugo, chinese, english, content = TREES[kind]
    text = f'defaultContentLanguage = "zh"\nbaseURL = "https://e.org/"\n{hugo}'
    files = {"hugo.toml": text, chinese: "---\ntitle: 甲\n---\n文\n", english: "---\ntitle: A\n---\nx\n"}
    found = collected(tmp_path, files)
    assert [(post.path, post.language, post.section) for post in found.posts] == [
        (chinese, "zh-Hans", chinese.split("/")[-3 if "index" in chinese else -2])
    ]
    assert found.site.content == content
    assert [(item.path, item.reason) for item in found.left_out] == [(english, "language")]
    twin = collected(tmp_path, {}, "en")
    assert [(post.path, post.language) for post in twin.posts] == [(english, "en")]


def test_a_bare_folder_takes_titles_from_headings_and_order_from_names(tmp_path: Path) -> None:
    files = {
        "README.md": "# 读我\n",
        "index.md": "# 首页\n\n文\n",
        "ch3/3.10_b.md": "```\n# no\n```\n\n# 3.10 `乙` 与 [丙](x.md)\n\n文\n",
        "ch3/3.2_a.md": "# 3.2 甲 #\n\n文\n",
        "ch3/none.md": "没有标题\n",
    }
    found = collected(tmp_path, files)
    titles = {post.path: post.title for post in found.posts}
    assert titles["ch3/3.10_b.md"] == "3.10 乙 与 丙"
    assert titles["ch3/none.md"] == "none"
    assert [path for path in titles if path.startswith("ch3/3")] == ["ch3/3.2_a.md", "ch3/3.10_b.md"]
    assert {"README.md", "index.md"} <= set(titles)


@pytest.mark.parametrize(
    ("front", "reason", "detail"),
    [
        ("draft: true", "draft", "draft: true"),
        ("publishDate: 2030-01-01", "future", "2030-01-01"),
        ("date: 2030-01-01T00:00:00+08:00", "future", "2030-01-01T00:00:00+08:00"),
        ("date: 2020-01-01\npublishDate: 2030-01-01", "future", "2030-01-01"),
        ("expiryDate: 2020-01-01", "expired", "2020-01-01"),
        ("hidden: true", "hidden", "hidden: true"),
        ("headless: true", "hidden", "headless: true"),
        ("build: {render: never}", "hidden", "build.render: never"),
        ("_build: {render: false, list: false}", "hidden", "build.render: false"),
    ],
)
def test_what_is_not_to_be_published_is_left_out_with_its_reason(
    tmp_path: Path, front: str, reason: str, detail: str
) -> None:
    files = {"content/a.md": "---\ntitle: 甲\n---\n文\n", "content/b.md": f"---\ntitle: 乙\n{front}\n---\n文\n"}
    [left] = collected(tmp_path, {"hugo.toml": "", **files}).left_out
    assert (left.path, left.reason, left.detail) == ("content/b.md", reason, detail)


def test_a_page_that_only_leads_away_is_empty(tmp_path: Path) -> None:
    away = "---\ntitle: 外\nexternalUrl: https://x.org/\n---\n"
    files = {"hugo.toml": "", "content/a.md": "---\ntitle: 甲\n---\n文\n", "content/b/index.md": away}
    [left] = collected(tmp_path, files).left_out
    assert (left.reason, left.detail) == ("empty", "leads to https://x.org/")


def test_a_leaf_bundle_is_one_post_and_a_branch_bundle_is_none(tmp_path: Path) -> None:
    files = {
        "hugo.toml": 'baseURL = "https://e.org/"\n',
        "content/posts/_index.md": "---\ntitle: 节\n---\n文\n",
        "content/posts/notes.md": "---\ntitle: 乙\n---\n文\n",
        "content/posts/a/index.md": "---\ntitle: 甲\n---\n文\n",
        "content/posts/a/part.md": "资源\n",
        "content/posts/a/b/deep.md": "资源\n",
        "content/posts/a/data.csv": "1\n",
        "content/posts/cover.png": "",
    }
    found = collected(tmp_path, files)
    assert [post.path for post in found.posts] == ["content/posts/a/index.md", "content/posts/notes.md"]
    assert found.posts[0].bundle == "content/posts/a"
    assert {"/posts/a/data.csv", "/posts/cover.png"} <= found.files
    assert "/posts/" in {page.url for page in found.elsewhere}

"""The Hugo configuration in all its places, and what a book takes from it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from booklet.collect import site
from booklet.diagnostics import BookletError

TOML = """\
baseURL = "https://e.org/b/"
DefaultContentLanguage = "zh"
[permalinks]
posts = "/:year/:slug/"
"""
YAML = """\
baseURL: https://e.org/b/
defaultcontentlanguage: zh
permalinks:
  page:
    posts: /:year/:slug/
"""
TABLE = {"baseURL": "https://e.org/b/", "defaultContentLanguage": "zh", "permalinks": {"posts": "/:year/:slug/"}}
SAME = {
    "hugo.toml": TOML,
    "hugo.yaml": YAML,
    "hugo.json": json.dumps(TABLE),
    "config.toml": f"\ufeff{TOML}",
    "config.yml": YAML,
    "config/_default/hugo.yml": YAML,
    "config/_default/config.toml": TOML,
}


def write(root: Path, **files: str) -> Path:
    (root / "content").mkdir(exist_ok=True)
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


@pytest.mark.parametrize("name", SAME)
def test_every_form_says_the_same(tmp_path: Path, name: str) -> None:
    found = site.read(write(tmp_path, **{name: SAME[name]}), None)
    assert found.site.base_url == "https://e.org/b/"
    assert found.site.language == "zh"
    assert found.permalinks == {"posts": "/:year/:slug/"}


def test_hugo_reads_one_file_at_the_root_and_the_folder_over_it(tmp_path: Path) -> None:
    files = {
        "config.toml": 'title = "never read"\nstaticDir = "never"\n',
        "hugo.toml": 'title = "root"\nbaseURL = "https://root.org/"\n',
        "config/_default/hugo.toml": 'title = "default"\n',
        "config/production/hugo.toml": 'baseURL = "https://public.org/"\n',
        "config/_default/params.en.toml": 'subtitle = "s"\n',
        "config/_default/languages.toml": '[en]\ntitle = "English"\n[zh]\ncontentDir = "content/zh"\n',
        "config/_default/markup.yaml": "goldmark: {extensions: {passthrough: {enable: true}}}\n",
    }
    (tmp_path / "content/zh").mkdir(parents=True)
    found = site.read(write(tmp_path, **files), None)
    assert (found.site.title, found.site.base_url, found.site.static) == ("English", "https://public.org/", ("static",))
    assert found.site.passthrough is True
    assert [(root.folder, root.language) for root in found.roots] == [("content/zh", "zh"), ("content", "en")]
    assert site.spoken(found, "en").params["subtitle"] == "s"
    assert site.spoken(found, "zh-Hans").content == "content/zh"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://example.org/blog", "https://example.org/blog"),
        ("http://localhost:1313/", None),
        ("http://0.0.0.0:1313/book/", None),
        ("/", None),
        ("", None),
    ],
)
def test_an_address_that_nobody_can_reach_is_none(tmp_path: Path, written: str, meant: str | None) -> None:
    found = site.read(write(tmp_path, **{"hugo.toml": f'baseURL = "{written}"\n'}), None)
    assert found.site.base_url == meant


def test_static_folders_and_mounts(tmp_path: Path) -> None:
    (tmp_path / "posts-zh").mkdir()
    text = 'staticDir = ["a", "b"]\n[[module.mounts]]\nsource = "posts-zh"\ntarget = "content"\nlang = "zh"\n'
    found = site.read(write(tmp_path, **{"hugo.toml": text}), None)
    assert found.site.static == ("a", "b")
    assert ("posts-zh", "zh") in [(root.folder, root.language) for root in found.roots]


def test_a_configuration_that_does_not_parse_is_named(tmp_path: Path) -> None:
    with pytest.raises(BookletError) as caught:
        site.read(write(tmp_path, **{"config/_default/params.toml": "a = \n"}), None)
    assert (caught.value.exit, str(caught.value.diagnostic.location)) == (4, "config/_default/params.toml")


def test_a_bare_folder_is_a_site(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# 甲\n", "utf-8")
    found = site.read(tmp_path, None)
    assert [root.folder for root in found.roots] == ["."]
    assert not found.bundles

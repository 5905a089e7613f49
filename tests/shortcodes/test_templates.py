"""Shortcodes that are templates: an author's wins over the theme's, a theme's over booklet's."""

from __future__ import annotations

from pathlib import Path

import pytest

from booklet import build, theme
from booklet.cache import Cache
from booklet.config import load
from booklet.convert import ast, html
from booklet.diagnostics import BookletError
from booklet.model import Chapter
from booklet.options import Silent
from booklet.resources import themes
from booklet.shortcodes import ROWS, Call, Page
from booklet.shortcodes.templates import rows
from tests import inside, site
from tests.convert.make import Texts

POST = """---
title: "面试题-模板（1）"
subject: 甲
---

{{< shout "a < b" colour="red" >}}*里* 面{{< /shout >}}

{{< alert >}}自己的{{< /alert >}}

{{< include "part.txt" >}} {{< param owner >}} {{< param title >}}
"""
SHOUT = '<aside class="warning" data-title="{{ get("colour") }}">\n\n{{ args[0] }}：{{ inner }}\n\n</aside>\n'
FILES = {
    "booklet.toml": '[collect]\ntitle = "模板"\n',
    "hugo.toml": site.HUGO + "[params]\nowner = '站长'\n",
    "content/posts/t.md": POST,
    "content/posts/part.txt": "**夹**",
    "shortcodes/shout.md": SHOUT,
    "shortcodes/alert.html": "<p>★ {{ inner }}，{{ page.subject }}</p>\n",
}


def chapter(root: Path) -> Chapter:
    book = build.bound(load(root, {}), inside.options(), Cache(root / ".cache"), Silent())
    return next(chapter for chapter in book.value.chapters if chapter.path.endswith("t.md"))


def test_an_authors_template_gives_markdown_and_html(tmp_path: Path) -> None:
    site.make(tmp_path, **FILES)
    [shown] = html.fragments([chapter(tmp_path).blocks])
    assert 'kind="warning"' in shown
    assert "a &lt; b：<em>里</em> 面" in shown
    assert "★ 自己的，甲" in shown
    assert "<strong>夹</strong> 站长 面试题-模板（1）" in shown


def test_a_changed_template_or_included_file_changes_the_book(tmp_path: Path) -> None:
    site.make(tmp_path, **FILES)
    before = ast.plain(chapter(tmp_path).blocks)
    (tmp_path / "shortcodes/alert.html").write_text("☆ {{ inner }}")
    (tmp_path / "content/posts/part.txt").write_text("换")
    after = ast.plain(chapter(tmp_path).blocks)
    assert [word in before for word in "★夹☆换"] == [True, True, False, False]
    assert [word in after for word in "★夹☆换"] == [False, False, True, True]


@pytest.mark.parametrize("mistake", ["{{ nothing }}", "{{ 1 // 0 }}", "{{ args[0] + 1 }}", "{% if %}"])
def test_a_templates_mistake_is_said_with_its_line(tmp_path: Path, mistake: str) -> None:
    site.make(tmp_path, **{**FILES, "shortcodes/shout.md": f"甲\n{mistake}"})
    with pytest.raises(BookletError) as problem:
        chapter(tmp_path)
    assert str(problem.value.diagnostic.location) == "shortcodes/shout.md:2"


def test_a_theme_brings_its_own(tmp_path: Path) -> None:
    folder = site.copy(themes() / "default", tmp_path / "mine")
    (folder / "shortcodes").mkdir()
    (folder / "shortcodes/alert.md").write_text("theme")
    (folder / "shortcodes/own.md").write_text("theme")
    (tmp_path / "shortcodes").mkdir()
    (tmp_path / "shortcodes/own.md").write_text("author")
    found = rows(theme.load("./mine", tmp_path), tmp_path)
    call = Call("x", Page({}, {}, "", Texts()))
    assert [found[name].make(call) for name in ("alert", "own")] == ["theme", "author"]
    assert found["figure"] is ROWS["figure"]

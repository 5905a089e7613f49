"""Every way to write a link in a Hugo site, and where it leads."""

from __future__ import annotations

from pathlib import Path

import pytest

from booklet.diagnostics import Noted
from booklet.model import Book
from tests import inside

HUGO = """
baseURL = "https://example.org/blog/"
defaultContentLanguage = "zh"
[languages.zh]
[languages.en]
[permalinks]
notes = "/:year/:slug/"
"""
ALIASED = """---
title: 乙
aliases: [/old/, older]
tags: [标签]
---
## C++ 与 C#：什么？

文

## 二 {#own}

文
"""
FILES = {
    "hugo.toml": HUGO,
    "content/posts/_index.md": "---\ntitle: 节\n---\n",
    "content/posts/b.md": ALIASED,
    "content/posts/b.en.md": "---\ntitle: B\n---\n## English\n",
    "content/posts/大模型（1）/index.md": "---\ntitle: 丙\n---\n## 1.1 旋转 `x` 数组\n\n## 看[这里](https://a.org)\n",
    "content/posts/大模型（1）/data.zip": "zip",
    "content/notes/d.md": "---\ntitle: 丁\nslug: ding\ndate: 2024-05-06\n---\n文\n",
    "content/notes/draft.md": "---\ntitle: 稿\ndraft: true\n---\n文\n",
    "content/notes/away.md": "---\ntitle: 外\nexternalUrl: https://elsewhere.org/x\n---\n",
    "content/notes/left.md": "---\ntitle: 余\n---\n文\n",
    "static/paper.pdf": "pdf",
    "booklet.toml": '[collect]\nexclude = ["content/notes/left.md"]\n',
}
LINKS = {
    "/posts/b/": "#b",
    "/posts/b": "#b",
    "/blog/posts/b/": "#b",
    "https://example.org/blog/posts/b/": "#b",
    "http://example.org/blog/posts/b/index.html": "#b",
    "/Posts/B/?utm=1": "#b",
    "b.md": "#b",
    "./b.md#own": "#b--own",
    "../posts/b/": "#b",
    "posts/b.md": "#b",
    "/content/posts/b.md": "#b",
    "/old/": "#b",
    "/posts/older/": "#b",
    '{{< ref "b" >}}': "#b",
    '{{< ref "b.md" >}}': "#b",
    '{{< relref "/posts/b" >}}': "#b",
    '{{< relref "posts/b.md#own" >}}': "#b--own",
    '{{< ref "#本篇" >}}': "#a--本篇",
    "#本篇": "#a--本篇",
    "##本篇": "#a--本篇",
    "#": "#a",
    "#没有": None,
    "/posts/b/#c-与-c什么": "#q-",
    "/posts/b/#C%2B%2B-与-C#：什么？": "#q-",
    "/posts/b/#没有": "#b",
    "/posts/大模型（1）/": "#da-mo-xing-1",
    "/posts/大模型1/": "#da-mo-xing-1",
    "/posts/%E5%A4%A7%E6%A8%A1%E5%9E%8B1/#11-旋转-x-数组": "#da-mo-xing-1--11-旋转-x-数组",
    "大模型（1）/index.md#看这里httpsaorg": "#da-mo-xing-1--看这里",
    "/2024/ding/": "#d",
    "/notes/d/": "#d",
    "/notes/d.md": "#d",
    "/notes/left/": "https://example.org/blog/2024/left/",
    "/en/posts/b/": "https://example.org/blog/en/posts/b/",
    "b.en.md": "https://example.org/blog/en/posts/b/",
    "/posts/": "https://example.org/blog/posts/",
    "/": "https://example.org/blog/",
    "/en/": "https://example.org/blog/en/",
    "/tags/标签/": "https://example.org/blog/tags/%E6%A0%87%E7%AD%BE/",
    "/paper.pdf": "https://example.org/blog/paper.pdf",
    "/posts/大模型1/data.zip": "https://example.org/blog/posts/%E5%A4%A7%E6%A8%A1%E5%9E%8B1/data.zip",
    "/notes/away/": "https://elsewhere.org/x",
    "/notes/draft/": None,
    "/nowhere/": None,
    '{{< ref "nowhere" >}}': None,
    "https://example.org/blog/nowhere/": "https://example.org/blog/nowhere/",
    "https://example.org/other/": "https://example.org/other/",
    "//cdn.org/x": "https://cdn.org/x",
    "www.python.org/x": "https://www.python.org/x",
    "mailto:a@b.org": "mailto:a@b.org",
    "javascript:alert(1)": None,
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Noted[Book]:
    root = tmp_path_factory.mktemp("links")
    body = "".join(f"{n}. 见[词{n}词]({target})\n" for n, target in enumerate(LINKS))
    files = {**FILES, "content/posts/a.md": f"---\ntitle: 甲\n---\n## 本篇\n\n{body}"}
    files["content/notes/left.md"] = "---\ntitle: 余\nslug: left\ndate: 2024-01-01\n---\n文\n"
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return inside.bound(root, root / ".cache")


def destinations(book: Book) -> dict[str, str]:
    """Words → target, of the links of the first post."""
    from booklet.convert import ast

    [chapter] = [chapter for chapter in book.chapters if chapter.title == "甲"]
    return {ast.plain(link["c"][1]): link["c"][2][0] for link in ast.of(chapter.blocks, "Link")}


@pytest.mark.parametrize("target", LINKS)
def test_a_link_leads_where_it_should(book: Noted[Book], target: str) -> None:
    place = list(LINKS).index(target)
    found = destinations(book.value).get(f"词{place}词")
    wanted = LINKS[target]
    if wanted == "#q-":
        assert found is not None
        assert found.startswith("#q-")
    else:
        assert found == wanted


def test_what_leads_nowhere_keeps_its_words_and_is_named_with_its_line(book: Noted[Book]) -> None:
    from booklet.convert import ast

    [chapter] = [chapter for chapter in book.value.chapters if chapter.title == "甲"]
    said = {note.location.line: note.message for note in book.notes if note.code == "links/unresolved"}  # type: ignore[union-attr]
    for place, (target, wanted) in enumerate(LINKS.items()):
        assert f"词{place}词" in ast.plain(chapter.blocks)
        if wanted is None:
            assert target.split('"')[-2 if '"' in target else 0] in said[6 + place]
    assert "does not publish" in said[6 + list(LINKS).index("/notes/draft/")]
    assert "to the beginning" in said[6 + list(LINKS).index("/posts/b/#没有")]
    assert len(said) == sum(wanted is None for wanted in LINKS.values()) + 1


def test_without_an_address_of_the_site_a_page_outside_the_book_is_a_warning(tmp_path: Path) -> None:
    texts = {
        "a.md": "# 甲\n\n[去](b.md)\n",
        "b.md": "---\ntitle: 乙\n---\n文\n",
        "booklet.toml": '[collect]\nexclude = ["b.md"]\n',
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    found = inside.bound(tmp_path, tmp_path / ".cache")
    [note] = [note for note in found.notes if note.code == "links/unresolved"]
    assert str(note.location) == "a.md:3"
    assert "baseURL" in (note.hint or "")

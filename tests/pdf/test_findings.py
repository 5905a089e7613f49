"""What the pages show is said with the line of the post: pictures, overflow, characters, the engine's own messages."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from booklet.cache import Cache
from booklet.diagnostics import Diagnostic, Severity
from tests import inside, site

POST = """---
title: "发现"
date: 2026-01-02
---

看图：

![说明](small.png)

![](large.png)

这一行里有一个很长很长的词：{word} 以后还有正文，正文要写够一整行才看得出来。

缺的字 \U00013000 在这里，又一次 \U00013000。
"""


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> list[Diagnostic]:
    folder = tmp_path_factory.mktemp("findings")
    files = {
        "booklet.toml": '[book]\ntitle = "发现"\nlanguage = "zh-Hans"\n[collect]\nposts = ["content/posts/f.md"]\n',
        "content/posts/f.md": POST.format(word="a" * 80),
        "hugo.toml": site.HUGO,
    }
    here = site.make(folder / "site", **files)
    for name, size in (("small.png", (120, 60)), ("large.png", (2000, 900))):
        picture(here / "content/posts" / name, size)
    return list(inside.built(here, Cache(folder / "cache"), epub=False).notes)


def picture(path: Path, size: tuple[int, int]) -> None:
    file = io.BytesIO()
    Image.new("RGB", size, "red").save(file, "PNG")
    path.write_bytes(file.getvalue())


@pytest.mark.parametrize(
    ("code", "line", "words"),
    [
        ("pictures/coarse", 8, "small.png has 96 dots per inch"),
        ("pictures/no-alt", 10, "1 of 2 pictures"),
        ("pdf/outside", 12, "outside the type area"),
        ("pdf/ragged", 12, "这一行里有一个很长很长的词："),
        ("fonts/missing-glyph", 14, "(U+13000)"),
    ],
)
def test_a_finding_has_the_line_of_the_post(code: str, line: int, words: str, notes: list[Diagnostic]) -> None:
    [note] = [note for note in notes if note.code == code]
    assert str(note.location) == f"content/posts/f.md:{line}"
    assert note.severity == Severity.WARNING
    assert words in note.message


def test_nothing_is_said_twice(notes: list[Diagnostic]) -> None:
    assert [note for note in notes if note.code == "pdf/engine"] == []
    assert len(set(notes)) == len(notes)


def test_what_the_engine_says_about_a_picture_has_its_line() -> None:
    from booklet.pdf import findings
    from booklet.pdf.model import Piece

    html = '<html><body><p id="x">见<a href="#nowhere">这里</a>。</p></body></html>'
    known = {"ab" * 32: ("a.png", 9)}
    piece = Piece("a", "chapter", html, "zh-Hans", path="a.md", places={"见这里": 7}, pictures=known)
    assert str(findings.mentioned(piece, f"Failed to load image at 'asset:{'ab' * 32}.png': broken")) == "a.md:9"
    assert str(findings.mentioned(piece, "No anchor #nowhere for internal URI reference")) == "a.md:7"
    assert str(findings.mentioned(piece, "Ignored `x: y`, unknown property")) == "a.md"

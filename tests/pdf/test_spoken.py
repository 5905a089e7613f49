"""What a screen reader says of a picture without alternative text."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from booklet.cache import Cache
from tests import inside, judges, site

POST = """---
title: "图"
date: 2026-01-02
---

![](/img/3.8_mlp.svg)

行内 ![](/img/3.8_mlp.svg) 与 ![两层](/img/3.8_mlp.svg) 。
"""
TOML = """
[book]
title = "书"
language = "zh-Hans"
[collect]
posts = ["content/posts/one.md"]
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spoken")
    files = {"content/posts/one.md": POST, "static/img/3.8_mlp.svg": site.SVG}
    here = site.make(folder / "site", **{"booklet.toml": TOML, **files})
    built = inside.built(here, Cache(folder / "cache"), epub=False).value
    assert "pictures/no-alt" in {note.code for note in inside.bound(here, folder / "cache").notes}
    [artifact] = built.artifacts
    (folder / artifact.file).write_bytes(artifact.data)
    return folder / artifact.file


def test_a_screen_reader_is_told_that_there_is_a_picture(file: Path) -> None:
    with pikepdf.open(file) as pdf:
        figures = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"]
        told = sorted(str(figure.get("/Alt")) for figure in figures)
    assert [words for words in told if words in ("图片 3.8 mlp", "两层")] == ["两层", "图片 3.8 mlp", "图片 3.8 mlp"]


def test_the_file_is_accessible(file: Path) -> None:
    assert judges.verapdf("ua1,3a", file) == []

"""A fast part of `make corpora`: a few posts of real sites, where those lie beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import site
from tests.corpora import reading
from tests.corpora.rows import CORPORA, Corpus, judge

BESIDE = site.shared("corpora")
PARTS = {
    "alex-shpak+hugo-book": ("content.en/docs/content/shortcodes/*",),
    "adityatelange+hugo-PaperMod": ("content/posts/[a-m]*",),
    "ShusenTang+Dive-into-DL-PyTorch": ("chapter01*", "chapter02*/2.1*"),
}
FEW = [Corpus(c.name, c.folder, c.language, PARTS[c.name]) for c in CORPORA if c.name in PARTS]


@pytest.mark.skipif(BESIDE is None, reason="the corpora are not beside this checkout")
@pytest.mark.parametrize("corpus", FEW, ids=lambda corpus: corpus.name)
def test_a_part_of_a_real_site_comes_through_whole(corpus: Corpus, tmp_path: Path) -> None:
    assert BESIDE is not None
    row = judge(corpus, BESIDE, tmp_path / "out")
    assert row.faults == []
    assert row.posts > 1
    assert row.headings[0] == row.headings[1] > 0


def test_formulas_of_headings_are_not_compared_and_their_words_are() -> None:
    assert reading.agree("什么是 $\\sqrt{d_k}$ 的意义？", "1 什么是 √dₖ 的意义？"[2:])
    assert not reading.agree("什么是 $\\sqrt{d_k}$ 的意义？", "什么是 √dₖ？")
    assert not reading.agree("什么是意义？", "什么是别的意义？")


def test_a_tag_that_an_author_shows_is_no_residue(tmp_path: Path) -> None:
    post = tmp_path / "a.md"
    post.write_text("---\ntitle: 题\n---\n[\\<del\\>x\\</del\\>](/y) <b>z</b>\n", "utf-8")
    assert reading.read(post, tmp_path, "题").shown == {"<del>", "</del>"}


def test_the_independent_reading_finds_headings_wherever_they_are(tmp_path: Path) -> None:
    post = tmp_path / "a.md"
    post.write_text(
        "---\ntitle: 题\n---\n# 题\n\n- ### 1. `a` 与 [b](c) {#x}\n\n```\n# no\n```\n\n{{< highlight sh >}}\n# no\n"
        "{{< /highlight >}}\n\n<h2>Raw</h2>\n\nUnder\n-----\n\n![p](a.png) <img src='b.png'>\n\n## :tent: 末[^1]\n",
        "utf-8",
    )
    page = reading.read(post, tmp_path, "题")
    assert [(heading.level, heading.text) for heading in page.headings] == [
        (3, "1. a 与 b"),
        (2, "Raw"),
        (2, "Under"),
        (2, "末"),
    ]
    assert page.pictures == ("a.png", "b.png")
    assert reading.levels(page.headings) == [2, 2, 2, 2]

"""What holds for every book, however odd its posts."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from booklet import build
from booklet.cache import Cache
from booklet.config import load
from booklet.convert import html
from booklet.convert.held import kept
from booklet.diagnostics import BookletError
from booklet.model import Chapter
from booklet.options import Silent
from tests import inside
from tests.convert.make import convert

FEW = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
WORDS = st.text("注意力机制模型训练abcXYZ ，。？！：0123456789", min_size=1, max_size=20).map(str.strip).filter(bool)
HEADING = st.builds(
    lambda mark, number, title, own: f"{mark} {number}{title}{own}",
    st.sampled_from(["## ", "### ", "- ### ", "#### 问题1：", "# "]),
    st.sampled_from(["", "1. ", "2. ", "3、"]),
    st.sampled_from(["什么是注意力？", "What is attention?", "总结", "什么是 $x$？", "A", "?"]),
    st.sampled_from(["", "", "", " {#own}", " {#q-own}", " {#总结}"]),
)
BLOCK = st.one_of(
    HEADING,
    WORDS,
    WORDS.map(lambda words: f"- {words}\n  - {words}"),
    st.just("正文[^1]。\n\n[^1]: 注。"),
    st.sampled_from(["p0", "p1", "p2"]).flatmap(
        lambda name: st.sampled_from(
            [f"[前往](/posts/{name}/)", f'[前往]({{{{< ref "{name}.md" >}}}})', f"[前]({name}.md)"]
        )
    ),
    st.just("[本篇](#总结)"),
    st.just("$$\nx = 1\n$$"),
    st.just("```\n# 不是标题\n```"),
    st.just("| a | b |\n|---|---|\n| 1 | 2 |"),
)
BODY = st.lists(BLOCK, min_size=1, max_size=8).map("\n\n".join)
NOTES = re.compile(r"fn(ref)?\d+|footnotes")
"""Pandoc's own ids of notes: each back-end sets notes in its own way."""
BODIES = st.lists(BODY, min_size=1, max_size=3)


def chapters(bodies: list[str]) -> list[Chapter]:
    """The chapters of a site with these posts; a site without posts of a series has none."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "content/posts").mkdir(parents=True)
        (root / "hugo.toml").write_text('defaultContentLanguage = "zh-Hans"\nbaseURL = "https://example.org/"\n')
        for number, body in enumerate(bodies):
            text = f"---\ntitle: 面试题-篇（{number + 1}）\n---\n\n{body}\n"
            (root / f"content/posts/p{number}.md").write_text(text, "utf-8")
        try:
            book = build.bound(load(root, {}), inside.options(), Cache(root / ".cache"), Silent())
        except BookletError as problem:
            assert problem.diagnostic.code in ("source/no-posts", "source/empty")
            return []
        return [replace(chapter, body=kept(chapter.body.load())) for chapter in book.value.chapters]


def trees(book: list[Chapter]) -> list[etree._Element]:
    return [etree.fromstring(f"<div>{html.fragments([list(chapter.blocks)])[0]}</div>") for chapter in book]


@FEW
@given(BODIES)
def test_ids_are_unique_over_the_book_and_shaped_as_promised(bodies: list[str]) -> None:
    book = chapters(bodies)
    questions = [question.id for chapter in book for question in chapter.questions]
    assert all(re.fullmatch(r"q-[a-z0-9-]+", name) for name in questions)
    written = [element.get("id") for tree in trees(book) for element in tree.iter() if element.get("id")]
    written = [name for name in written if not NOTES.fullmatch(name)]
    assert len(written) == len(set(written))
    named = [item.id for chapter in book for item in (*chapter.sections, *chapter.questions)]
    assert len(named) == len(set(named))
    assert set(named) <= set(written)


@FEW
@given(BODIES)
def test_every_internal_link_lands(bodies: list[str]) -> None:
    book = chapters(bodies)
    ids = {chapter.id for chapter in book}
    ids |= {element.get("id") for tree in trees(book) for element in tree.iter() if element.get("id")}
    for tree in trees(book):
        for link in tree.iter("a"):
            target = link.get("href") or ""
            assert target.startswith(("#", "https://example.org/")), target
            assert not target.startswith("#") or target[1:] in ids, target


@FEW
@given(BODY, BODY)
def test_a_questions_id_changes_only_where_another_post_has_the_same(one: str, two: str) -> None:
    alone, together = chapters([one]), chapters([one, two])
    if alone and together and together[0].path == alone[0].path:
        claimed = {question.id for chapter in chapters([two]) for question in chapter.questions}
        now = [question.id for question in together[0].questions]
        for before, after in zip([question.id for question in alone[0].questions], now, strict=True):
            assert (before == after) != (before in claimed and len(together) > 1)


@settings(FEW, max_examples=100)
@given(st.lists(WORDS, min_size=1, max_size=6))
def test_prose_is_never_changed(paragraphs: list[str]) -> None:
    safe = ["文" + "".join(words.split()) for words in paragraphs]
    done = convert("\n\n".join(safe)).value
    text = etree.fromstring(f"<div>{html.fragments([list(done.blocks)])[0]}</div>").itertext()
    assert "".join("".join(map(str, text)).split()) == "".join(safe)

"""What counts as other content, and which ids questions have once they were published."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.body import Body
from booklet.convert import ast, bind, digests, gather
from booklet.convert.held import kept
from booklet.convert.snapshot import snapshot
from booklet.ledger import Lock, State
from booklet.ledger.model import Ledger
from booklet.model import Book, Chapter, Part
from booklet.release.locked import locked
from tests import inside, site

ONE, TWO = "content/posts/one.md", "content/posts/two.md"


FORMULA = """$$
\\text{Attention}(Q,K,V) = \\text{softmax}\\left(\\frac{QK^T}{\\sqrt{d_k}}\\right)V
$$

[^1]: 各分量独立。
"""


def edited(name: str, old: str, new: str) -> Callable[[Path], object]:
    def edit(root: Path) -> None:
        text = (root / name).read_text("utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new), "utf-8")

    return edit


SAME: dict[str, Callable[[Path], object]] = {
    "a file is touched": lambda root: (root / ONE).touch(),
    "a file has another name": lambda root: (
        edited(ONE, "(/posts/two/#", "(/posts/second/#")(root),
        (root / TWO).rename(root / "content/posts/second.md"),
    ),
    "another date": edited(ONE, "lastmod: 2025-03-04", "lastmod: 2026-03-04"),
    "an empty line more": edited(TWO, "\n## 2. 什么", "\n\n\n## 2. 什么"),
    "a picture has another name": lambda root: (
        edited(TWO, "/img/mask.svg", "/img/m.svg")(root),
        (root / "static/img/mask.svg").rename(root / "static/img/m.svg"),
    ),
}
OTHER: dict[str, Callable[[Path], object]] = {
    "a word": edited(ONE, "因为方差", "由于方差"),
    "a formula": edited(ONE, "QK^T", "QK^{T}"),
    "a picture": edited("static/img/mask.svg", "b9301c", "000000"),
    "its description": edited(TWO, "五个词元的掩码", "掩码"),
    "a post's title": edited(TWO, "基础篇（2）", "基础篇（二）"),
    "a link's target": edited(ONE, "#2-什么是归一化", "#1-图在哪里"),
    "an answer": edited(ONE, "  -\n", "  有了。\n"),
}


def book(root: Path, **more: object) -> Book:
    return inside.bound(root, root.parent / "cache", **more).value


@pytest.mark.parametrize("name", [*SAME, *OTHER])
def test_what_counts_as_content(name: str, tmp_path: Path) -> None:
    root = site.make(tmp_path / "site")
    before = book(root).content_hash
    {**SAME, **OTHER}[name](root)
    assert (book(root).content_hash == before) is (name in SAME)


def published(root: Path) -> State:
    return State(Ledger(), locked(Lock(), (snapshot(book(root)),), "1", "2026-01-01", {}))


def test_ids_are_those_of_the_first_release(tmp_path: Path) -> None:
    root = site.make(tmp_path / "site")
    (root / TWO).write_text(site.TWO.replace("图在哪里？", "图在哪里？ {#picture}"), "utf-8")
    first = published(root)
    scale, _, picture, normal = book(root).questions
    (root / ONE).write_text("---\ntitle: 面试题-基础篇（1）\ndate: 2025-01-02\n---\n\n无题。\n", "utf-8")
    asked = "\n## 7. 点积为什么要除以 $\\sqrt{d_k}$？\n\n因为方差[^1]，见[上文](#2-什么是层归一化)。\n\n" + FORMULA
    edited(TWO, "什么是归一化？", "什么是层归一化？ {#norm}")(root)
    edited(TWO, "图在哪里？ {#picture}", "图在哪里？")(root)
    (root / TWO).write_text((root / TWO).read_text("utf-8") + asked, "utf-8")
    now = book(root, state=first)
    found = {question.title.split("？")[0]: question for question in now.questions}
    moved = next(question for title, question in found.items() if title.startswith("点积"))
    assert (moved.id, moved.first_published, moved.number) == (scale.id, "2026-01-01", "7")
    assert found["图在哪里"].id == picture.id == "q-picture", "an id once published outlives its mark"
    assert (found["什么是层归一化"].id, found["什么是层归一化"].first_published) == ("q-norm", "2026-01-01")
    assert normal.id != "q-norm"


def test_a_new_question_never_takes_the_id_of_another(tmp_path: Path) -> None:
    root = site.make(tmp_path / "site")
    edited(TWO, "回到", "层归一化对每个词元的特征求均值与方差，再缩放和平移。回到")(root)
    first = published(root)
    *_, normal = book(root).questions
    edited(TWO, "## 2. 什么是归一化？", "## 2. 层归一化是怎么算的？")(root)
    (root / TWO).write_text((root / TWO).read_text("utf-8") + "\n## 3. 什么是归一化？\n\n是另一回事。\n", "utf-8")
    now = {question.title: question for question in book(root, state=first).questions}
    assert now["层归一化是怎么算的？"].id == normal.id
    assert now["什么是归一化？"].id not in {question.id for question in first.lock.books[0].questions}
    assert now["什么是归一化？"].first_published is None


def test_listings_are_told_line_by_line(tmp_path: Path) -> None:
    root = site.make(tmp_path / "site")
    edited(TWO, "```python", '```python {title="一个函数"}')(root)
    rows = {question.title: question for question in snapshot(book(root)).questions}
    assert rows["图在哪里？"].answer == ("五个词元的掩码", "一个函数", "def f(x):", "    return x != 0  # 比较")


Row = tuple[str, str, str | None]


def chapter(name: str, questions: list[Row]) -> Chapter:
    """A chapter of questions: title, answer, the author's own id."""
    blocks = [
        ast.node(
            "Div",
            ["", ["question", "answered"], [["own", own]] if own else []],
            [
                ast.node("Header", 2, ["", [], []], ast.text(title)),
                ast.div(["answer"], [ast.node("Para", ast.text(text))]),
            ],
        )
        for title, text, own in questions
    ]
    named = gather.identified(blocks)
    headings, body = gather.headings(named, f"{name}.md"), gather.cleaned(named)
    said = gather.answers(headings, body)
    return Chapter(name, name, f"{name}.md", "zh", kept(Body(body)), repr(questions), headings=headings, said=said)


FIRST = "甲是第一个天干，也是盔甲，从前的人穿着它打仗，现在没有人穿。"
SECOND = "乙是第二个天干，也指鱼肠，此外还有许多别的意思，说不完。"
ASKED = st.tuples(
    st.sampled_from(["什么是甲？", "什么是乙？", "甲是什么？", "为什么？"]),
    st.sampled_from(["见上。", FIRST, SECOND]),
    st.sampled_from([None, None, None, "a", "b"]),
)
BOOKS = st.lists(st.lists(ASKED, max_size=4), min_size=1, max_size=3)


def bound(listed: list[list[Row]], lock: Lock) -> Book:
    chapters = [chapter(f"c{n}", questions) for n, questions in enumerate(listed)]
    unique = bind.identified(chapters, lock.book("zh"))
    return Book("书", "book", "zh", "urn:uuid:1", (Part(None, tuple(unique)),))


@given(st.lists(BOOKS, min_size=1, max_size=3))
def test_ids_are_unique_and_the_same_once_they_are_locked(
    states: list[list[list[Row]]],
) -> None:
    """Through any edits: what is released and then read again with its own lock is the same book."""
    lock = Lock()
    for n, state in enumerate(states):
        before = bound(state, lock)
        ids = [question.id for question in before.questions]
        assert len(set(ids)) == len(ids)
        lock = locked(lock, (snapshot(before),), str(n), f"2026-01-0{n + 1}", {})
        assert len({question.id for question in lock.books[0].questions}) == len(lock.books[0].questions)
        after = bound(state, lock)
        assert [question.id for question in after.questions] == ids
        assert digests.content_hash(after) == digests.content_hash(before)

"""Whatever was built before, interrupted or damaged: the next build gives what one from nothing gives."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from booklet import build, editions
from booklet.cache import Cache
from booklet.config import load
from booklet.diagnostics import Noted
from booklet.model import Book
from booklet.options import Silent
from booklet.pdf import compose, lay_out, workers
from booklet.pdf.compose import runs
from booklet.pdf.model import Piece
from tests import inside, site

POST = """---
title: 面试题-篇（{n}）
date: 2025-01-0{n}
tags: [训练, 推理]
author: 甲
---

# 面试题-篇（{n}）

开头的话，见[下一篇](/posts/p{next}/)与[外面](https://example.com/{n})。

## 1. 第{n}问里的 $x_{n}$ 是什么？ {{#own}}

**位置编码**与训练，第 {n} 段。

$$\\sum_{{i=1}}^{n} \\frac{{x_i}}{{\\sqrt{{d_k}}}}\\cdot\\left(\\alpha_i+\\beta_i\\right)$$

## 2. 都有的问题？

**考察点**：[推理](/posts/p1/)。

{{{{< readfile "part.md" >}}}}

![图](/img/mask.svg)
"""
CONFIG = '[book]\ntitle = "面试题"\nslug = "book"\ndescription = "{}"\n'
SVG = site.SVG
TEXTS = (
    "因此",
    "注意力",
    "RoPE 与 **位置编码**",
    "一句很长的话。" * 60,
    "[第三篇](/posts/p3/#own)",
    "$y^2$",
    "\n\n## 3. 新问？\n\n答。",
)
Edit = Callable[[Path], None]


def made(folder: Path) -> Path:
    """A site of three posts."""
    for n in (1, 2, 3):
        write(folder, f"content/posts/p{n}.md", POST.format(n=n, next=n % 3 + 1))
    write(folder, "hugo.toml", site.HUGO)
    write(folder, "booklet.toml", CONFIG.format("书"))
    write(folder, "static/img/mask.svg", SVG)
    write(folder, "assets/part.md", "插入的*文字*。\n")
    return folder


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def appended(n: int, text: str) -> Edit:
    def edit(folder: Path) -> None:
        path = folder / f"content/posts/p{n}.md"
        if path.exists():
            path.write_text(f"{path.read_text('utf-8')}\n\n{text}\n", "utf-8")

    return edit


def replaced(n: int, old: str, new: str) -> Edit:
    def edit(folder: Path) -> None:
        path = folder / f"content/posts/p{n}.md"
        if path.exists():
            path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    return edit


def written(name: str, text: str) -> Edit:
    return lambda folder: write(folder, name, text)


def deleted(name: str) -> Edit:
    return lambda folder: (folder / name).unlink(missing_ok=True)


NUMBER = st.integers(1, 4)
EDITS = st.one_of(
    st.builds(appended, NUMBER, st.sampled_from(TEXTS)),
    st.builds(
        lambda n, pair: replaced(n, *pair),
        NUMBER,
        st.sampled_from(
            [("# 面试题", "\n\n# 面试题"), ("都有的问题", "改了的问题"), ("甲", "乙"), ("训练, ", ""), ("-0", "-1")]
        ),
    ),
    NUMBER.map(lambda n: written(f"content/posts/p{n}.md", POST.format(n=n, next=1))),
    NUMBER.map(lambda n: deleted(f"content/posts/p{max(n, 2)}.md")),
    st.sampled_from([SVG, SVG.replace("#b9301c", "#000000")]).map(lambda text: written("static/img/mask.svg", text)),
    st.just(deleted("static/img/mask.svg")),
    st.sampled_from(["插入的*文字*。\n", "别的\n"]).map(lambda text: written("assets/part.md", text)),
    st.just(deleted("assets/part.md")),
    st.sampled_from(["书", "别的书"]).map(lambda text: written("booklet.toml", CONFIG.format(text))),
    st.sampled_from([site.HUGO, site.HUGO.replace("example", "elsewhere")]).map(
        lambda text: written("hugo.toml", text)
    ),
    st.just(written("shortcodes/readfile.md", "自己的 {{ args[0] }}\n")),
)
DAMAGE = st.integers(0, 1 << 30)


def damaged(cache: Path, seed: int) -> None:
    """A tenth of the files is deleted, cut off or changed."""
    dice = random.Random(seed)
    for path in sorted(path for path in cache.rglob("*") if path.is_file()):
        if dice.random() < 0.1:
            data = path.read_bytes()
            path.unlink()
            if dice.random() < 0.7:
                path.write_bytes(dice.choice([data[:9], data[:-1] + b"?"]))


def told(folder: Path, cache: Cache) -> tuple[object, ...]:
    """All that the book holds, and what was noticed."""
    noted = build.bound(load(folder, {}), inside.options(), cache, Silent())
    return noted.value, [chapter.body.load() for chapter in noted.value.chapters], noted.notes


SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
KEYS: dict[tuple[str, ...], str] = {}
"""What pieces were made from → the digest of what was made, over all examples."""


@settings(max_examples=12, suppress_health_check=SLOW, phases=[Phase.explicit, Phase.generate])
@given(st.lists(EDITS, min_size=1, max_size=4), DAMAGE)
@example([replaced(2, "甲", "乙")], 0)
@example([written("booklet.toml", CONFIG.format("别的书")), replaced(1, "# 面试题", "\n\n# 面试题")], 1)
def test_after_edits_the_book_is_the_one_that_is_read_anew(edits: list[Edit], seed: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, warm = made(Path(name) / "site"), Path(name) / "warm"
        first = told(folder, Cache(warm))[0]
        assert isinstance(first, Book)
        if not KEYS:
            same_inputs_same_pieces(folder, first, Cache(warm))
        for edit in edits:
            edit(folder)
            again = told(folder, Cache(warm))
        damaged(warm, seed)
        cold = Cache(Path(name) / "cold")
        assert told(folder, cold) == again == told(folder, Cache(warm))
        book = again[0]
        assert isinstance(book, Book)
        same_inputs_same_pieces(folder, book, cold)


def same_inputs_same_pieces(folder: Path, book: Book, cache: Cache) -> None:
    project = load(folder, {})
    asked = editions._asked(book, project, "screen", cache)
    for order in compose.orders(book, editions.style(project), asked):
        if order.inputs:
            digest = lay_out.sketch(order.make()).digest
            assert KEYS.setdefault(order.inputs, digest) == digest, order.id


@settings(max_examples=2, suppress_health_check=SLOW, phases=[Phase.generate])
@given(st.lists(EDITS, min_size=1, max_size=3), DAMAGE)
def test_after_edits_the_files_are_those_of_a_first_build(edits: list[Edit], seed: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, warm = made(Path(name) / "site"), Path(name) / "warm"
        outcome(folder, warm)
        for edit in edits:
            edit(folder)
        damaged(warm, seed)
        assert outcome(folder, warm) == outcome(folder, Path(name) / "cold")


def outcome(folder: Path, cache: Path, **more: bool) -> tuple[list[str], tuple[object, ...]]:
    done = inside.built(folder, Cache(cache), **more)
    return [hashlib.sha256(item.data).hexdigest() for item in done.value.artifacts], done.notes


@pytest.mark.parametrize("n", [4, 2], ids=["at the end", "in the middle"])
def test_a_new_post_is_the_only_chapter_that_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, n: int) -> None:
    """Numbers and tabs are slots, which the linker draws; so long lists are set anew only where the post is listed."""
    for name, value in (("WHOLE", 0), ("LEAST", 1), ("ONE_IN", 1)):
        monkeypatch.setattr(runs, name, value)
    posts = {f"content/posts/p{n}.md": POST.format(n=n, next=1) for n in (1, 2, 3, 4)}
    new = posts.pop(f"content/posts/p{n}.md")
    folder = made(tmp_path / "site")
    for name, text in posts.items():
        write(folder, name, text)
    (folder / f"content/posts/p{n}.md").unlink(missing_ok=True)
    done: list[str] = []
    real = workers._set

    def watched(piece: Piece, press: workers.Press, pages: list[int]) -> Noted[bytes]:
        done.append(piece.id)
        return real(piece, press, pages)

    monkeypatch.setattr(workers, "_set", watched)
    inside.built(folder, Cache(tmp_path / "cache"), epub=False)
    assert {Path(name).stem for name in posts} <= set(done)
    done.clear()
    write(folder, f"content/posts/p{n}.md", new)
    edited = outcome(folder, tmp_path / "cache", epub=False)
    listed = {name for name in done if name.startswith(("matter-contents", "matter-questions"))}
    own = {f"matter-contents.p{n}", f"matter-questions.p{n}"}
    last = {"matter-contents.p4", "matter-contents.p3"}  # what stands after the chapters is listed after the last one
    assert f"p{n}" in done
    assert not {"p1", "p3"} & set(done)
    assert own <= listed <= own | last
    assert edited == outcome(folder, tmp_path / "cold", epub=False)


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The digests of the site's files."""
    folder = tmp_path_factory.mktemp("right")
    return outcome(made(folder / "site"), folder / "cache")[0]


def started(folder: Path, cache: Path, output: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "booklet", "build", "--offline", "-q", "-j", "2", "--clock", "2026-11-01"]
    where = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    more = ["--cache", str(cache), "-o", str(output)]
    return subprocess.Popen([*command, *more], cwd=folder, env=where, start_new_session=True)


def files(output: Path) -> list[str]:
    return [hashlib.sha256((output / name).read_bytes()).hexdigest() for name in ("book.pdf", "book.epub")]


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no groups of processes here")
def test_a_build_that_was_killed_leaves_nothing_wrong_behind(tmp_path: Path, right: list[str]) -> None:
    folder, cache = made(tmp_path / "site"), tmp_path / "cache"
    for seconds in (0.7, 1.7):
        running = started(folder, cache, tmp_path / "out")
        try:
            running.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
    assert started(folder, cache, tmp_path / "out").wait() == 0
    assert files(tmp_path / "out") == right


def test_two_builds_at_once_share_a_cache(tmp_path: Path, right: list[str]) -> None:
    folder, cache = made(tmp_path / "site"), tmp_path / "cache"
    running = [started(folder, cache, tmp_path / name) for name in ("one", "two")]
    assert [one.wait() for one in running] == [0, 0]
    assert files(tmp_path / "one") == files(tmp_path / "two") == right

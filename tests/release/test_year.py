"""A year of a tiny site: exactly the releases that should exist, each of them repeatable, with the right notes."""

from __future__ import annotations

import datetime
import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import jsonschema
import pytest

from booklet import build
from booklet.cache import Cache
from booklet.config import load
from booklet.diagnostics import BookletError
from booklet.options import Silent
from booklet.release import States, between, owner
from tests.cli import contract
from tests.release import crash
from tests.release.conftest import WHOLE
from tests.release.tiny import ADDRESS, Site, files, git

LONG = "外推是指在比训练时更长的文本上使用模型，旋转位置编码改变基数就能做到。"
DRAFT = "draft: true\n"
SPECULATION = "小模型先猜几个词元，大模型一次验证，接受的就省了时间，分布不变。"
FEWER = "把权重存成更少的比特。"
EXTRA = '---\ntitle: "面试题-{series}"\ndate: {date}\nweight: {weight}\n{more}---\n\n## 1. {title}\n\n{answer}\n'
Edits = Callable[[Site], object]


@dataclass(frozen=True)
class State:
    """`made`: the label of the release that must come of it; `changes`: (kind, title now, what it was)."""

    day: str
    edit: Edits
    made: str | None = None
    changes: tuple[tuple[str, str, str | None], ...] = ()
    plain: bool = False
    """Without `--if-changed`."""


def post(series: str, title: str, answer: str, weight: int, date: str, more: str = "") -> str:
    return EXTRA.format(series=series, title=title, answer=answer, weight=weight, date=date, more=more)


def cut(site: Site) -> str:
    """Take the question of the places out of the basics."""
    path = site.root / "content/posts/basics.md"
    text = path.read_text("utf-8")
    found = re.search(r"## 2\. .*?(?=## )", text, re.S)
    assert found
    path.write_text(text.replace(found[0], ""), "utf-8")
    return found[0]


def move(site: Site) -> None:
    block = cut(site)
    path = site.root / "content/posts/training.md"
    path.write_text(path.read_text("utf-8") + "\n" + block.replace("## 2.", "## 3."), "utf-8")


REMOVED = "## 2. 权重衰减和正则化是一回事吗？\n\n在 SGD 里是，在 Adam 里不是，所以才有把两者分开的 AdamW。\n"
YEAR = (
    State("2026-01-05", lambda s: None, "2026.01"),
    State("2026-01-06", lambda s: (s.root / "content/posts/basics.md").touch()),
    State(
        "2026-01-20",
        lambda s: s.edit("basics", ("## 3. 什么", f"## 4. 什么是外推？\n\n{LONG}\n\n## 3. 什么")),
        "2026.01.1",
        (("added", "什么是外推？", None),),
    ),
    State(
        "2026-02-02",
        lambda s: s.edit("basics", ("softmax 会饱和", "softmax 会进入饱和区")),
        "2026.02",
        (("revised", "注意力为什么要除以根号 d？", None),),
    ),
    State("2026-02-03", lambda s: s.write("README.md", "not in the book\n")),
    State(
        "2026-03-01",
        lambda s: s.edit("basics", ("注意力为什么要除以根号 d？", "缩放因子从何而来？")),
        "2026.03",
        (("retitled", "缩放因子从何而来？", "注意力为什么要除以根号 d？"),),
    ),
    State(
        "2026-03-15",
        lambda s: s.edit("basics", ("## 4. 什么是外推", "## 5. 什么是外推")),
        "2026.03.1",
        (("renumbered", "什么是外推？", "4"),),
    ),
    State("2026-04-01", move, "2026.04", (("moved", "位置编码有什么用？", "面试题-基础"),)),
    State("2026-04-09", lambda s: s.edit("basics", ("date: 2025-01-02", "date: 2025-01-02\nlastmod: 2026-04-09"))),
    State(
        "2026-05-01",
        lambda s: s.edit("training", (REMOVED, "")),
        "2026.05",
        (("removed", "权重衰减和正则化是一回事吗？", None),),
    ),
    State(
        "2026-05-02",
        lambda s: s.write("content/posts/a.md", post("推理", "什么是投机解码？", SPECULATION, 30, "2026-05-02", DRAFT)),
    ),
    State(
        "2026-06-01",
        lambda s: s.edit("a", ("draft: true", "draft: false")),
        "2026.06",
        (("added", "什么是投机解码？", None), ("added", "面试题-推理", None)),
    ),
    State(
        "2026-06-30",
        lambda s: s.write("content/posts/b.md", post("部署", "什么是量化？", FEWER, 40, "2026-08-01")),
    ),
    State(
        "2026-07-15",
        lambda s: s.edit("booklet.toml", ("[epub]", '[epub]\nfonts = "subset"')),
        "2026.06-r2",
        plain=True,
    ),
    State(
        "2026-08-02",
        lambda s: None,
        "2026.08",
        (("added", "什么是量化？", None), ("added", "面试题-部署", None)),
    ),
    State(
        "2026-08-20",
        lambda s: s.edit("training", ("到回不来的地方去。", f"到回不来的地方去。\n\n![损失]({ADDRESS})")),
        "2026.08.1",
        (("revised", "学习率为什么要预热？", None),),
    ),
    State(
        "2026-09-01",
        lambda s: s.edit("b", ("更少的比特", "更少的比特，算得也更快")),
        "2026.09",
        (("revised", "什么是量化？", None),),
    ),
    State(
        "2026-09-15",
        lambda s: s.write("content/posts/b.md", (s.root / "content/posts/b.md").read_text("utf-8") + "\n" + REMOVED),
        "2026.09.1",
        (("added", "权重衰减和正则化是一回事吗？", None),),
    ),
    State("2026-10-01", lambda s: (s.root / "content/posts/b.md").rename(s.root / "content/posts/c.md")),
    State(
        "2026-10-10",
        lambda s: s.edit("c", ("什么是量化？", "什么是量化？ {#quantisation}")),
        "2026.10",
        (("revised", "小题集", None),),
    ),
    State(
        "2026-11-01",
        lambda s: s.edit(
            "c", ("什么是量化？ {#quantisation}", "模型怎样变小？ {#quantisation}"), ("算得也更快", "算得更快也更省")
        ),
        "2026.11",
        (("revised", "模型怎样变小？", None), ("retitled", "模型怎样变小？", "什么是量化？")),
    ),
    State(
        "2026-11-20",
        lambda s: s.edit("basics", ("先读题，再看答案。", "先读题，讲一遍，再看答案。")),
        "2026.11.1",
        (("revised", "面试题-基础", None),),
    ),
    State(
        "2026-12-01", lambda s: s.edit("a", ("weight: 30", "weight: 15")), "2026.12", (("moved", "面试题-推理", None),)
    ),
    State(
        "2026-12-31",
        lambda s: s.edit("booklet.toml", ("小题集", "小题大集")),
        "2026.12.1",
        (("retitled", "小题大集", "小题集"),),
    ),
)


def test_a_year(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    network: dict[str, bytes] = request.getfixturevalue("network" if WHOLE else "light")
    site, chance = Site.new(tmp_path, pdf=WHOLE), random.Random(2026)
    expected: list[str] = []
    for state in YEAR:
        state.edit(site)
        site.commit(state.day)
        kept = {label: folder_bytes(site.folder(label)) for label in expected}
        made = play(site, state, chance, monkeypatch)
        if state.made:
            expected.append(state.made)
            site.commit(f"release {state.made}")
            git("tag", state.made, cwd=site.root)
        assert (made, site.published()) == (state.made, sorted(expected)), state.day
        assert {label: folder_bytes(site.folder(label)) for label in kept} == kept, "what is published never changes"
        told(site, state)
        if state.day == "2026-08-20":
            network.clear()
    assert [release.label for release in site.state.ledger.releases] == expected
    for label in expected:
        assert_repeatable(site, label, tmp_path / "clones" / label)
    ids_stayed(site)
    differences_are_told_again(site)


def play(site: Site, state: State, chance: random.Random, monkeypatch: pytest.MonkeyPatch) -> str | None:
    """A day's runs: one that is cut off, one beside another, the one that counts, and some more. What was released."""
    before = len(site.state.ledger.releases)
    wish = {} if state.plain else {"if_changed": True}
    if chance.random() < 0.6:
        with crash.after(chance.randrange(1, 40), monkeypatch), pytest.raises(crash.Killed):
            site.release(state.day, **wish)
            raise crash.Killed
    if chance.random() < 0.4:
        with owner.held(site.folder(""), "now"), pytest.raises(BookletError, match="another release is running"):
            site.release(state.day, **wish)
    for _ in range(chance.randrange(1, 4)):
        site.release(state.day, **wish)
    if chance.random() < 0.5:
        tomorrow = datetime.date.fromisoformat(state.day) + datetime.timedelta(days=1)
        if tomorrow.isoformat() != "2026-08-01":
            assert site.release(tomorrow.isoformat(), if_changed=True).value.release is None
    new = [release.label for release in site.state.ledger.releases[before:]]
    assert len(new) < 2
    return new[0] if new else None


def told(site: Site, state: State) -> None:
    """The ledger and the notes say what changed, and nothing else."""
    if not state.made:
        return
    last = site.state.ledger.last
    assert last is not None and last.label == state.made
    found = {(change.kind, change.title, change.old) for change in last.changes}
    assert found == set(state.changes), state.day
    jsonschema.validate(json.loads((site.folder(state.made) / "notes.json").read_bytes()), contract.NOTES)
    notes = (site.folder(state.made) / "notes.md").read_text("utf-8")
    assert all(title in notes for _, title, _ in state.changes)
    assert all(f"`{change.id}`" in notes for change in last.changes if change.subject == "question")


def ids_stayed(site: Site) -> None:
    """Every question has the id, and the day, of its first release."""
    (book,) = site.state.lock.books
    rows = {question.title: question for question in book.live}
    assert rows["缩放因子从何而来？"].first_published == "2026-01-05"
    assert rows["缩放因子从何而来？"].last_revised == "2026-03-01"
    assert rows["位置编码有什么用？"].last_revised is None, "to be moved is not to be revised"
    assert rows["权重衰减和正则化是一回事吗？"].first_published == "2026-01-05"
    assert rows["模型怎样变小？"].id == "q-quantisation"
    assert rows["模型怎样变小？"].first_published == "2026-08-02"
    first = [change for release in site.state.ledger.releases for change in release.changes]
    retitled = next(change for change in first if change.kind == "retitled")
    assert retitled.id == rows["缩放因子从何而来？"].id
    assert not any(question.title == "什么是量化？" for question in book.questions)


def differences_are_told_again(site: Site) -> None:
    """`booklet diff` of two versions says what the notes said, from git alone; of two commits, what notes would."""
    states = States(
        site.load(), lambda root, language: load(root, {}, None, language), site.options, site.cache, Silent()
    )
    releases = [release for release in site.state.ledger.releases if release.revision == 1]
    for before, after in pairwise(releases):
        found = between(states.named(before.label), states.named(after.label))
        assert [change.id for change in found] == [change.id for change in after.changes], after.label
    by_commit = between(states.named("2026.02~2"), states.named("2026.03^{commit}"))
    assert {change.kind for change in by_commit} == {"revised", "retitled"}
    assert between(states.named("2026.12.1"), states.named(None)) == ()
    with pytest.raises(BookletError, match=r"there is no version or revision .2025\.12"):
        states.named("2025.12")


def assert_repeatable(site: Site, label: str, clone: Path) -> None:
    """A fresh clone at the tag gives the published files, without network, from a cache that only clones have."""
    git("clone", "-q", "--branch", label, str(site.root), str(clone), cwd=site.root)
    project = load(clone, {})
    release = Site(clone, site.cache).state.ledger.last
    assert release is not None and release.label == label
    options = replace(site.options, clock=datetime.date.fromisoformat(release.date), offline=True)
    built = build.build(project, options, Cache(clone.parent / "cache"), Silent())
    for name, data in files(built.value.artifacts).items():
        assert data == (site.folder(label) / name).read_bytes(), f"{label}: {name}"
    assert {file.name for file in release.files} == set(files(built.value.artifacts))


def folder_bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}

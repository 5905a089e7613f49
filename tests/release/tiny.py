"""A site so small that a year of releases fits into a test, and the hands that edit it."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from booklet import outside
from booklet.cache import Cache
from booklet.config import Project, load
from booklet.diagnostics import Noted
from booklet.ledger import State, read
from booklet.model import Artifact
from booklet.options import Options, Silent
from booklet.release import Asked, Outcome, release

CONFIG = """[book]
title = "小题集"
language = "zh-Hans"
slug = "tiny"

[epub]
page_list = "none"

[release]
timezone = "Asia/Shanghai"
"""
BASICS = """---
title: "面试题-基础"
date: 2025-01-02
weight: 10
---

先读题，再看答案。

## 1. 注意力为什么要除以根号 d？

点积的方差随维度增长，不缩放的话 softmax 会饱和，梯度随之消失。

## 2. 位置编码有什么用？

自注意力不知道次序，位置编码把次序告诉它，正弦的、可学的、旋转的都行。

## 3. 什么是困惑度？

困惑度是平均负对数似然的指数，越低越好，不同词表之间不能比较。
"""
TRAINING = """---
title: "面试题-训练"
date: 2025-02-03
weight: 20
---

## 1. 学习率为什么要预热？

训练之初梯度的统计量还不可靠，步子太大会把参数推到回不来的地方去。

## 2. 权重衰减和正则化是一回事吗？

在 SGD 里是，在 Adam 里不是，所以才有把两者分开的 AdamW。
"""
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><rect width="4" height="2"/></svg>'
ADDRESS = "https://pictures.example/loss.svg"


def git(*arguments: str, cwd: Path) -> str:
    """Git with an author of its own and nobody's settings. A test that needs it is skipped where it is not."""
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    who = {f"GIT_{role}_{what}": value for role in ("AUTHOR", "COMMITTER") for what, value in WHO.items()}
    command = ["git", "-c", "init.defaultBranch=main", *arguments]
    done = subprocess.run(command, cwd=cwd, env={**ENVIRONMENT, **who}, capture_output=True, text=True, check=True)
    return done.stdout.strip()


WHO = {"NAME": "booklet", "EMAIL": "booklet@example.org"}
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1"}


@dataclass
class Site:
    """A site on disk. `options`: of all its builds."""

    root: Path
    cache: Cache
    options: Options = field(default_factory=lambda: Options(outside.today(), pdf=False))

    @classmethod
    def new(cls, folder: Path, **more: object) -> Site:
        site = cls(folder / "site", Cache(folder / "cache"))
        if more:
            site.options = Options(outside.today(), **more)  # type: ignore[arg-type]
        for name, text in {"booklet.toml": CONFIG, "hugo.toml": "title = '站'\n"}.items():
            site.write(name, text)
        site.write("content/posts/basics.md", BASICS)
        site.write("content/posts/training.md", TRAINING)
        site.write(".gitignore", "dist/\n")
        return site

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def edit(self, name: str, *changes: tuple[str, str]) -> None:
        """Replace words that are there once."""
        path = self.root / (name if "." in name else f"content/posts/{name}.md")
        text = path.read_text("utf-8")
        for old, new in changes:
            assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {name}"
            text = text.replace(old, new)
        path.write_text(text, "utf-8")

    def commit(self, words: str) -> None:
        if not (self.root / ".git").exists():
            git("init", "-q", cwd=self.root)
        git("add", "-A", cwd=self.root)
        git("commit", "-q", "--allow-empty", "-m", words, cwd=self.root)

    def load(self, language: str | None = None) -> Project:
        return load(self.root, {}, None, language)

    def release(self, day: str, **wishes: bool) -> Noted[Outcome]:
        """`booklet release` at six in the morning, Shanghai's time."""
        now = datetime.datetime.fromisoformat(f"{day}T06:00:00+08:00")
        return release(self.load, Asked(now, self.options, **wishes), self.cache, Silent())

    @property
    def state(self) -> State:
        return read(self.root)

    def folder(self, label: str) -> Path:
        return self.root / "dist/releases" / label

    def published(self) -> list[str]:
        """The labels on disk."""
        return sorted(
            path.parent.name for path in self.folder("").glob("*/manifest.json") if path.parent.name != "latest"
        )

    def id_of(self, title: str) -> str:
        """By the question's title, or that of a chapter."""
        (book,) = self.state.lock.books
        found = [*book.questions, *book.chapters]
        return next((item.id for item in found if item.title == title), "")


def files(artifacts: tuple[Artifact, ...]) -> dict[str, bytes]:
    return {item.file: item.data for item in artifacts}


def stub(folder: Path, name: str, script: str) -> str:
    """A program in a folder, for the PATH."""
    path = folder / name
    folder.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)
    return str(folder)


REPORT = """cat > "$4" <<'END'\n{"messages": [%s]}\nEND\nexit 1"""
"""What stands in for EPUBCheck: its report, with these messages."""

"""A project's fingerprint: every change of a name or a content changes it, nothing else does."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from booklet.fingerprint import fingerprint

FILES = {"content/a.md": "甲", "static/x.png": "x", "static/public/y.png": "y", "dist/a.pdf": "old"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(text, "utf-8")
    return tmp_path / "site"


def of(root: Path) -> str:
    return fingerprint(root, (root / "out",), root.parent / "record")


def rewrite(root: Path) -> None:
    """The same size, and the time that the file had before: what a careless index would miss."""
    path = root / "content/a.md"
    before = path.stat()
    path.write_text("乙", "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "another text": lambda root: (root / "content/a.md").write_text("甲乙", "utf-8"),
    "a text as long, at the same time": rewrite,
    "a new file": lambda root: (root / "content/b.md").write_text("", "utf-8"),
    "a file less": lambda root: (root / "static/x.png").unlink(),
    "another name": lambda root: (root / "static/x.png").rename(root / "static/z.png"),
    "a file in a folder that only the root would skip": lambda root: (root / "static/public/y.png").write_text("z"),
    "a link": lambda root: (root / "content/l.md").symlink_to(root / "content/a.md"),
    "a folder behind a link": lambda root: (root / "content/posts").symlink_to(root.parent),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_shows(root: Path, name: str) -> None:
    before = of(root)
    CHANGES[name](root)
    assert of(root) != before


def test_the_same_files_have_the_same_fingerprint_wherever_they_are(root: Path, tmp_path: Path) -> None:
    before = of(root)
    (root / "content/a.md").touch()
    (root / "dist/a.pdf").write_text("new")
    (root / "out").mkdir()
    (root / "out/a.pdf").write_text("new")
    assert of(root) == before
    (tmp_path / "record").unlink()
    assert of(root) == before
    root.rename(tmp_path / "elsewhere")
    assert of(tmp_path / "elsewhere") == before


def test_old_files_are_not_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = of(root)
    later = (root / "content/a.md").stat().st_ctime + 60
    os.utime(root.parent / "record", (later, later))
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail(f"{self} is read"))
    assert of(root) == before

"""Folders and posts that may not be read. Root may read everything, so the refusal is played."""

from __future__ import annotations

from pathlib import Path

import pytest

from booklet.collect import files
from booklet.diagnostics import BookletError


def refusing(monkeypatch: pytest.MonkeyPatch, method: str, name: str) -> None:
    real = getattr(Path, method)

    def refuse(self: Path):  # type: ignore[no-untyped-def]
        if self.name == name:
            raise PermissionError(13, "Permission denied")
        return real(self)

    monkeypatch.setattr(Path, method, refuse)


def test_a_folder_that_may_not_be_read_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("open/a.md", "shut/b.md"):
        (tmp_path / "content" / name).parent.mkdir(parents=True)
        (tmp_path / "content" / name).write_text("文", "utf-8")
    refusing(monkeypatch, "iterdir", "shut")
    found = files.markdown(tmp_path, "content")
    assert [item.path for item in found.value] == ["content/open/a.md"]
    assert [(note.code, str(note.location)) for note in found.notes] == [("source/unreadable", "content/shut")]


def test_a_post_that_may_not_be_read_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(monkeypatch, "read_bytes", "a.md")
    with pytest.raises(BookletError) as raised:
        files.content(tmp_path, "a.md")
    assert (raised.value.exit, raised.value.diagnostic.message) == (6, "the post cannot be read: Permission denied")

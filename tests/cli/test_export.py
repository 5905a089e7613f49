"""`booklet export`: its files, its answer, its exit codes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests import site
from tests.cli.run import booklet


@pytest.mark.parametrize(("kind", "name"), [("anki", "mian-shi-ti.apkg"), ("csv", "mian-shi-ti.csv")])
def test_it_writes_one_file_and_says_so(tmp_path: Path, kind: str, name: str) -> None:
    here = site.make(tmp_path / "site")
    answer = booklet("export", kind, "--json", "--offline", "--cache", tmp_path / "cache", "-o", "out", cwd=here)
    assert answer.code == 0, answer.err
    assert answer.json["schema"] == "booklet/export/1"
    [item] = answer.json["artifacts"]
    data = (here / "out" / name).read_bytes()
    assert (item["kind"], item["file"], item["sha256"]) == (kind, name, hashlib.sha256(data).hexdigest())
    assert answer.json["counts"]["questions"] == 3
    assert answer.json["counts"]["left_out"] == 1
    assert {path.name for path in (here / "out").iterdir()} == {name}


def test_another_format_is_a_mistake_of_usage(tmp_path: Path) -> None:
    answer = booklet("export", "xlsx", cwd=site.make(tmp_path))
    assert answer.code == 2
    assert "anki" in answer.err

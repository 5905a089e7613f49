"""All or nothing, one at a time, whatever happens."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from booklet.diagnostics import BookletError
from booklet.ledger import Ledger, Lock, Picture, Release, Snapshot, State, read
from booklet.release import owner, publish
from tests.release import crash

ONE = Release("1.0.0", 1, "2026-11-01", "2026-11-01T00:00:00Z", "h", "booklet", ())
TWO = replace(ONE, version="1.1.0", date="2026-12-01")


def staged(*releases: Release, picture: bytes = b"picture") -> publish.Staged:
    last = releases[-1]
    lock = Lock(last.label, (Snapshot("zh", last.label, "", ""),), (Picture("https://e.org/x", picture.hex()),))
    folder = {"book.epub": last.label.encode(), "notes.md": b"notes"}
    above = {"index.html": last.label.encode(), "latest/book.epub": last.label.encode()}
    return publish.Staged(last.label, folder, above, State(Ledger(releases), lock), {picture.hex(): picture})


def run(root: Path, release: publish.Staged) -> None:
    """What `booklet release` does with a release that is made."""
    folder = root / "dist"
    with owner.held(folder, "now") as killed:
        publish.recover(folder, root, killed)
        if read(root).ledger != release.state.ledger:
            publish.refuse(folder, release.label)
            publish.publish(release, folder, root)


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def effects(root: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many effects on the disk a second release has."""
    run(root, staged(ONE))
    with crash.after(1000, monkeypatch) as left:
        run(root, staged(ONE, TWO, picture=b"other"))
    return 1000 - left[0]


@pytest.fixture
def whole(tmp_path: Path) -> dict[str, bytes]:
    """The disk after two releases that nobody disturbed."""
    run(tmp_path / "whole", staged(ONE))
    run(tmp_path / "whole", staged(ONE, TWO, picture=b"other"))
    return tree(tmp_path / "whole")


def test_two_releases_on_disk(whole: dict[str, bytes]) -> None:
    assert sorted(whole) == [
        "dist/.lock",
        "dist/1.0.0/book.epub",
        "dist/1.0.0/notes.md",
        "dist/1.1.0/book.epub",
        "dist/1.1.0/notes.md",
        "dist/index.html",
        "dist/latest/book.epub",
        "questions.lock",
        "releases.toml",
        f"releases/pictures/{b'other'.hex()}",
    ]
    assert whole["dist/.lock"] == b""
    assert whole["dist/index.html"] == whole["dist/latest/book.epub"] == b"1.1.0"


def test_cut_off_anywhere_the_next_run_makes_it_whole(
    tmp_path: Path, whole: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At each effect on the disk in turn; then the next run is cut off too, and the one after it is not."""
    total = effects(tmp_path / "count", monkeypatch)
    assert total > 15
    for count in range(total):
        root = tmp_path / str(count)
        run(root, staged(ONE))
        for cut in (count, count // 2):
            with crash.after(cut, monkeypatch), contextlib.suppress(crash.Killed):
                run(root, staged(ONE, TWO, picture=b"other"))
            assert (root / "dist/1.0.0/book.epub").read_bytes() == b"1.0.0"
            published = root / "dist/1.1.0"
            assert not published.exists() or len(list(published.iterdir())) == 2, "half a release"
        run(root, staged(ONE, TWO, picture=b"other"))
        assert tree(root) == whole, count


def test_what_is_published_is_never_written_over(tmp_path: Path) -> None:
    run(tmp_path, staged(ONE))
    (tmp_path / "releases.toml").unlink()
    before = tree(tmp_path)
    with pytest.raises(BookletError, match="is there already"):
        run(tmp_path, replace(staged(ONE), folder={"book.epub": b"other"}))
    assert tree(tmp_path) == before


def test_a_cut_off_release_of_another_history_is_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody went back in git after the crash: the release that was on its way does not come back."""
    total = effects(tmp_path / "count", monkeypatch)
    root = tmp_path / "site"
    run(root, staged(ONE))
    with crash.after(total - 4, monkeypatch), pytest.raises(crash.Killed):
        run(root, staged(ONE, TWO, picture=b"other"))
    (root / "releases.toml").unlink()
    with owner.held(root / "dist", "now") as killed:
        (note,) = publish.recover(root / "dist", root, killed)
    assert "nothing of it was published" in note.message
    assert not (root / "releases.toml").exists() and not (root / "dist/.new").exists()


def test_one_at_a_time_and_the_lock_names_its_owner(tmp_path: Path) -> None:
    said = rf"process {os.getpid()} on .*, since 2026-11-01T00:00:00Z"
    with (
        owner.held(tmp_path, "2026-11-01T00:00:00Z"),
        pytest.raises(BookletError, match=said),
        owner.held(tmp_path, "later"),
    ):
        pytest.fail("two at once")
    with owner.held(tmp_path, "then") as left:
        assert left is None, "nobody was killed"


def test_who_is_killed_holds_nothing_up(tmp_path: Path) -> None:
    """A process that dies with the lock, by a signal that it cannot catch."""
    program = (
        "import os, pathlib, signal, sys\n"
        "from booklet.release import owner\n"
        "with owner.held(pathlib.Path(sys.argv[1]), 'long ago'):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == -9
    assert json.loads((tmp_path / ".lock").read_text())["since"] == "long ago"
    with owner.held(tmp_path, "now") as left:
        assert left is not None and left.since == "long ago"


def test_a_disk_that_cannot_be_written_is_a_message(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BookletError) as caught, owner.held(tmp_path / "file" / "dist", "now"):
        pytest.fail("no lock can be there")
    assert caught.value.diagnostic.code == "build/output"

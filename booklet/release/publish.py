"""A release on its way to the disk: staged beside the others, then there by one rename; and what a crash leaves.

.new/folder/    becomes <label>/: from this rename on the release exists
.new/above/     replaces what stands beside the folders of releases
.new/root/      ledger, lock and pictures, for the project's root
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from booklet.cache import write
from booklet.diagnostics import BookletError, Diagnostic, failure, finding
from booklet.ledger import PICTURES, State, dump, load, lock, read
from booklet.ledger import ledger as ledger_file
from booklet.release.owner import Owner

NEW, LABEL = ".new", "label"
Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Staged:
    """Everything that a release writes: path → bytes."""

    label: str
    folder: Files = field(repr=False)
    above: Files = field(repr=False)
    state: State = field(repr=False)
    pictures: Files = field(repr=False)
    """SHA-256 → the bytes that came from the network."""


def refuse(folder: Path, label: str) -> None:
    """BookletError where there is something by the name of a release that is about to be made."""
    if (folder / label).exists():
        hint = f"the ledger does not know it: move it away, or take {ledger_file.NAME} of the commit that made it"
        raise failure("release/exists", f"{folder / label} is there already", hint=hint)


def publish(staged: Staged, folder: Path, root: Path) -> None:
    """All of it or nothing. BookletError where the disk does not want to; nothing is published then."""
    new = folder / NEW
    try:
        _write(staged.folder, new / "folder")
        _write(staged.above, new / "above")
        _write(_root(staged), new / "root")
        _write({LABEL: staged.label.encode()}, new)
        (new / "folder").rename(folder / staged.label)
    except OSError as problem:
        shutil.rmtree(new, ignore_errors=True)
        raise failure("build/output", f"cannot write to {folder}: {problem.strerror}") from None
    _settle(folder, root)


def _root(staged: Staged) -> Files:
    pictures = {f"{PICTURES}/{digest}": data for digest, data in staged.pictures.items()}
    texts = {lock.NAME: lock.dump(staged.state.lock), ledger_file.NAME: dump(staged.state.ledger)}
    return {**pictures, **{name: text.encode() for name, text in texts.items()}}


def _write(files: Files, folder: Path) -> None:
    """Files that are on the disk, not only on their way there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())


def _settle(folder: Path, root: Path) -> None:
    """What follows the rename. It may be done again after a crash, as often as need be; the ledger comes last."""
    new = folder / NEW
    _copy(new / "above", folder)
    for stays in (path for path in (new / "above").iterdir() if path.is_dir()):
        _clear(folder / stays.name, {path.name for path in stays.iterdir()})
    _copy(new / "root", root)
    _clear(root / PICTURES, {item.sha256 for item in read(root).lock.pictures})
    shutil.rmtree(new, ignore_errors=True)


def _clear(folder: Path, names: Collection[str]) -> None:
    """Only these files stay."""
    for path in folder.glob("*"):
        if path.name not in names:
            path.unlink()


def _copy(source: Path, target: Path) -> None:
    paths = [path for path in sorted(source.rglob("*")) if path.is_file()]
    for path in sorted(paths, key=lambda path: path.name == ledger_file.NAME):
        copy = target / path.relative_to(source)
        write(copy, path.read_bytes())
        copy.chmod(0o644)


def recover(folder: Path, root: Path, left: Owner | None) -> tuple[Diagnostic, ...]:
    """Finish what was cut off after its rename; drop what was cut off before it."""
    new = folder / NEW
    if not new.exists():
        return ()
    done = (new / LABEL).is_file() and not (new / "folder").exists() and _follows(new / "root", root)
    what = f"{(new / LABEL).read_text('utf-8')} is published" if done else "nothing of it was published"
    if done:
        _settle(folder, root)
    shutil.rmtree(new, ignore_errors=True)
    return (finding("release/interrupted", f"a release was cut off ({left or 'nobody knows whose'}): {what}"),)


def _follows(staged: Path, root: Path) -> bool:
    """Is the staged ledger the present one and a release more (or the present one, where only the end was missing)?"""
    try:
        releases = load((staged / ledger_file.NAME).read_text("utf-8")).releases
        return read(root).ledger.releases in (releases, releases[:-1])
    except (OSError, BookletError):
        return False

"""Everything that a project's folder holds, as one digest: has anything changed since the last run?

Files are hashed once; afterwards a file is taken for unchanged while its size, times and inode are, unless it is as
young as the record itself (Git's index works the same way, and calls the exception racy).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from booklet.cache import keep

SKIPPED = frozenset((".git", ".hg", ".svn", "node_modules", "__pycache__"))
"""Folders that no book reads, wherever they are."""
BUILT = frozenset((".venv", "public", "dist"))
"""Likewise, at the root."""
Record = dict[str, list[Any]]
"""Path → size in bytes, times of content and inode in ns, inode, SHA-256; or what else it is."""


def fingerprint(root: Path, without: Collection[Path], record: Path) -> str:
    """SHA-256 over the names and contents of all files below `root`, but for those below the folders `without`.

    `record` is a file that remembers the digests; it may be deleted at any time.
    """
    known, age = _read(record)
    now = {name: _entry(path, known.get(name), age) for name, path in sorted(_files(root, without))}
    if now != known:
        _write(record, now)
    whole = hashlib.sha256()
    for name, entry in now.items():
        whole.update(f"{name}\0{entry[-1]}\n".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()


def _files(root: Path, without: Collection[Path]) -> Iterator[tuple[str, Path]]:
    for folder, names, files in os.walk(root):
        here = Path(folder)
        skipped = SKIPPED | BUILT if here == root else SKIPPED
        names[:] = [name for name in names if name not in skipped and here / name not in without]
        for name in (*files, *(name for name in names if (here / name).is_symlink())):
            path = here / name
            yield path.relative_to(root).as_posix(), path


def _entry(path: Path, known: list[Any] | None, age: int) -> list[Any]:
    try:
        if path.is_symlink():
            return [f"link {path.readlink()} {_linked(path)}"]
        stat = path.stat()
        found = [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino]
        if known and known[:-1] == found and max(stat.st_mtime_ns, stat.st_ctime_ns) < age:
            return known
        return [*found, hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "special"]
    except OSError as problem:
        return [f"unreadable {problem.errno}"]


def _linked(path: Path) -> str:
    """What a link leads to: a file's content; a folder's newest times, for a walk does not go into it."""
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    times = [entry.stat().st_mtime_ns for entry in path.rglob("*") if entry.is_file()] if path.is_dir() else []
    return f"{len(times)} {max(times, default=0)}"


def _read(record: Path) -> tuple[Record, int]:
    """What is remembered, and when it was written (ns)."""
    try:
        known: Record = json.loads(record.read_text("utf-8"))
        return known, record.stat().st_mtime_ns
    except (OSError, ValueError):
        return {}, 0


def _write(record: Path, now: Record) -> None:
    keep(record, json.dumps(now, ensure_ascii=True).encode())

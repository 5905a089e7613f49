"""Who is releasing: one process at a time, and what the one before left undone.

The kernel holds the lock and lets go of it when its process ends, however that happens; the file's text says who holds
it, and stays where a process was killed.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from booklet.diagnostics import BookletError, failure

NAME = ".lock"


@dataclass(frozen=True, slots=True)
class Owner:
    """`since`: ISO date and time in UTC."""

    host: str
    pid: int
    since: str

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}, since {self.since}"


@contextmanager
def held(folder: Path, since: str) -> Iterator[Owner | None]:
    """The lock of a folder of releases; yields who was killed with it before, if anybody.

    BookletError where another process has it; it says which.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as problem:
        raise failure("build/output", f"cannot write to {folder}: {problem.strerror}") from None
    try:
        left = _read(file)
        if not _locked(file):
            raise _running(left)
        _write(file, Owner(platform.node(), os.getpid(), since))
        try:
            yield left
        except BookletError:
            os.ftruncate(file, 0)  # it failed in good order
            raise
        os.ftruncate(file, 0)
    finally:
        os.close(file)


def _running(owner: Owner | None) -> BookletError:
    hint = "wait for it; nothing is lost, for it releases what there is"
    return failure("release/running", f"another release is running: {owner or 'it has just begun'}", hint=hint)


def _locked(file: int) -> bool:
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read(file: int) -> Owner | None:
    try:
        return Owner(**json.loads(os.pread(file, 1 << 16, 0)))
    except (ValueError, TypeError):
        return None


def _write(file: int, owner: Owner) -> None:
    text = json.dumps({name: getattr(owner, name) for name in ("host", "pid", "since")})
    os.ftruncate(file, 0)
    os.pwrite(file, text.encode(), 0)

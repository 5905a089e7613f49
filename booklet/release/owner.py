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
    """`publishing`: the label of the release whose folder is being renamed; empty before that."""

    host: str
    pid: int
    since: str
    """ISO date and time in UTC."""
    publishing: str = ""

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}, since {self.since}"


class Held:
    """The lock while it is held. `left`: who was killed with it, if anybody."""

    def __init__(self, file: int, owner: Owner, left: Owner | None) -> None:
        self._file, self.owner, self.left = file, owner, left

    def publishing(self, label: str) -> None:
        """From now on a run that is killed will be finished by the next one."""
        _write(self._file, Owner(self.owner.host, self.owner.pid, self.owner.since, label))


@contextmanager
def held(folder: Path, since: str) -> Iterator[Held]:
    """The lock of a folder of releases. BookletError where another process has it; it says which."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as problem:
        raise failure("build/output", f"cannot write to {folder}: {problem.strerror}") from None
    if not _locked(file):
        other = _read(file)
        os.close(file)
        raise _running(other)
    try:
        owner = Owner(platform.node(), os.getpid(), since)
        left = _read(file)
        _write(file, owner)
        try:
            yield Held(file, owner, left)
        except BookletError:  # nothing is left undone
            os.ftruncate(file, 0)
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
    names = ("host", "pid", "since", "publishing")
    text = json.dumps({name: getattr(owner, name) for name in names}).encode()
    os.ftruncate(file, 0)
    os.pwrite(file, text, 0)
    os.fsync(file)

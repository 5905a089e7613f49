"""A state of the book by its name: a released version, a revision of git, or the files as they are."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from booklet import build, ledger, outside
from booklet.cache import Cache
from booklet.config import Project
from booklet.convert.snapshot import snapshot
from booklet.diagnostics import BookletError, failure
from booklet.ledger import Lock, Snapshot
from booklet.ledger import lock as lock_file
from booklet.options import Options, Progress
from booklet.release.volumes import volumes

Load = Callable[[Path, str | None], Project]
"""The project in a folder, with the keys of a language."""


@dataclass(frozen=True, slots=True)
class States:
    """Where states come from. `options`: those of the reading; `project`: as it is."""

    project: Project
    load: Load
    options: Options
    cache: Cache = field(repr=False)
    progress: Progress = field(repr=False)

    def named(self, name: str | None) -> tuple[Snapshot, ...]:
        """The books of a state, one for each language. BookletError for a name that nothing has."""
        if name is None:
            return self._read(self.project.root)
        lock = self._released(name)
        if lock is not None:
            return tuple(replace(book, questions=book.live) for book in lock.books)
        commit = self._commit(name)
        if commit is None:
            raise _unknown(name, ledger.read(self.project.root).ledger.labels)
        with self._checked_out(commit) as folder:
            return self._read(folder)

    def _read(self, root: Path) -> tuple[Snapshot, ...]:
        listed = volumes(lambda language: self.load(root, language), self.options)
        return tuple(snapshot(build.bound(one.project, one.options, self.cache, self.progress).value) for one in listed)

    def _released(self, label: str) -> Lock | None:
        """The lock that a release left: the present one, else of the commit that has it."""
        state = ledger.read(self.project.root)
        if state.lock.release == label:
            return state.lock
        if label not in state.ledger.labels:
            return None
        commits = self._git("log", "--format=%H", "--", lock_file.NAME) or b""
        for commit in (label, *commits.decode().split()):
            text = self._git("show", f"{commit}:./{lock_file.NAME}")
            lock = _lock(text) if text else None
            if lock and lock.release == label:
                return lock
        return None

    def _commit(self, name: str) -> str | None:
        found = self._git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        return found.decode().strip() if found else None

    @contextmanager
    def _checked_out(self, commit: str) -> Iterator[Path]:
        """The project's folder as a commit has it, somewhere else: by an index of its own, the user's is left alone."""
        prefix, top = (
            (self._git("rev-parse", flag) or b"").decode().strip() for flag in ("--show-prefix", "--show-toplevel")
        )
        with tempfile.TemporaryDirectory(prefix="booklet-") as name:
            index = {"GIT_INDEX_FILE": f"{name}/index"}
            outside.printed(("git", "read-tree", commit), Path(top), environ=index)
            outside.printed(("git", "checkout-index", "--all", f"--prefix={name}/files/"), Path(top), environ=index)
            yield Path(name).resolve() / "files" / prefix

    def _git(self, *arguments: str) -> bytes | None:
        """What git prints; None where it fails, or is not there."""
        try:
            return outside.printed(("git", *arguments), self.project.root)
        except OSError:
            return None


def _lock(text: bytes) -> Lock | None:
    try:
        return lock_file.load(text.decode("utf-8", "replace"))
    except BookletError:
        return None


def _unknown(name: str, labels: tuple[str, ...]) -> BookletError:
    hint = f"released: {', '.join(labels)}; older ones are read from git" if labels else "nothing was released yet"
    return failure("release/unknown", f"there is no version or revision {name!r}", hint=hint)

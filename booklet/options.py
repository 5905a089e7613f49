"""What the command line hands to the build, and how the build tells of its progress."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from booklet.ledger import State


@dataclass(frozen=True, slots=True)
class Options:
    """Flags of one run."""

    clock: datetime.date
    pdf: bool = True
    epub: bool = True
    editions: tuple[str, ...] = ()
    """Of the PDF; empty: those of the configuration."""
    select: tuple[str, ...] = ()
    """Which questions, for the editions to learn with: `chapter:2`, `tag:RoPE`, `question:2.4`."""
    language: str | None = None
    offline: bool = False
    drafts: bool = False
    future: bool = False
    expired: bool = False
    jobs: int = 1
    """Processes that lay chapters out."""
    executor: str = ""
    """The cluster that lays them out instead: `dask://host:port`."""
    output: Path | None = None
    """Where the files will be written: no part of what they are made from. None: `dist/` of the project."""
    state: State | None = None
    """What counts as published. None: what the project's ledger and lock say."""


class Step(Protocol):
    """A running stage."""

    def advance(self, fresh: bool = True) -> None:
        """One more is done. `fresh`: made anew, not found in the cache."""


class Progress(Protocol):
    """Whoever shows how far a run has come: `with progress.stage("pages", 5) as step: step.advance()`."""

    def stage(self, name: str, total: int) -> AbstractContextManager[Step]: ...

    def count(self, what: str, number: int) -> None:
        """So much more of what no bar counts was made anew: formulas, pages."""


class _Quiet:
    def advance(self, fresh: bool = True) -> None:
        """Nobody looks."""


class Silent:
    """Progress that shows nothing."""

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Step]:
        yield _Quiet()

    def count(self, what: str, number: int) -> None:
        """Nobody counts."""

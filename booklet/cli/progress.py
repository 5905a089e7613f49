"""Bars on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from booklet.options import Progress, Silent, Step


def progress(quiet: bool) -> Progress:
    """Bars where someone looks: standard error is a terminal, and the run is not quiet."""
    return Bars() if sys.stderr.isatty() and not quiet else Silent()


class _Row:
    def __init__(self, bars: Any, task: Any) -> None:
        self.bars, self.task = bars, task

    def advance(self) -> None:
        self.bars.advance(self.task)


class Bars:
    """One bar a stage, gone when the stage is done."""

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Step]:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Rich

        columns = (TextColumn("{task.description:<8}"), BarColumn(), MofNCompleteColumn())
        with Rich(*columns, console=Console(stderr=True), transient=True) as bars:
            yield _Row(bars, bars.add_task(name, total=total))

"""Bars on a terminal, nothing elsewhere; how long each stage took, and what was made anew in it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from booklet.diagnostics import counted
from booklet.options import Progress, Silent, Step


def progress(quiet: bool) -> Progress:
    """Bars where someone looks: standard error is a terminal, and the run is not quiet."""
    return Bars() if sys.stderr.isatty() and not quiet else Silent()


class _Row:
    def __init__(self, bars: Any, task: Any) -> None:
        self.bars, self.task, self.reused = bars, task, 0

    def advance(self, fresh: bool = True) -> None:
        self.reused += not fresh
        self.bars.update(self.task, advance=1, reused=f"{self.reused} reused" if self.reused else "")


class Bars:
    """One bar a stage, gone when the stage is done."""

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Step]:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Rich

        columns = (TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn())
        more = (TextColumn("{task.fields[reused]}"), TextColumn("{task.fields[made]}"))
        with Rich(*columns, *more, console=Console(stderr=True), transient=True) as self.bars:
            self.task = self.bars.add_task(name, total=total, reused="", made="")
            self.made.clear()
            yield _Row(self.bars, self.task)

    def count(self, what: str, number: int) -> None:
        self.made[what] += number
        told = ", ".join(f"{made:,} {what}" for what, made in self.made.items() if made)
        self.bars.update(self.task, made=told)


class _Counting:
    def __init__(self, step: Step, done: Counter[str]) -> None:
        self.step, self.done = step, done

    def advance(self, fresh: bool = True) -> None:
        self.done["fresh" if fresh else "reused"] += 1
        self.step.advance(fresh)


class Timed:
    """Progress that remembers: `seconds` by stage, what was `done` in each, what was `made` anew."""

    def __init__(self, shown: Progress) -> None:
        from booklet import outside

        self.shown, self.now = shown, outside.seconds
        self.begun = self.now()
        self.seconds: dict[str, float] = {}
        self.done: dict[str, Counter[str]] = {}
        self.made: Counter[str] = Counter()

    @contextmanager
    def stage(self, name: str, total: int) -> Iterator[Step]:
        start = self.now()
        with self.shown.stage(name, total) as step:
            yield _Counting(step, self.done.setdefault(name, Counter()))
        self.seconds[name] = self.seconds.get(name, 0.0) + self.now() - start

    def count(self, what: str, number: int) -> None:
        self.made[what] += number
        self.shown.count(what, number)

    @property
    def timings(self) -> dict[str, float]:
        """Seconds by stage; `total`: since the run began."""
        stages = {name: round(spent, 3) for name, spent in self.seconds.items()}
        return {**stages, "total": round(self.now() - self.begun, 3)}

    def summary(self, counts: dict[str, int]) -> str:
        """What the run made anew, of how much, and where the time went. `counts` as `--json` has them."""
        read = self.done.get("reading", Counter())["fresh"]
        parts = [f"{counted(counts['chapters'], 'chapter')}, {read:,} of them read anew"]
        parts += [f"{self.made[what]:,} {what} made anew" for what in ("formulas", "pages")]
        times = ", ".join(f"{name} {spent:.1f} s" for name, spent in self.timings.items())
        return f"{'; '.join(parts)} ({times})"

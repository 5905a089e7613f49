"""Flags that commands share, and the one place where a run begins and ends."""

from __future__ import annotations

import datetime
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from booklet.diagnostics import BookletError, Diagnostic, Exit, Noted, Severity

if TYPE_CHECKING:  # importing these would slow `--help` down
    from booklet.config import Project
    from booklet.options import Options

Flags = tuple[Callable[[Any], Any], ...]
PLACE_FLAGS: Flags = (
    click.option("-C", "folder", type=click.Path(path_type=Path), default=Path(), help="The project's folder."),
    click.option("-c", "file", type=click.Path(path_type=Path), help="The configuration file."),
)
CHOICE_FLAGS: Flags = (
    click.option("--language", metavar="CODE", help="Which of language twins: zh-Hans, en, …"),
    click.option("-D", "--drafts", is_flag=True, help="Include drafts."),
    click.option("-F", "--future", is_flag=True, help="Include posts with a date to come."),
    click.option("-E", "--expired", is_flag=True, help="Include expired posts."),
)
RUN_FLAGS: Flags = (
    click.option("--clock", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="Hold dates against this day."),
    click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output."),
    click.option("-q", "--quiet", is_flag=True, help="Errors only."),
    click.option("--debug", is_flag=True, help="Show where an error comes from."),
)
STRICT: Flags = (click.option("--strict", is_flag=True, help="Finish, then fail on warnings (exit 3)."),)
FLAGS: Flags = (*PLACE_FLAGS, *CHOICE_FLAGS, *STRICT, *RUN_FLAGS)
CACHE_FLAGS: Flags = (
    click.option("--cache", type=click.Path(path_type=Path), metavar="DIR", help="Where the cache lies."),
    click.option("--no-cache", is_flag=True, help="Make everything anew."),
    click.option("--offline", is_flag=True, help="Never touch the network."),
)


def flags(*tables: Sequence[Callable[[Any], Any]]) -> Callable[[Any], Any]:
    """A decorator that adds flags in the order in which they are listed."""

    def add(function: Any) -> Any:
        for table in reversed(tables):
            for option in reversed(table):
                function = option(function)
        return function

    return add


@dataclass
class Run:
    """One run of a command: what was asked, and the answer."""

    command: str
    flags: dict[str, Any]
    answer: dict[str, Any] = field(default_factory=dict)
    notes: list[Diagnostic] = field(default_factory=list)

    def __getitem__(self, name: str) -> Any:
        return self.flags.get(name)

    def project(self) -> Project:
        from booklet.config import load

        return load(self["folder"], os.environ, self["file"], self["language"])

    def options(self, **more: Any) -> Options:
        from booklet import outside
        from booklet.options import Options

        clock: datetime.date = self["clock"].date() if self["clock"] else outside.today()
        names = ("language", "offline", "drafts", "future", "expired")
        return Options(clock, **{name: self.flags[name] for name in names if name in self.flags}, **more)

    def take(self, noted: Noted[Any]) -> Any:
        """A value, its findings kept for the end of the run."""
        self.notes += noted.notes
        return noted.value


def perform(command: str, given: dict[str, Any], work: Callable[[Run], int | None]) -> None:
    """Do the work; whatever comes of it, say what there is to say, and exit with the right code."""
    from booklet.cli import messages

    run = Run(command, given)
    code: int = Exit.OK
    try:
        code = work(run) or Exit.OK
        if not code and run["strict"] and any(note.severity == Severity.WARNING for note in run.notes):
            code = Exit.STRICT
    except BookletError as problem:
        run.notes.append(problem.diagnostic)
        code = problem.exit
        _trace(run)
    except (BrokenPipeError, click.ClickException, click.Abort):
        raise
    except KeyboardInterrupt:
        raise click.Abort from None
    except Exception as problem:
        if _interrupted(problem):
            raise click.Abort from None
        run.notes.append(messages.internal(problem))
        code = Exit.BUILD
        _trace(run)
    messages.show(run.notes, quiet=bool(run["quiet"]))
    if run["as_json"]:
        messages.print_json(run, code)
    sys.stdout.flush()
    raise click.exceptions.Exit(int(code))


def _interrupted(problem: BaseException | None) -> bool:
    """Does an error stand for Ctrl-C? Python makes a RuntimeError of one that falls into the making of a class."""
    while problem is not None and not isinstance(problem, KeyboardInterrupt):
        problem = problem.__cause__ or problem.__context__
    return problem is not None


def _trace(run: Run) -> None:
    if run["debug"]:
        traceback.print_exc(file=sys.stderr)

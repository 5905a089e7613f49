"""How findings read: on a terminal, in a log, in GitHub Actions, as JSON."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from booklet.cache import dumped
from booklet.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from booklet.cli.common import Run

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}
ORDER = (Severity.NOTICE, Severity.WARNING, Severity.ERROR)


def show(notes: Sequence[Diagnostic], quiet: bool) -> None:
    """Findings on standard error, each once, post by post and line by line; then how many there are."""
    for note in ordered(notes):
        if quiet and note.severity != Severity.ERROR:
            continue
        click.echo(text(note), err=True, color=coloured())
        if os.environ.get("GITHUB_ACTIONS") == "true":
            click.echo(annotation(note), err=True)
    counts = Counter(note.severity for note in dict.fromkeys(notes))
    if counts and not quiet:
        said = (f"{counts[kind]} {kind}{'s' if counts[kind] > 1 else ''}" for kind in reversed(ORDER) if counts[kind])
        click.echo(", ".join(said), err=True)


def ordered(notes: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Each finding once: what has no place first, then file by file as they came, line by line."""
    once = list(dict.fromkeys(notes))
    files = {path: n for n, path in enumerate(dict.fromkeys(note.location.path for note in once if note.location))}

    def place(note: Diagnostic) -> tuple[int, int]:
        return (files[note.location.path], note.location.line or 0) if note.location else (-1, 0)

    return sorted(once, key=place)


def text(note: Diagnostic) -> str:
    """`path:line: severity[code]: what is wrong`, then `hint: what to do`."""
    place = f"{note.location}: " if note.location else ""
    head = click.style(f"{note.severity}[{note.code}]", fg=COLOURS[note.severity], bold=True)
    hint = f"\n  hint: {note.hint}" if note.hint else ""
    return f"{place}{head}: {note.message}{hint}"


def annotation(note: Diagnostic) -> str:
    """A workflow command of GitHub Actions."""
    place = note.location
    where = f"file={place.path}" + (f",line={place.line}" if place.line else "") if place else ""
    message = note.message.replace("%", "%25").replace("\n", "%0A")
    return f"::{note.severity} {where}::{message}" if where else f"::{note.severity}::{message}"


def coloured() -> bool:
    """NO_COLOR wins over FORCE_COLOR; without either, a terminal has colours."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stderr.isatty()


def internal(problem: Exception) -> Diagnostic:
    """A fault of booklet itself, said in one line."""
    from booklet.diagnostics import finding

    hint = "this is a fault of booklet: run again with --debug and report it"
    return finding("internal/error", f"{type(problem).__name__}: {problem}", hint=hint)


def print_json(run: Run, code: int) -> None:
    """The answer as the contract has it, also of a run that failed."""
    head = {"schema": f"booklet/{run.command}/1", "ok": code == 0, "exit_code": int(code)}
    notes = [dumped(note) for note in ordered(run.notes)]
    click.echo(json.dumps({**head, **run.answer, "diagnostics": notes}, ensure_ascii=False, indent=2))

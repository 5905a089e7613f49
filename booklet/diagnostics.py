"""What can be said about an author's files: places, findings, and the errors that end a run.

A finding is a value that travels beside the result it belongs to (`Noted`) and is cached with it, so that a warm
build says what a cold one said.  Wording is rendered in one place, `booklet.cli.messages`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from functools import cache
from importlib.resources import files
from typing import Generic, TypeVar

T = TypeVar("T")


class Severity(StrEnum):
    """How much a finding weighs: an error ends the run, a warning fails it under `--strict`, a notice never does."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Exit(IntEnum):
    """The exit codes that other programs rely on."""

    OK = 0
    BUILD = 1
    USAGE = 2
    STRICT = 3
    CONFIGURATION = 4
    DEPENDENCY = 5
    SOURCE = 6
    FINDINGS = 7
    NETWORK = 8
    VALIDATION = 9
    NOTHING = 10
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file of the author's: POSIX path relative to the project root, line and column from 1."""

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Code:
    """A row of `codes.toml`: what a kind of finding weighs and means."""

    severity: Severity
    explanation: str
    exit: Exit = Exit.BUILD


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `message` says what is wrong, `hint` what to do about it."""

    code: str
    severity: Severity
    message: str
    location: Location | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Noted(Generic[T]):
    """A value and what was noticed on the way to it."""

    value: T
    notes: tuple[Diagnostic, ...] = ()


class BookletError(Exception):
    """A failure that the user can mend. Ends the run with the exit code of its diagnostic; never a traceback."""

    def __init__(self, diagnostic: Diagnostic):
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic

    @property
    def exit(self) -> Exit:
        return codes()[self.diagnostic.code].exit


@cache
def codes() -> dict[str, Code]:
    """Every code that booklet can report, from `codes.toml`."""
    table = tomllib.loads(files("booklet").joinpath("codes.toml").read_text("utf-8"))
    return {
        f"{area}/{name}": Code(Severity(row["severity"]), row["explanation"].strip(), Exit[row.get("exit", "BUILD")])
        for area, rows in table.items()
        for name, row in rows.items()
    }


def finding(code: str, message: str, location: Location | None = None, hint: str | None = None) -> Diagnostic:
    """A diagnostic whose severity is the one that `codes.toml` gives to `code`; KeyError for an unlisted code."""
    return Diagnostic(code, codes()[code].severity, message, location, hint)


def failure(code: str, message: str, location: Location | None = None, hint: str | None = None) -> BookletError:
    """The error to raise when `code` ends the run."""
    return BookletError(replace(finding(code, message, location, hint), severity=Severity.ERROR))


def nested(path: str | None) -> BookletError:
    """The error for a post whose lists or tags lie so deep in one another that no tree walk follows."""
    hint = "no person reads lists, quotations or tags that lie a hundred deep: close what is open"
    where = Location(path) if path else None
    return failure("source/nested", "what is written here is nested too deeply", where, hint)


def counted(number: int, what: str) -> str:
    """`1 post`, `2 posts`: a number with its noun."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"

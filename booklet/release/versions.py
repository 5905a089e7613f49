"""The name of the next version, and of the program that makes it."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from typing import Literal

import booklet
from booklet import cache
from booklet.ledger import Change, Ledger

FIRST = "1.0.0"


def following(
    ledger: Ledger, changes: Sequence[Change], day: datetime.date, kind: Literal["calendar", "semver"]
) -> str:
    """The version after those of the ledger.

    calendar: year and month of the day, then `.1`, `.2` for more in one month. semver: a question that is gone breaks
    what cites it (major); a new one is an addition (minor); all else is a patch.
    """
    versions = [release.version for release in ledger.releases]
    return _calendar(versions, day) if kind == "calendar" else _semver(versions, changes)


def _calendar(versions: Collection[str], day: datetime.date) -> str:
    month = f"{day.year}.{day.month:02}"
    names = (month if n == 0 else f"{month}.{n}" for n in range(len(versions) + 1))
    return next(name for name in names if name not in versions)


def _semver(versions: Sequence[str], changes: Sequence[Change]) -> str:
    known = [numbers for numbers in map(_numbers, versions) if numbers]
    if not known:
        return FIRST
    major, minor, patch = max(known)
    kinds = {change.kind for change in changes if change.subject == "question"}
    if "removed" in kinds:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if "added" in kinds else f"{major}.{minor}.{patch + 1}"


def _numbers(version: str) -> tuple[int, int, int] | None:
    """Of a semantic version; a calendar's has a zero in front of its month, or two numbers only."""
    parts = version.split(".")
    if len(parts) != 3 or not all(part.isdigit() and str(int(part)) == part for part in parts):
        return None
    major, minor, patch = map(int, parts)
    return major, minor, patch


def program() -> str:
    """`booklet 0.3.0 (1a2b3c4d5e6f)`."""
    return f"booklet {booklet.__version__} ({cache.tool()[:12]})"

"""`releases.toml`: the ledger as a file that people can read, and git can merge."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from booklet.diagnostics import Location, failure
from booklet.ledger.model import Change, Edit, Ledger, Release, ReleasedBook, ReleasedFile

NAME = "releases.toml"
HEAD = "# What was published, oldest first. Written by `booklet release`; commit it.\n\n"


def load(text: str) -> Ledger:
    """BookletError for a file that is damaged."""
    try:
        return Ledger(tuple(_release(row) for row in tomllib.loads(text).get("releases", ())))
    except (tomllib.TOMLDecodeError, TypeError, KeyError, AttributeError) as problem:
        hint = "take it from git as it was committed last; booklet alone writes it"
        raise failure("release/ledger", f"the ledger cannot be read: {problem}", Location(NAME), hint) from None


def dump(ledger: Ledger) -> str:
    """The same text for the same ledger; what is empty is left out."""
    import tomli_w

    return HEAD + tomli_w.dumps({"releases": [_bare(asdict(release)) for release in ledger.releases]}, indent=2)


def _release(row: Mapping[str, Any]) -> Release:
    books = tuple(ReleasedBook(**item) for item in row.get("books", ()))
    files = tuple(ReleasedFile(**item) for item in row.get("files", ()))
    changes = tuple(
        Change(**{**item, "edits": tuple(Edit(**edit) for edit in item.get("edits", ()))})
        for item in row.get("changes", ())
    )
    return Release(**{**row, "books": books, "files": files, "changes": changes})


def _bare(value: Any) -> Any:
    """Without None and empty lists: TOML knows no null."""
    if isinstance(value, dict):
        return {key: _bare(item) for key, item in value.items() if item is not None and item != ()}
    return [_bare(item) for item in value] if isinstance(value, list | tuple) else value

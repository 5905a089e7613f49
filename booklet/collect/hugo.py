"""The Hugo configuration as Hugo puts it together: one table of lower-case keys out of all its files."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from booklet.diagnostics import Location, failure

NAMES = ("hugo", "config")
SUFFIXES = (".toml", ".yaml", ".yml", ".json")
FOLDERS = ("config/_default", "config/production")
"""A book is a published thing: what `production` overrides holds."""
Table = dict[str, Any]


def configuration(root: Path) -> Table:
    """All configuration files merged, keys in lower case (Hugo's own rule), those of `config/` over the root's.

    Of several files at the root Hugo reads one: `hugo` before `config`, TOML before YAML before JSON.
    BookletError: `config/hugo` (exit 4) for a file that does not parse.
    """
    merged: Table = {}
    paths = (root / f"{name}{suffix}" for name in NAMES for suffix in SUFFIXES)
    first = next((path for path in paths if path.is_file()), None)
    if first:
        _merge(merged, _load(first, root))
    for folder in FOLDERS:
        for path in sorted((root / folder).glob("*"), key=lambda path: (path.stem not in NAMES, path.name)):
            if path.suffix in SUFFIXES and path.is_file():
                _merge(merged, _under(path.stem, _load(path, root)))
    return merged


def _under(stem: str, table: Table) -> Table:
    """`config/_default/markup.toml` holds what `hugo.toml` has under `[markup]`; `params.en.toml` a language's."""
    if stem in NAMES:
        return table
    head, _, tail = stem.lower().partition(".")
    if not tail:
        return {head: table}
    return {"languages": {tail: table if head == "languages" else {head: table}}}


def _load(path: Path, root: Path) -> Table:
    try:
        return lower(_parse(path))
    except Exception as problem:
        where = Location(path.relative_to(root).as_posix())
        raise failure("config/hugo", f"the Hugo configuration does not parse: {problem}", where) from None


def _parse(path: Path) -> Any:
    text = path.read_text("utf-8-sig")
    if path.suffix == ".toml":
        return tomllib.loads(text)
    if path.suffix == ".json":
        return json.loads(text)
    import yaml

    return yaml.safe_load(text) or {}


def lower(table: Any) -> Table:
    """Hugo reads keys without regard to case."""
    if not isinstance(table, dict):
        return {}
    return {str(key).lower(): _lower(value) for key, value in table.items()}


def _lower(value: Any) -> Any:
    if isinstance(value, list):
        return [_lower(item) for item in value]
    return lower(value) if isinstance(value, dict) else value


def _merge(into: Table, more: Table) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value


def inner(table: Any, *keys: str) -> Any:
    """What lies under a path of keys; an empty table where nothing does."""
    for key in keys:
        table = table.get(key, {}) if isinstance(table, dict) else {}
    return table

"""What sections hand down: `cascade` in `_index.md` and in the site's configuration, with its target."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from booklet.collect import languages
from booklet.collect.hugo import Table, lower

TARGETS = ("_target", "target")


@dataclass(frozen=True, slots=True)
class Section:
    """An `_index.md`: `folder` below the content folder, without language; `front` in lower case."""

    folder: str
    language: str
    path: str
    front: Mapping[str, Any]


def handed(inside: str, language: str, sections: Sequence[Section], site: Sequence[Table]) -> Table:
    """The values for a page, by its path in the content folder: those of the nearest section win, the site's lose."""
    result: Table = {}
    for tables in (site, *_above(inside, language, sections)):
        own: Table = {}
        for table in tables:
            if all(_meets(target, inside, language) for target in _targets(table)):
                own = {**_values(table), **own}
        result |= own
    return result


def _above(inside: str, language: str, sections: Sequence[Section]) -> Iterator[list[Table]]:
    """The cascades of the sections above a page, the outermost first."""
    for section in sorted(sections, key=lambda section: (section.folder.count("/"), section.folder)):
        holds = not section.folder or inside.startswith(f"{section.folder}/")
        if holds and languages.same(section.language, language):
            given = section.front.get("cascade") or []
            yield [lower(table) for table in (given if isinstance(given, list) else [given])]


def _targets(table: Table) -> list[Table]:
    """The conditions of a table; since Hugo 0.142 `target` may be a list, of which one must fit."""
    found = [table[key] for key in TARGETS if key in table]
    return [lower(target) for target in found if isinstance(target, dict)]


def _values(table: Table) -> Table:
    """What a table sets; `params` inside it are values like the others."""
    inner = table.get("params")
    flat = {key: value for key, value in table.items() if key not in (*TARGETS, "params")}
    return {**(lower(inner) if isinstance(inner, dict) else {}), **flat}


def _meets(target: Table, inside: str, language: str) -> bool:
    tests = {
        "path": lambda wanted: glob(wanted).fullmatch(f"/{inside}".lower()) is not None,
        "kind": lambda wanted: glob(wanted).fullmatch("page") is not None,
        "lang": lambda wanted: languages.same(wanted, language) or glob(wanted).fullmatch(language) is not None,
        "environment": lambda wanted: glob(wanted).fullmatch("production") is not None,
    }
    return all(tests[key](str(wanted).lower()) for key, wanted in target.items() if key in tests)


@lru_cache(maxsize=256)
def glob(pattern: str) -> re.Pattern[str]:
    """Hugo's globs: `*` inside a folder, `**` across folders, `{a,b}`, `?`."""
    signs = {"**": ".*", "*": "[^/]*", "?": "[^/]", "{": "(?:", "}": ")", ",": "|"}
    parts = re.split(r"(\*\*|[*?{},])", pattern)
    return re.compile("".join(signs.get(part, re.escape(part)) for part in parts))

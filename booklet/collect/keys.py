"""The keys of the front matter that a book uses: a row a key, with its shape. All others are kept and not looked at."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from booklet.collect.dates import iso, moment

TRUTH = {"true": True, "false": False, "yes": True, "no": False, "on": True, "off": False, "1": True, "0": False}


class Wrong(ValueError):
    """A value of the wrong shape: what it must be instead."""


def text(value: Any) -> str:
    if isinstance(value, dict | list):
        raise Wrong("must be a text")
    return str(value).lower() if isinstance(value, bool) else str(value).strip()


def words(value: Any) -> list[str]:
    """A list of texts; or one text; or `{name: …}` tables, as some themes write authors."""
    items = value if isinstance(value, list) else [value]
    if any(isinstance(item, list) for item in items):
        raise Wrong("must be a list of texts")
    named = [item.get("name", "") if isinstance(item, dict) else item for item in items]
    return [word for item in named if item is not None and (word := text(item))]


def flag(value: Any) -> bool:
    known = TRUTH.get(str(value).strip().lower())
    if known is None:
        raise Wrong("must be true or false")
    return known


def switch(value: Any) -> Any:
    """A flag, or a table that says more (`toc: {enable: true}`)."""
    return flag(value.get("enable", True)) if isinstance(value, dict) else flag(value)


def whole(value: Any) -> int:
    if isinstance(value, bool | dict | list) or not re.fullmatch(r"\s*[+-]?\d+(\.0*)?\s*", str(value)):
        raise Wrong("must be a whole number")
    return int(float(str(value)))


def date(value: Any) -> str | None:
    """ISO 8601; None for the year 1, which is how Hugo writes a date that is not set."""
    written = iso(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
    if written is None or (moment(written) is None and not written.startswith("0001-")):
        raise Wrong("is no date: write it as 2025-09-19 or 2025-09-19T17:45:10+08:00")
    return None if written.startswith("0001-") else written


def table(value: Any) -> Any:
    """A table, or a list of tables."""
    if not all(isinstance(item, dict) for item in (value if isinstance(value, list) else [value])):
        raise Wrong("must be a table of keys and values")
    return value


DATES = "date publishdate pubdate published expirydate unpublishdate lastmod modified updated"
FLAGS = (
    "draft hidden headless bookhidden readingtime showreadingtime showwordcount showdateupdated showtableofcontents "
    "showtoc"
)
TEXTS = "title linktitle description summary slug url externalurl subtitle"
LISTS = "authors author tags tag categories category series keywords aliases"
SHAPES: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(DATES.split(), date),
    **dict.fromkeys(FLAGS.split(), flag),
    **dict.fromkeys(TEXTS.split(), text),
    **dict.fromkeys(LISTS.split(), words),
    "weight": whole,
    "series_order": whole,
    "toc": switch,
    "cascade": table,
}
WRITTEN = frozenset((*TEXTS.split(), *LISTS.split()))
"""Keys whose values are texts even where they look like numbers."""

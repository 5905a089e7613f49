"""Chart.js's charts: paper says the same as a table of the data."""

from __future__ import annotations

import re

from booklet.shortcodes.call import Call, fence
from booklet.shortcodes.rows.values import Unreadable, parse


def chart(call: Call) -> str:
    """Labels down, data sets across; a chart whose text is more than data stays a listing."""
    text = call.raw.strip()
    if not text:
        return ""
    try:
        value = parse(text if text.startswith("{") else "{" + text + "}")
        return _table(value)
    except (Unreadable, KeyError, TypeError, AttributeError, IndexError):
        return fence(text, "js")


def _table(value: object) -> str:
    """A pipe table. Points (`{x: 1, y: 2}`) are written as pairs."""
    data = value["data"]  # type: ignore[index]
    sets = data["datasets"]
    if not sets:
        raise Unreadable
    labels = data.get("labels") or [str(n) for n in range(1, len(sets[0]["data"]) + 1)]
    columns = [[_cell(item) for item in one["data"]] for one in sets]
    if any(len(column) > len(labels) for column in columns):
        labels = list(range(1, max(map(len, columns)) + 1))
    heads = ["", *(_cell(one.get("label", "")) for one in sets)]
    rows = [
        [_cell(label), *(column[n] if n < len(column) else "" for column in columns)] for n, label in enumerate(labels)
    ]
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(item: object) -> str:
    if isinstance(item, dict):
        return ", ".join(_cell(part) for part in item.values())
    if isinstance(item, list):
        return " – ".join(_cell(part) for part in item)
    words = "" if item is None else f"{item:g}" if isinstance(item, float) else str(item)
    return re.sub(r"\s+", " ", words).replace("|", "\\|")

"""The papers of a theme: each a table of lengths, which style sheets see as custom properties."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from booklet.theme.variables import Value, Wrong

LENGTH = re.compile(r"(\d+(?:\.\d+)?)(pt|mm|in)")
POINTS = {"pt": 1.0, "mm": 72 / 25.4, "in": 72.0}
NEEDED = ("width", "height", "measure", "lines", "tabs")
"""`measure`: length of a line; `lines`: in the type area; `tabs`: height of all fore-edge tabs together."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper with its grid. `values`: `--paper-w`, `--lines` and whatever else the theme says of it."""

    name: str
    width: float
    height: float
    measure: float
    """pt, as are the two above."""
    lines: int
    tabs: float
    size: float = 10.5
    """pt of the running text."""
    values: dict[str, Value] = field(default_factory=dict, hash=False)

    @property
    def ems(self) -> float:
        """The measure in em of the running text: as many Han characters stand on a line."""
        return self.measure / self.size


def paper(name: str, table: Mapping[str, Any]) -> Paper:
    """A paper from its table in `theme.toml`; `Wrong` for one that lacks a measure."""
    if lacking := [key for key in NEEDED if key not in table]:
        raise Wrong(f"papers.{name} needs {lacking[0]}")
    lines = table["lines"]
    if not isinstance(lines, int):
        raise Wrong(f"papers.{name}: lines is a whole number, not {lines!r}")
    values = {{"width": "paper-w", "height": "paper-h"}.get(key, key): value for key, value in table.items()}
    lengths = (points(name, key, table[key]) for key in ("width", "height", "measure", "tabs"))
    width, height, measure, tabs = lengths
    return Paper(name, width, height, measure, lines, tabs, points(name, "size", table.get("size", "10.5pt")), values)


def points(name: str, key: str, value: Any) -> float:
    """A length in pt."""
    found = LENGTH.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise Wrong(f"papers.{name}: {key} is a length in mm, pt or in, not {value!r}")
    return float(found[1]) * POINTS[found[2]]

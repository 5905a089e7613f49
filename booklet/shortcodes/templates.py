"""Shortcodes that are Jinja2 templates: the theme's, and the author's own, which win over everything."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from booklet.shortcodes.call import Call, Make, Row
from booklet.shortcodes.rows import ROWS
from booklet.theme import Snippets, Theme, safe

FOLDER = "shortcodes"


def rows(theme: Theme, root: Path) -> dict[str, Row]:
    """Every shortcode of a project by its name: booklet's, over them the theme's, over them those in `shortcodes/`."""
    found = dict(ROWS)
    for folder in _folders(theme, root):
        snippets = Snippets(folder)
        for name, file in snippets.files().items():
            old = found.get(name)
            found[name] = Row(_make(snippets, file), text=bool(old and old.text))
    return found


def files(theme: Theme, root: Path) -> list[Path]:
    """All that these templates are made of, in order."""
    return [path for folder in _folders(theme, root) for path in sorted(folder.rglob("*")) if path.is_file()]


def _folders(theme: Theme, root: Path) -> list[Path]:
    return [*(folder / FOLDER for folder in reversed(theme.folders)), root / FOLDER]


def _make(snippets: Snippets, file: str) -> Make:
    def make(call: Call) -> str:
        values: Mapping[str, object] = {
            "name": call.name,
            "inner": safe(call.inner),
            "raw": call.raw,
            "args": call.positional,
            "named": call.named,
            "get": call.get,
            "page": call.page.front,
            "site": call.page.params,
            "language": call.page.language,
        }
        return snippets.render(file, values)

    return make

"""Above all releases: the download page, the feed, and the names that stay when a release follows another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from booklet.ledger import Ledger, Release
from booklet.shelf.beside import described, dumped
from booklet.shelf.feed import feed
from booklet.shelf.model import View
from booklet.shelf.page import page
from booklet.theme import Theme

LATEST = "latest"
"""A folder of copies: a static host knows neither symbolic links nor redirects."""


def above(ledger: Ledger, views: Sequence[View], files: Mapping[str, bytes], look: Theme) -> dict[str, bytes]:
    """Everything above the folders of the releases, path → bytes; all of it replaces what was there.

    The ledger's last release is the one that is published; `files` are those of its folder. `views`: its book in each
    language, the configuration's language first.
    """
    release = ledger.releases[-1]
    made = {f"{LATEST}/{name}": data for name, data in files.items()}
    for view in views:
        if view.cover is not None:
            made[view.picture] = view.cover
        made[view.feed] = feed(ledger, view, look)
        made[view.page] = page(ledger, view, views, {name: len(data) for name, data in files.items()}, look)
    return {**made, f"{LATEST}.json": dumped(latest(release, views))}


def latest(release: Release, views: Sequence[View]) -> dict[str, Any]:
    """For programs that ask what is newest. `href` stays from release to release, `path` names this one."""
    files = release.files
    places = [{"href": f"{LATEST}/{file.name}", "path": f"{release.label}/{file.name}"} for file in files]
    return {
        "schema": "booklet/latest/1",
        **{name: getattr(release, name) for name in ("version", "revision", "label", "date", "content_hash")},
        "folder": f"{release.label}/",
        "manifest": f"{release.label}/manifest.json",
        "books": [{"language": v.book.language, "title": v.book.title, "page": v.page, "feed": v.feed} for v in views],
        "files": [{**where, **described(file)} for file, where in zip(files, places, strict=True)],
    }

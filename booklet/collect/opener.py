"""What the front matter says of a chapter's first page: which facts, whether contents, which picture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from booklet.model import Opener

NAMED = "featureimage featuredimage featured_image featured image cover thumbnail images".split()
"""Keys that name a picture, the most telling first."""
HIDDEN = "hidefeatureimage hidecoverimage hidecover".split()
IN_BUNDLE = re.compile(r"(feature|cover).*\.(png|jpe?g|webp|gif|svg|avif)$", re.I)
"""Files of a bundle that Congo and Blowfish take without being told."""


def read(front: Mapping[str, Any], root: Path, bundle: str | None) -> Opener:
    """`front`: keys in lower case, shapes checked. `bundle`: the folder of the post's own files, if it has one."""
    cover = front.get("cover") if isinstance(front.get("cover"), dict) else {}
    hidden = any(front.get(key) is True for key in HIDDEN) or bool(cover and cover.get("hidden") is True)
    pictures = () if hidden else tuple(dict.fromkeys((*_named(front), *_bundled(root, bundle))))
    return Opener(
        contents=_said(front, "toc", "showtoc", "showtableofcontents"),
        updated=_said(front, "showdateupdated", "showlastmod") is not False,
        words=_said(front, "showwordcount") is not False,
        reading=_said(front, "readingtime", "showreadingtime") is not False,
        pictures=pictures,
        alt=_text(front, "coveralt", "featurealt", "imagealt") or str((cover or {}).get("alt") or ""),
        caption=_text(front, "covercaption", "featureimagecaption") or str((cover or {}).get("caption") or ""),
    )


def _said(front: Mapping[str, Any], *keys: str) -> bool | None:
    return next((value for key in keys if isinstance(value := front.get(key), bool)), None)


def _text(front: Mapping[str, Any], *keys: str) -> str:
    return next((value for key in keys if isinstance(value := front.get(key), str)), "")


def _named(front: Mapping[str, Any]) -> Iterator[str]:
    """Local names under the usual keys: a text, a table with `image`, a list; and LoveIt's `resources`."""
    for key in NAMED:
        value = front.get(key)
        first = value[0] if isinstance(value, list) and value else value
        name = (first.get("image") or first.get("src")) if isinstance(first, dict) else first
        if isinstance(name, str) and name.strip() and not re.match(r"(?i)[a-z][a-z0-9+.-]*:|//", name):
            yield name.strip()
    listed = front.get("resources")
    for item in listed if isinstance(listed, list) else ():
        if isinstance(item, dict) and "feature" in str(item.get("name", "")) and isinstance(item.get("src"), str):
            yield item["src"]


def _bundled(root: Path, bundle: str | None) -> Iterator[str]:
    if bundle is not None and bundle != ".":
        yield from sorted(path.name for path in (root / bundle).glob("*") if IN_BUNDLE.search(path.name))

"""The program's stages, called in this process on a site on disk."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from booklet import build
from booklet.cache import Cache
from booklet.config import load
from booklet.diagnostics import Noted
from booklet.model import Book
from booklet.options import Options, Silent

DAY = datetime.date(2026, 11, 1)


def options(**more: Any) -> Options:
    return Options(**{"clock": DAY, "offline": True, **more})


def bound(site: Path, cache: Path, **more: Any) -> Noted[Book]:
    """The book of a site."""
    return build.bound(load(site, {}), options(**more), Cache(cache), Silent())


def built(site: Path, cache: Cache, **more: Any) -> Noted[build.Built]:
    """Its files."""
    return build.build(load(site, {}), options(**more), cache, Silent())

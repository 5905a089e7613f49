"""Which cache a run uses."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from booklet.cache import Cache


def folder(named: Path | None) -> Path:
    """`--cache DIR`, else `$XDG_CACHE_HOME/booklet`, else what the system has for caches."""
    if named:
        return named.resolve()
    if home := os.environ.get("XDG_CACHE_HOME"):
        return Path(home) / "booklet"
    import platformdirs

    return Path(platformdirs.user_cache_dir("booklet", appauthor=False))


@contextmanager
def opened(named: Path | None, none: bool) -> Iterator[Cache]:
    """The cache, swept afterwards; with `--no-cache` a folder that is thrown away."""
    if none:
        with tempfile.TemporaryDirectory(prefix="booklet-") as name:
            yield Cache(Path(name))
        return
    cache = Cache(folder(named))
    yield cache
    cache.sweep()

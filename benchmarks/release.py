"""A scheduler's call that finds nothing new: `benchmarks/release.py [POSTS]` (default 60, 240 questions).

Each call is a process, start-up included, on a site that was released once with its e-book alone.  Printed: seconds,
and their ratio to `booklet --version`, which is nothing but a start.
"""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from booklet import outside
from booklet.cache import Cache
from booklet.config import load
from booklet.options import Options, Silent
from booklet.release import Asked, release

sys.path.insert(0, str(Path(__file__).parent))
import series

TIMES = 5
UNCHANGED = ("release", "--if-changed", "--offline", "-q")


def main(posts: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        root, cache = Path(name) / "site", Path(name) / "xdg" / "booklet"
        series.make(root, posts)
        (root / "booklet.toml").write_text('[epub]\npage_list = "none"\n', "utf-8")
        options = Options(datetime.date(2026, 11, 1), pdf=False, offline=True)
        release(lambda language: load(root, {}, None, language), Asked(outside.now(), options), Cache(cache), Silent())
        first = call(root, cache, UNCHANGED)
        start = min(call(root, cache, ("--version",)) for _ in range(TIMES))
        again = min(call(root, cache, UNCHANGED) for _ in range(TIMES))
        print(f"{posts} posts: booklet --version {start:.2f} s")
        print(f"release --if-changed, first after the release {first:.2f} s   {first / start:5.1f} × a start")
        print(f"release --if-changed, later                   {again:.2f} s   {again / start:5.1f} × a start")


def call(root: Path, cache: Path, arguments: tuple[str, ...]) -> float:
    """Seconds of a command that must succeed."""
    environ = {**os.environ, "XDG_CACHE_HOME": str(cache.parent)}
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "booklet", *arguments], cwd=root, env=environ, check=True, capture_output=True
    )
    return time.perf_counter() - begun


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)

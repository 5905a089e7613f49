"""Packaging an e-book from cached chapters: `python benchmarks/epub.py [CHAPTERS…]` (default 30, 100, 300).

A series from a seed is built once, so that every chapter's draft is in the cache; then the file alone is made again, in
a process of its own.  Printed: seconds of processor time and of the clock, peak memory, and the processor time as a
multiple of compressing the same bytes once, which no packaging can do without.
"""

from __future__ import annotations

import datetime
import io
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.series import make
from booklet import build, theme
from booklet.cache import Cache
from booklet.config import load
from booklet.convert.contents import contents
from booklet.epub.binding import DRAFT, EPUB, bind
from booklet.epub.build import Given
from booklet.epub.cover import plain
from booklet.epub.model import Options
from booklet.options import Options as Flags
from booklet.options import Silent

LIMIT = 3.0
"""Seconds for 300 chapters."""
MEMORY = 400
"""MiB."""


def packaged(site: Path, cache: Cache) -> tuple[float, float, bytes]:
    """Seconds that the file takes, of the processor and of the clock; the drafts may be there or not."""
    flags = Flags(datetime.date(2026, 1, 1), pdf=False, offline=True)
    project = load(site, {})
    book = build.bound(project, flags, cache, Silent()).value
    style = theme.load("default", site)
    given = Given(style, contents(book), plain(book), cache.store.get, cache)
    for entry in (cache.root / EPUB).glob("*"):
        entry.unlink()
    start, clock = time.process_time(), time.perf_counter()
    data = bind(book, given, Options(), cache, lambda: None)
    return time.process_time() - start, time.perf_counter() - clock, data


def measured(site: str, cache: str) -> None:
    """In the child: seconds, MiB at the peak, and the seconds that compressing alone takes."""
    seconds, clock, data = packaged(Path(site), Cache(Path(cache)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        contents = [book.read(name) for name in book.namelist()]
    start = time.process_time()
    for content in contents:
        zlib.compress(content, 9)
    print(seconds, clock, peak / 1024, time.process_time() - start, len(data))


def main(sizes: list[int]) -> int:
    print(f"{'chapters':>8} {'s':>6} {'clock':>6} {'× zip':>6} {'MiB':>5} {'MB':>6}")
    late = False
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            site, cache = Path(folder) / "site", Path(folder) / "cache"
            make(site, size)
            packaged(site, Cache(cache))
            assert len(list((cache / DRAFT).glob("*"))) == size
            child = [sys.executable, __file__, "--child", str(site), str(cache)]
            said = subprocess.run(child, check=True, capture_output=True, text=True).stdout
            seconds, clock, peak, zipped, length = map(float, said.split())
        print(
            f"{size:8} {seconds:6.2f} {clock:6.2f} {seconds / zipped:6.1f} {peak:5.0f} {length / 1e6:6.1f}", flush=True
        )
        late |= size <= 300 and (seconds > LIMIT or peak > MEMORY)
    return int(late)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        measured(*sys.argv[2:])
    else:
        sys.exit(main(list(map(int, sys.argv[1:])) or [30, 100, 300]))

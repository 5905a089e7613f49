"""Reading and converting without layout: posts a second, cold and warm. `benchmarks/reading.py [POSTS]` (default 200).

The posts are those of `series`, cut to about 5 kB, half of them with shortcodes and HTML.  Each measure runs in a
process of its own: cold means an empty cache (pandoc and MathJax included), warm the same site again, edited one post
changed.  Printed with each: the rate, and its ratio to pandoc alone on the same texts, one after the other, so that
runs on different machines compare.
"""

from __future__ import annotations

import datetime
import multiprocessing
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from booklet import build
from booklet.cache import Cache
from booklet.config import load
from booklet.convert import pandoc
from booklet.options import Options, Silent

sys.path.insert(0, str(Path(__file__).parent))
import series

SIZE = 5000
JOBS = 2
EXTRA = """
{{{{< alert "warning" >}}}}
第 {n} 篇里的**提醒**，与 <kbd>Ctrl</kbd>。
{{{{< /alert >}}}}

<details><summary>展开</summary>

- 一<br>二

</details>
"""


def main(posts: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        root, cache = site(Path(name) / "site", posts), Path(name) / "cache"
        alone = apart(pandoc_alone, root)
        print(f"{posts} posts of {SIZE / 1000:.0f} kB, {JOBS} jobs; pandoc alone: {posts / alone:.1f} posts/s")
        for label in ("cold", "warm", "edited"):
            if label == "edited":
                first = min((root / "content/posts").iterdir())
                first.write_text(first.read_text("utf-8").replace("因此", "所以"), "utf-8")
            seconds = apart(converted, root, cache)
            print(f"{label:8} {posts / seconds:7.1f} posts/s   {seconds / alone:5.2f} × pandoc alone", flush=True)


def site(root: Path, posts: int) -> Path:
    """The series, each post cut at a question or padded to SIZE bytes."""
    series.make(root, posts)
    for n, path in enumerate(sorted((root / "content/posts").iterdir())):
        text = path.read_bytes()[:SIZE].decode("utf-8", "ignore").rpartition("\n\n")[0]
        path.write_text(text + "\n" + (EXTRA.format(n=n) if n % 2 else ""), "utf-8")
    return root


def converted(root: Path, cache: Path) -> float:
    """Seconds until the book is bound."""
    start = time.perf_counter()
    options = Options(clock=datetime.date(2026, 11, 1), offline=True, jobs=JOBS)
    build.bound(load(root, {}), options, Cache(cache), Silent())
    return time.perf_counter() - start


def pandoc_alone(root: Path) -> float:
    """Seconds for pandoc's part alone, with the same reader."""
    texts = [path.read_text("utf-8") for path in sorted((root / "content/posts").iterdir())]
    pandoc.read("")
    start = time.perf_counter()
    for text in texts:
        pandoc.read(text)
    return time.perf_counter() - start


def apart(measure, *arguments: Path) -> float:  # type: ignore[no-untyped-def]
    """The measure, in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return float(pool.submit(measure, *arguments).result())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)

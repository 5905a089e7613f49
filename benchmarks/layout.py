"""What the text engine costs: `benchmarks/layout.py [SITE…]` lays a book out with it and without it, in turns.

The book's pieces are made once; then each round lays all of them out twice, with WeasyPrint's own lines and with the
engine's, and the ratio of the processor time of all rounds is printed.  It is to be at most 1.35.
"""

from __future__ import annotations

import datetime
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from booklet import build, editions, fonts
from booklet.cache import Cache
from booklet.config import load
from booklet.options import Options, Silent
from booklet.pdf import cjk, compose, lay_out
from booklet.pdf.model import Piece

ROOT = Path(__file__).parent.parent
ROUNDS = 3
LIMIT = 1.35


@contextmanager
def plain() -> Iterator[list[cjk.Ragged]]:
    yield []


def main(sites: Sequence[str]) -> int:
    ratios = [ratio(Path(site)) for site in sites or [str(ROOT)]]
    return max(ratios) > LIMIT


def ratio(site: Path) -> float:
    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(Path(folder))
        pieces, style = prepared(site, cache)
        spent = {"plain": 0.0, "engine": 0.0}
        set_all(pieces[-1:], style, cache)  # fonts are read, modules imported
        for _ in range(ROUNDS):
            with mock.patch.object(cjk, "setting", plain):
                spent["plain"] += set_all(pieces, style, cache)
            spent["engine"] += set_all(pieces, style, cache)
    result = spent["engine"] / spent["plain"]
    times = f"{spent['plain']:.1f} s plain, {spent['engine']:.1f} s with the text engine"
    print(
        f"{site.name}: {len(pieces)} chapters, {ROUNDS} rounds: {times}: {result:.2f} times (at most {LIMIT})",
        flush=True,
    )
    return result


def prepared(site: Path, cache: Cache) -> tuple[Sequence[Piece], lay_out.Style]:
    """The chapters of a site's book, and its style."""
    project = load(site, {})
    options = Options(clock=datetime.date(2026, 11, 1), offline=True)
    book = build.bound(project, options, cache, Silent()).value
    look, asked = editions.style(project), editions._asked(book, project, "screen", cache)
    pieces = [piece for piece in compose.compose(book, look, asked) if piece.kind == "chapter"]
    own = fonts.own(look.folders, project.config.pdf.fonts, project.root)
    return pieces, lay_out.Style(look.css("pdf", asked.edition, paper=asked.paper), look.folders, own)


def set_all(pieces: Sequence[Piece], style: lay_out.Style, cache: Cache) -> float:
    """Seconds of the processor."""
    start = time.process_time()
    for piece in pieces:
        lay_out.lay_out(piece, style, cache.store.get)
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Build real sites and judge the books: `tools/corpora.py FOLDER [NAME…]`, a row a corpus, exit 1 if anything is wrong.

FOLDER holds the corpora that `tests/corpora/rows.py` lists; a NAME chooses those whose name holds it. With
`KEEP=folder` in the environment the books stay there.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.corpora.rows import CORPORA, Corpus, Row, judge

HEAD = (
    "corpus",
    "posts",
    "pages",
    "s",
    "MiB",
    "residues",
    "headings",
    "pictures",
    "links",
    "lost",
    "twice",
    "EPUBCheck",
)
WIDTHS = (28, 5, 5, 6, 5, 8, 11, 9, 6, 4, 5, 9)
SHOWN = 20
"""Faults that are printed below a row."""


def main(folder: str, *names: str) -> int:
    corpora = Path(folder).resolve()
    chosen = [corpus for corpus in CORPORA if not names or any(name in corpus.name for name in names)]
    print(_line(HEAD))
    wrong = 0
    with tempfile.TemporaryDirectory() as scratch:
        keep = Path(os.environ.get("KEEP") or scratch).resolve()
        for corpus in chosen:
            row = judge(corpus, corpora, keep / _folder(corpus))
            wrong += bool(row.faults)
            print(_line(_cells(row)), flush=True)
            for fault in row.faults[:SHOWN]:
                print(f"    {fault}")
            if len(row.faults) > SHOWN:
                print(f"    … and {len(row.faults) - SHOWN} more", flush=True)
    return 1 if wrong or not chosen else 0


def _folder(corpus: Corpus) -> str:
    return corpus.title.replace(" ", "-")


def _cells(row: Row) -> tuple[object, ...]:
    found, wanted = row.headings
    inside, missing = row.pictures
    figures = (row.posts, row.pages, f"{row.seconds:.0f}", row.memory >> 20, row.counts["residue"])
    rest = (row.links, row.counts["lost link"], row.counts["duplicate id"], row.counts["EPUBCheck"])
    return (row.corpus.title, *figures, f"{found}/{wanted}", f"{inside}+{missing}", *rest)


def _line(cells: Sequence[object]) -> str:
    first, *rest = zip(cells, WIDTHS, strict=True)
    return "  ".join([f"{first[0]!s:<{first[1]}}", *(f"{cell!s:>{width}}" for cell, width in rest)])


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: tools/corpora.py FOLDER [NAME…]   (make corpora CORPORA=folder)")
    sys.exit(main(*sys.argv[1:]))

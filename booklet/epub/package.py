"""The package: EbookLib writes it; what EbookLib 0.20 gets wrong is put right here, and nowhere else.

It loses `<head>` and the case of SVG attributes (so documents return our own bytes), omits `xml:lang`, stamps local
time as UTC and the clock into the archive, knows no page list in the NCX, and swallows errors unless told otherwise.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from booklet.epub.metadata import Meta, describe
from booklet.epub.model import Document, File, Line
from booklet.epub.nav import NAV
from booklet.model import Book

FOLDER = "EPUB"
STAMP = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a zip archive knows."""
OPF = "http://www.idpf.org/2007/opf"
NCX = "http://www.daisy.org/z3986/2005/ncx/"
PACKED = (".png", ".jpg", ".gif")
"""Formats that are compressed already."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a package. `documents` are the spine; the navigation document is one of them."""

    documents: Sequence[Document]
    files: Sequence[File]
    metas: Sequence[Meta]
    tree: Sequence[Line]
    pages: Sequence[Line] = ()


def write(book: Book, contents: Contents) -> bytes:
    """The archive: the same bytes for the same book, whenever and wherever it is written."""
    from ebooklib import epub

    made = epub.EpubBook()
    made.FOLDER_NAME = FOLDER
    made.set_identifier(book.identifier)
    made.title = book.title
    made.set_language(book.language)
    describe(made, iter(contents.metas))
    kind = _kind()
    made.spine = [kind(document) for document in contents.documents]
    for item in made.spine:
        made.add_item(item)
    for n, file in enumerate(contents.files, 1):
        made.add_item(_file(n, file))
    made.add_item(epub.EpubNcx())
    made.toc = [_entry(line, place) for place, line in enumerate(contents.tree)]
    buffer = io.BytesIO()
    options = {"raise_exceptions": True, "epub3_landmark": False, "epub2_guide": False, "compresslevel": 0}
    epub.write_epub(buffer, made, {**options, "mtime": _modified(book)})
    return _archive(buffer.getvalue(), book, contents.pages)


def _modified(book: Book) -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"{book.released or book.date or '1980-01-01'}T00:00:00")


def _kind() -> Any:
    from ebooklib import epub

    class Finished(epub.EpubHtml):  # type: ignore[misc]
        """A document that is written as it is."""

        def __init__(self, document: Document) -> None:
            uid = "d-" + document.name.removesuffix(".xhtml").rpartition("/")[2]
            super().__init__(uid=uid, file_name=document.name, title=document.title)
            self.content = document.xhtml.encode()
            self.properties = [*document.properties, *(["nav"] if document.name == NAV else [])]

        def get_content(self, default: Any = None) -> bytes:
            return bytes(self.content)

    return Finished


def _file(number: int, file: File) -> Any:
    from ebooklib import epub

    item = epub.EpubItem(uid=f"f-{number}", file_name=file.name, media_type=file.media_type, content=file.data)
    item.properties = list(file.properties)
    return item


def _entry(line: Line, place: object) -> Any:
    from ebooklib import epub

    uid = f"n-{place}"
    if not line.children:
        return epub.Link(line.href, line.title, uid)
    return epub.Section(line.title, line.href), [_entry(child, f"{place}-{n}") for n, child in enumerate(line.children)]


def _archive(data: bytes, book: Book, pages: Sequence[Line]) -> bytes:
    """The archive again, without times, its XML mended, `mimetype` first and stored (OCF 3.3 §4.3)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith(".opf"):
                content = _package(content, book)
            if name.endswith(".ncx"):
                content = _ncx(content, book, pages)
            entry = zipfile.ZipInfo(name, STAMP)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            stored = name == "mimetype" or name.endswith(PACKED)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            target.writestr(entry, content, compresslevel=9)
    return buffer.getvalue()


def _package(content: bytes, book: Book) -> bytes:
    """`xml:lang` and the prefix of accessibility; the cover's page is no part of the reading order."""
    from lxml import etree

    root = etree.fromstring(content)
    root.set("{http://www.w3.org/XML/1998/namespace}lang", book.language)
    for item in root.iter(f"{{{OPF}}}itemref"):
        if item.get("idref") == "d-cover":
            item.set("linear", "no")
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _ncx(content: bytes, book: Book, pages: Sequence[Line]) -> bytes:
    """The language, and the page list for readers that know no other navigation (DAISY 2005 NCX, pageList)."""
    from lxml import etree

    root = etree.fromstring(content)
    root.set("{http://www.w3.org/XML/1998/namespace}lang", book.language)
    totals = {"dtb:depth": _depth(root), "dtb:totalPageCount": len(pages), "dtb:maxPageNumber": _largest(pages)}
    for meta in root.iter(f"{{{NCX}}}meta"):
        if meta.get("name") in totals:
            meta.set("content", str(totals[str(meta.get("name"))]))
    if pages:
        listed = etree.SubElement(root, f"{{{NCX}}}pageList")
        for n, line in enumerate(pages, 1):
            kind = "normal" if line.title.isdigit() else "front"
            target = etree.SubElement(listed, f"{{{NCX}}}pageTarget", id=f"p-{n}", type=kind)
            if kind == "normal":
                target.set("value", line.title)
            etree.SubElement(etree.SubElement(target, f"{{{NCX}}}navLabel"), f"{{{NCX}}}text").text = line.title
            etree.SubElement(target, f"{{{NCX}}}content", src=line.href)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _depth(root: Any) -> int:
    depths = (
        sum(above.tag == point.tag for above in point.iterancestors()) for point in root.iter(f"{{{NCX}}}navPoint")
    )
    return 1 + max(depths, default=0)


def _largest(pages: Sequence[Line]) -> int:
    return max((int(line.title) for line in pages if line.title.isdigit()), default=0)

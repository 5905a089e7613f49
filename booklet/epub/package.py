"""The package: EbookLib writes it; what EbookLib 0.20 gets wrong is put right here, and nowhere else.

It loses `<head>` and the case of SVG attributes (so documents return our own bytes), omits `xml:lang`, stamps local
time as UTC and the clock into the archive, and swallows errors unless told otherwise.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Sequence
from typing import Any

from booklet.epub.metadata import describe
from booklet.epub.model import Document, File, Line
from booklet.model import Book

FOLDER = "EPUB"
STAMP = (1980, 1, 1, 0, 0, 0)
"""The earliest moment that a zip archive knows."""
OPF = "http://www.idpf.org/2007/opf"


def write(
    book: Book, documents: Sequence[Document], files: Sequence[File], nav: Document, tree: Sequence[Line]
) -> bytes:
    """The archive: the same bytes for the same book, whenever and wherever it is written."""
    from ebooklib import epub

    made = epub.EpubBook()
    made.FOLDER_NAME = FOLDER
    made.set_identifier(book.identifier)
    made.set_title(book.title)
    made.set_language(book.language)
    describe(made, book, documents, files)
    kind = _kind()
    contents = kind(nav, ("nav",))
    made.add_item(contents)
    spine = [kind(document, document.properties) for document in documents]
    for item in spine:
        made.add_item(item)
    for n, file in enumerate(files, 1):
        made.add_item(_file(n, file))
    made.add_item(epub.EpubNcx())
    made.toc = [_entry(line, place) for place, line in enumerate(tree)]
    made.spine = [*spine[:2], contents, *spine[2:]]
    buffer = io.BytesIO()
    mtime = datetime.datetime.fromisoformat(f"{book.date or '1980-01-01'}T00:00:00")
    epub.write_epub(
        buffer, made, {"raise_exceptions": True, "mtime": mtime, "epub3_landmark": False, "epub2_guide": False}
    )
    return _archive(buffer.getvalue(), book)


def _kind() -> Any:
    from ebooklib import epub

    class Finished(epub.EpubHtml):  # type: ignore[misc]
        """A document that is written as it is."""

        def __init__(self, document: Document, properties: Sequence[str]) -> None:
            uid = "d-" + document.name.removesuffix(".xhtml")
            super().__init__(uid=uid, file_name=document.name, title=document.title)
            self.content = document.xhtml
            self.properties = list(properties)

        def get_content(self, default: Any = None) -> bytes:
            return bytes(self.content)

    return Finished


def _file(number: int, file: File) -> Any:
    from ebooklib import epub

    item = epub.EpubItem(uid=f"f-{number}", file_name=file.name, media_type=file.media_type, content=file.data)
    if file.name.startswith("cover."):
        item.properties = ["cover-image"]
    return item


def _entry(line: Line, place: object) -> Any:
    from ebooklib import epub

    uid = f"n-{place}"
    if not line.children:
        return epub.Link(line.href, line.title, uid)
    return epub.Section(line.title, line.href), [_entry(child, f"{place}-{n}") for n, child in enumerate(line.children)]


def _archive(data: bytes, book: Book) -> bytes:
    """The archive again, without times, the package document mended, `mimetype` first and stored (OCF 3.3 §4.3)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith(".opf"):
                content = _package(content, book)
            entry = zipfile.ZipInfo(name, STAMP)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            stored = name == "mimetype" or name.endswith((".png", ".jpg", ".gif"))
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            target.writestr(entry, content, compresslevel=9)
    return buffer.getvalue()


def _package(content: bytes, book: Book) -> bytes:
    """`xml:lang` on the package document; the cover's page is no part of the reading order."""
    from lxml import etree

    root = etree.fromstring(content)
    root.set("{http://www.w3.org/XML/1998/namespace}lang", book.language)
    for item in root.iter(f"{{{OPF}}}itemref"):
        if item.get("idref") == "d-cover":
            item.set("linear", "no")
        elif item.get("linear") == "yes":
            del item.attrib["linear"]
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")

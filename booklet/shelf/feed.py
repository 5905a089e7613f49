"""The releases as a feed (Atom, RFC 4287): ids stay, times are the ledger's, addresses are relative to the feed."""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as xml

from booklet.ledger import Ledger, Release
from booklet.shelf import changes
from booklet.shelf.beside import MEDIA
from booklet.shelf.model import View
from booklet.theme import Theme

ATOM = "http://www.w3.org/2005/Atom"
NEWEST = 20
"""Entries. A reader has seen the older ones."""
XML = "{http://www.w3.org/XML/1998/namespace}"


def feed(ledger: Ledger, view: View, look: Theme) -> bytes:
    """The newest release first. `ledger` has at least one."""
    book, words = view.book, look.words(view.book.language)
    root = xml.Element("feed", {"xmlns": ATOM, f"{XML}lang": book.language})
    _text(root, "id", _urn(view, "feed"))
    _text(root, "title", book.title)
    _text(root, "updated", ledger.releases[-1].moment)
    xml.SubElement(root, "link", rel="self", type="application/atom+xml", href=view.feed)
    xml.SubElement(root, "link", rel="alternate", type="text/html", href=view.page)
    for name in book.authors or (book.title,):
        _text(xml.SubElement(root, "author"), "name", name)
    if book.rights:
        _text(root, "rights", book.rights)
    for place, release in reversed([*enumerate(ledger.releases)][-NEWEST:]):
        _entry(root, release, view, look.render("page/entry.html", words=words, **told(release, not place, view, look)))
    xml.indent(root)
    text: bytes = xml.tostring(root, "utf-8", xml_declaration=True)
    return text + b"\n"


def told(release: Release, first: bool, view: View, look: Theme) -> dict[str, object]:
    """What a template needs to tell what changed."""
    words = look.words(view.book.language)
    listed = changes.groups(release, view.book, words)
    return {"groups": listed, "lead": changes.lead(release, first, bool(listed), words)}


def _entry(root: xml.Element, release: Release, view: View, html: str) -> None:
    entry = xml.SubElement(root, "entry")
    _text(entry, "id", _urn(view, release.label))
    _text(entry, "title", f"{view.book.title} {release.label}")
    _text(entry, "updated", release.moment)
    xml.SubElement(entry, "link", rel="alternate", type="text/html", href=f"{view.page}#{anchor(release)}")
    for file in release.files:
        if file.language == view.book.language:
            href = f"{release.label}/{file.name}"
            xml.SubElement(entry, "link", rel="enclosure", type=MEDIA[file.kind], href=href, length=str(file.bytes))
    _text(entry, "content", html.strip(), type="html")


def anchor(release: Release) -> str:
    """The id of a release on the download page."""
    return f"v{release.label}"


def _urn(view: View, name: str) -> str:
    """The same for the same book, language and release, wherever they are published."""
    parts = f"{view.book.identifier} {view.book.language} {name}"
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, parts)}"


def _text(parent: xml.Element, name: str, text: str, **attributes: str) -> None:
    xml.SubElement(parent, name, attributes).text = text

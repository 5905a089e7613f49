"""Drafts → documents: what only the whole book knows is put into the places that the drafts left open."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from booklet.convert.spots import SIGN, name_of
from booklet.epub.chapter import NUMBER
from booklet.epub.model import Document, Draft

ID = re.compile(r'\sid="([^".]+)"')
HREF = re.compile(r'href="#([^".]+)"')
"""Ids with a dot are a document's own: notes, titles, pages."""
PICTURE = re.compile(r'src="asset:([0-9a-f]{64})\.\w+"')
OPENED = re.compile(r"<\?at (?P<name>.*?)\?>\s*(?P<tag><(?:p|li|dd)\b[^>]*>)")
"""A mark stands inside the paragraph that begins the page: between blocks it would part neighbours."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What the whole book knows."""

    owners: Mapping[str, str]
    """Id → the file that holds it."""
    pictures: Mapping[str, str]
    """Digest of a picture → its file."""
    marks: Mapping[str, Sequence[str]]
    """Place → the labels of the pages that begin there."""


def name(draft: Draft, part: int) -> str:
    """`text/basics.xhtml`, then `text/basics.2.xhtml`: chapters' ids hold no dot."""
    return f"text/{draft.id}.{part + 1}.xhtml" if part else f"text/{draft.id}.xhtml"


def owners(documents: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Each id → its file, from pairs of file and XHTML."""
    return {html.unescape(identifier): file for file, text in documents for identifier in ID.findall(text)}


def places(documents: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each place and its file, in reading order."""
    return [(name_of(place), file) for file, text in documents for place in SIGN.findall(text)]


def settled(file: str, title: str, text: str, number: str, whole: Whole) -> Document:
    """A document as it goes into the package."""

    def mark(place: str) -> str:
        return "".join(map(page_mark, whole.marks.get(name_of(place), ())))

    def link(match: re.Match[str]) -> str:
        identifier = unquote(html.unescape(match[1]))
        owner = whole.owners.get(identifier)
        if owner is None or owner == file:
            return f'href="#{html.escape(identifier)}"'
        return f'href="{html.escape(relative(file, owner, identifier))}"'

    text = HREF.sub(link, text.replace(NUMBER, number))
    text = PICTURE.sub(lambda match: f'src="{relative(file, whole.pictures[match[1]])}"', text)
    text = OPENED.sub(lambda match: match["tag"] + mark(match["name"]), text)
    return Document(file, title, SIGN.sub(lambda match: mark(match[1]), text))


def page_id(label: str) -> str:
    """`page.12`, `page.iv`: no other id of the book looks like it."""
    return f"page.{label}"


def page_mark(label: str) -> str:
    """Where a page of the printed book begins (EPUB 3.3 Structural Semantics, pagebreak; DPUB-ARIA doc-pagebreak)."""
    known = f'id="{page_id(label)}" aria-label="{label}"'
    return f'<span class="page" epub:type="pagebreak" role="doc-pagebreak" {known}></span>'


def relative(source: str, target: str, fragment: str = "") -> str:
    """The address of one file of the package in another; folders are at most one deep."""
    folder = source.rpartition("/")[0]
    same = target.rpartition("/")[0] == folder
    address = target.rpartition("/")[2] if same else ("../" if folder else "") + target
    return f"{address}#{fragment}" if fragment else address

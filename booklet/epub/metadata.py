"""What the package says of the book (EPUB 3.3 §5.5, appendix D.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from booklet.epub.accessibility import STANDARD, Content, statements
from booklet.model import Book

ARTICLES = re.compile(r"(?i)(a|an|the)\s+(.+)")
CERTIFIER = "booklet"


@dataclass(frozen=True, slots=True)
class Meta:
    """An element of the metadata: `dc:NAME` or `<meta property=NAME>`; `refines`: the id of the element it is about."""

    name: str
    value: str
    id: str = ""
    refines: str = ""
    more: Mapping[str, str] | None = None

    @property
    def dublin(self) -> bool:
        return self.name.startswith("dc:")


@dataclass(frozen=True, slots=True)
class Series:
    """A series that the book belongs to, and its place in it."""

    title: str
    position: int | None = None


def metas(book: Book, series: Series | None, content: Content, source: str, words: Mapping[str, str]) -> Iterator[Meta]:
    """Everything but identifier, language and `dcterms:modified`. `source`: the book whose pages the list names."""
    yield from _titles(book)
    for n, author in enumerate(book.authors, 1):
        yield Meta("dc:creator", author, id=f"creator-{n}")
        yield Meta("role", "aut", refines=f"creator-{n}", more={"scheme": "marc:relators"})
        yield Meta("file-as", sorted_as(author), refines=f"creator-{n}")
    for name in ("publisher", "rights", "description", "source"):
        if value := getattr(book, name):
            yield Meta(f"dc:{name}", value)
    if book.version:
        yield Meta("schema:version", book.version)
    if days := sorted(chapter.date[:10] for chapter in book.chapters if chapter.date):
        yield Meta("dc:date", days[0])
    for tag in sorted({tag for chapter in book.chapters for tag in chapter.tags}):
        yield Meta("dc:subject", tag)
    yield from _series(series)
    yield Meta("schema:wordCount", str(sum(chapter.words for chapter in book.chapters)))
    if source:
        yield Meta("pageBreakSource", source)
    for name, value in statements(content, words):
        yield Meta(f"schema:{name}", value)
    if content.conforms:
        yield Meta("dcterms:conformsTo", STANDARD, id="conformance")
        yield Meta("a11y:certifiedBy", CERTIFIER, refines="conformance")


def _titles(book: Book) -> Iterator[Meta]:
    yield Meta("dc:title", book.title, id="title")
    yield Meta("title-type", "main", refines="title")
    yield Meta("display-seq", "1", refines="title")
    yield Meta("file-as", sorted_as(book.title), refines="title")
    if book.subtitle:
        yield Meta("dc:title", book.subtitle, id="subtitle")
        yield Meta("title-type", "subtitle", refines="subtitle")
        yield Meta("display-seq", "2", refines="subtitle")


def _series(series: Series | None) -> Iterator[Meta]:
    if series is None:
        return
    yield Meta("belongs-to-collection", series.title, id="series")
    yield Meta("collection-type", "series", refines="series")
    if series.position is not None:
        yield Meta("group-position", str(series.position), refines="series")


def sorted_as(name: str) -> str:
    """What a shelf sorts by: Han as pinyin, an article at the end."""
    if re.search("[\u3400-\u9fff]", name):
        from pypinyin import lazy_pinyin

        return re.sub(r"\s+", " ", " ".join(lazy_pinyin(name))).strip()
    match = ARTICLES.fullmatch(name)
    return f"{match[2]}, {match[1]}" if match else name


def describe(made: Any, all_metas: Iterator[Meta]) -> None:
    """Hand everything to EbookLib's book."""
    for meta in all_metas:
        attributes = dict(meta.more or {})
        if meta.id:
            attributes["id"] = meta.id
        if meta.dublin:
            made.add_metadata("DC", meta.name.removeprefix("dc:"), meta.value, attributes)
        else:
            refined = {"refines": f"#{meta.refines}"} if meta.refines else {}
            made.add_metadata(None, "meta", meta.value, {**refined, "property": meta.name, **attributes})

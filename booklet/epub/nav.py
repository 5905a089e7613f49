"""Navigation: one tree for the navigation document and the NCX, the same as the PDF's bookmarks."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from booklet.convert.contents import part_id
from booklet.epub.model import Document, Line
from booklet.model import Book, Entry
from booklet.theme import Theme, safe


def owners(book: Book) -> dict[str, str]:
    """Each id of the book → the file that holds it."""
    found: dict[str, str] = {}
    for part in book.parts:
        if part.title is not None:
            identifier = part_id(part.title, book)
            found[identifier] = f"{identifier}.xhtml"
        for chapter in part.chapters:
            ids = (chapter.id, *(heading.id for heading in chapter.headings), *(to for _, to in chapter.anchors))
            found |= dict.fromkeys(ids, f"{chapter.id}.xhtml")
    return found


def tree(contents: Sequence[Entry], where: Mapping[str, str]) -> tuple[Line, ...]:
    return tuple(_line(entry, where) for entry in contents)


def _line(entry: Entry, where: Mapping[str, str]) -> Line:
    """A part or chapter is its file's beginning; everything else a place in it."""
    file = where[entry.id]
    href = file if entry.kind in ("part", "chapter") else f"{file}#{entry.id}"
    title = f"{entry.number} {entry.title}" if entry.number else entry.title
    return Line(href, title, html.escape(title), tree(entry.children, where))


def document(book: Book, contents: Sequence[Entry], theme: Theme, where: Mapping[str, str]) -> Document:
    """The navigation document: contents and landmarks (EPUB 3.3 §7)."""
    words = theme.words(book.language)
    first = next(iter(book.chapters)).id
    xhtml = theme.render(
        "epub/nav.xhtml",
        book=book,
        words=words,
        language=book.language,
        entries=safe(_list(tree(contents, where))),
        body=f"{first}.xhtml",
    )
    return Document("nav.xhtml", words["contents"], xhtml.encode())


def _list(lines: Sequence[Line]) -> str:
    """Nested ordered lists, as the specification wants them."""
    items = (
        f'<li><a href="{html.escape(line.href)}">{line.html}</a>{_list(line.children) if line.children else ""}</li>'
        for line in lines
    )
    return f"<ol>{''.join(items)}</ol>"

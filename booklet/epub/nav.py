"""Navigation: one tree for the navigation document and the NCX, the same as the PDF's bookmarks."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from booklet.epub.matter import Page, rendered
from booklet.epub.model import Line
from booklet.model import Book, Entry
from booklet.theme import Theme, safe

NAV = "nav.xhtml"
CONTENTS = "matter-contents"
"""The place of the contents, as the PDF calls it."""
LANDMARKS = {
    "cover.xhtml": "cover",
    "title.xhtml": "titlepage",
    "colophon.xhtml": "colophon",
    "index.xhtml": "index",
}


def tree(contents: Sequence[Entry], book: Book, where: Mapping[str, str]) -> tuple[Line, ...]:
    """`where`: id → the file that holds it."""
    languages = {chapter.id: chapter.language for chapter in book.chapters if chapter.language != book.language}
    return tuple(_line(entry, where, languages, "") for entry in contents)


def _line(entry: Entry, where: Mapping[str, str], languages: Mapping[str, str], language: str) -> Line:
    """What begins a file is the file; everything else a place in it."""
    file = where[entry.id]
    spoken = languages.get(entry.id, language)
    href = f"{file}#{entry.id}" if entry.kind in ("section", "question") else file
    title = f"{entry.number} {entry.title}" if entry.number else entry.title
    return Line(href, title, spoken, tuple(_line(child, where, languages, spoken) for child in entry.children))


def document(
    book: Book, lines: Sequence[Line], pages: Sequence[Line], files: Mapping[str, str], theme: Theme, body: str
) -> Page:
    """Contents, landmarks, page list (EPUB 3.3 §7.4). `files`: file → title, of the documents that are no chapters."""
    words = theme.words(book.language)
    known = {file: (kind, files[file]) for file, kind in LANDMARKS.items() if file in files}
    landmarks = [*((file, *row) for file, row in known.items()), (NAV, "toc", words["contents"])]
    return rendered(
        theme,
        book,
        "nav",
        NAV,
        words["contents"],
        entries=safe(_list(lines)),
        landmarks=[*landmarks, (body, "bodymatter", book.title)],
        pages=safe(_list(pages)) if pages else "",
    )


def _list(lines: Sequence[Line]) -> str:
    """Nested ordered lists, as the specification wants them."""
    return f"<ol>{''.join(map(_item, lines))}</ol>"


def _item(line: Line) -> str:
    spoken = f' lang="{line.language}" xml:lang="{line.language}"' if line.language else ""
    below = _list(line.children) if line.children else ""
    return f'<li><a href="{html.escape(line.href)}"{spoken}>{html.escape(line.title)}</a>{below}</li>'

"""The download page: one file of HTML with its style inside, no script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from booklet.convert.contents import readable
from booklet.ledger import Ledger, Release, ReleasedFile
from booklet.model import Book
from booklet.pdf.compose.labels import citations, short_titles
from booklet.shelf.feed import anchor, told
from booklet.shelf.model import View
from booklet.theme import Theme, safe


@dataclass(frozen=True, slots=True)
class Line:
    """A file to be had, as a reader sees it."""

    href: str
    name: str
    what: str
    """PDF, EPUB and what it is for, in the book's language."""
    size: str
    sha256: str
    pages: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A chapter of the contents and its questions: (number, title, status)."""

    number: int
    title: str
    questions: tuple[tuple[str, str, str], ...]


def page(ledger: Ledger, view: View, views: Sequence[View], sizes: Mapping[str, int], look: Theme) -> bytes:
    """The page of the newest release in one language. `sizes`: of all files of its folder, in bytes."""
    release, *older = reversed(ledger.releases)
    book, words = view.book, look.words(view.book.language)
    books = {file.name for file in release.files}
    html = look.render(
        "page/index.html",
        book=book,
        words=words,
        view=view,
        css=safe("\n".join(look.css("page"))),
        release=release,
        anchor=anchor(release),
        counted=_counted(release, view, words),
        lines=lines(release, view, words),
        beside=[(name, size(sizes[name])) for name in sorted(sizes) if name not in books],
        rows=rows(book),
        others=[(other, look.words(other.book.language)) for other in views if other is not view],
        older=[_older(item, not place, view, look) for place, item in reversed([*enumerate(ledger.releases[:-1])])],
        **told(release, not older, view, look),
    )
    return html.encode() + b"\n"


def _older(release: Release, first: bool, view: View, look: Theme) -> dict[str, object]:
    words = look.words(view.book.language)
    own = lines(release, view, words)
    return {"release": release, "anchor": anchor(release), "files": own, **told(release, first, view, look)}


def _counted(release: Release, view: View, words: Mapping[str, str]) -> str:
    """`35 题，已答 33 题`."""
    own = [book for book in release.books if book.language == view.book.language]
    return words["shelf_count"].format(own[0].questions, own[0].answered) if own else ""


def lines(release: Release, view: View, words: Mapping[str, str]) -> list[Line]:
    """The files of a release in the view's language."""
    own = [file for file in release.files if file.language == view.book.language]
    return [
        Line(
            f"{release.label}/{file.name}",
            file.name,
            what(file, words),
            size(file.bytes),
            file.sha256,
            words["shelf_pages"].format(file.pages) if file.pages else "",
        )
        for file in own
    ]


def what(file: ReleasedFile, words: Mapping[str, str]) -> str:
    """What a file is for: its edition or profile in the theme's words, or as it is called."""
    kind = file.edition or file.profile or file.kind
    return words.get(f"shelf_{kind}") or words.get(f"edition_{kind}", kind)


def rows(book: Book) -> list[Row]:
    """The contents: chapters with their questions."""
    titles, numbers = short_titles(book), citations(book)
    return [
        Row(
            place,
            titles[chapter.id],
            tuple((numbers[q.id], readable(q, dict(chapter.titled)), q.status) for q in chapter.questions),
        )
        for place, chapter in enumerate(book.chapters, 1)
    ]


def size(count: int) -> str:
    """Bytes for people: kB below a megabyte."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(count / 1e3, 0.1):.{0 if count >= 1e4 else 1}f} kB"

"""The e-book, told in order: its pages from the drafts; pictures, page list, navigation, faces; the package."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from booklet.convert.spots import PageMap
from booklet.epub import faces, kobo, matter, nav, package, pictures, settle
from booklet.epub.accessibility import Content
from booklet.epub.matter import Page
from booklet.epub.metadata import Series, metas
from booklet.epub.model import Document, Draft, File, Line, Options
from booklet.epub.pages import PageList, page_list
from booklet.model import Book, Entry
from booklet.theme import Theme

COVER = "cover.png"
STYLE = "style.css"


@dataclass(frozen=True, slots=True)
class Given:
    """What the rest of the program knows. `asset`: digest of a picture → its bytes."""

    theme: Theme
    contents: Sequence[Entry]
    cover: bytes = field(repr=False)
    asset: Callable[[str], bytes]
    cache: pictures.Cache
    pages: PageMap | None = None
    series: Series | None = None


@dataclass(frozen=True, slots=True)
class Sheets:
    """The documents of the book in three runs, their places still open."""

    front: Sequence[Page]
    body: Sequence[Page]
    back: Sequence[Page]

    @property
    def all(self) -> list[Page]:
        return [*self.front, *self.body, *self.back]


def build(book: Book, drafts: Sequence[Draft], given: Given, options: Options) -> bytes:
    """The finished file, from the drafts of its chapters in order."""
    sheets = _sheets(book, drafts, given, options)
    shown = pictures.files(book, given.asset, given.cache)
    texts = [(page.file, page.xhtml) for page in sheets.all]
    owners = settle.owners(texts)
    listed = _page_list(sheets, given.pages)
    tree = nav.tree(_entries(sheets, given), book, owners)
    navigation = _navigation(book, sheets, tree, listed, given.theme)
    whole = settle.Whole(owners, {digest: file.name for digest, file in shown.items()}, listed.marks)
    documents = [_settled(page, whole, options) for page in (*sheets.front, navigation, *sheets.body, *sheets.back)]
    made = [*shown.values(), File(COVER, "image/png", given.cover, ("cover-image",))]
    made += _style(drafts, [*sheets.front, navigation, *sheets.back], given.theme, options)
    indexed = any(page.id == matter.INDEX for page in sheets.back)
    content = _content(drafts, list(shown.values()), given.pages is not None, indexed, options)
    said = metas(book, given.series, content, _source(book, given.pages), given.theme.words(book.language))
    return package.write(book, package.Contents(documents, made, list(said), tree, listed.lines))


def _sheets(book: Book, drafts: Sequence[Draft], given: Given, options: Options) -> Sheets:
    body: list[Page] = []
    ready = dict(zip((chapter.id for chapter in (*book.chapters, *book.answers)), drafts, strict=True))
    numbers = {chapter.id: number for number, chapter in book.numbered}
    for part in book.parts:
        body += [] if part.title is None else [matter.part(part, book, given.theme)]
        for chapter in part.chapters:
            body += _files(ready[chapter.id], numbers[chapter.id])
    for chapter in book.answers:
        body += _files(ready[chapter.id], numbers[chapter.answers_to])
    titles = {name: title for draft in drafts for name, title in draft.titles.items()}
    edition = given.pages.edition if given.pages else None
    after = matter.back(book, given.theme, titles, options.plan, options.since)
    return Sheets(matter.front(book, given.theme, COVER, edition), body, after)


def _files(draft: Draft, number: int) -> list[Page]:
    return [Page(settle.name(draft, n), draft.title, text, str(number)) for n, text in enumerate(draft.files)]


def _entries(sheets: Sheets, given: Given) -> list[Entry]:
    """The contents, and what stands after the chapters."""
    known = {entry.id for entry in given.contents}
    return [*given.contents, *(Entry(page.id, "matter", page.title) for page in sheets.back if page.id not in known)]


def _page_list(sheets: Sheets, pages: PageMap | None) -> PageList:
    if pages is None:
        return PageList()
    front = settle.places([(page.file, page.xhtml) for page in sheets.front])
    rest = settle.places([(page.file, page.xhtml) for page in (*sheets.body, *sheets.back)])
    return page_list(pages, [*front, (nav.CONTENTS, nav.NAV), *rest])


def _navigation(book: Book, sheets: Sheets, tree: Sequence[Line], listed: PageList, theme: Theme) -> Page:
    files = {page.file: page.title for page in (*sheets.front, *sheets.back)}
    return nav.document(book, tree, listed.lines, files, theme, sheets.body[0].file)


def _settled(page: Page, whole: settle.Whole, options: Options) -> Document:
    document = settle.settled(page.file, page.title, page.xhtml, page.number, whole)
    return kobo.spanned(document) if options.profile == "kobo" else document


def _style(drafts: Sequence[Draft], pages: Sequence[Page], theme: Theme, options: Options) -> list[File]:
    """The style sheet and the faces that it names."""
    more = faces.letters(page.xhtml for page in pages)
    files, rules = faces.files(drafts, more, options.fonts)
    sheet = "\n".join((rules, *theme.css("epub")))
    return [File(STYLE, "text/css", sheet.encode()), *files]


def _content(drafts: Sequence[Draft], shown: Sequence[File], pages: bool, index: bool, options: Options) -> Content:
    counts = [draft.counts for draft in drafts]
    return Content(
        pictures=sum(count.pictures for count in counts),
        silent=sum(count.silent for count in counts),
        formulas=sum(count.formulas for count in counts),
        broken=sum(count.broken for count in counts),
        moving=pictures.moving(shown),
        pages=pages,
        index=index,
        mathml=options.mode == "mathml",
    )


def _source(book: Book, pages: PageMap | None) -> str:
    """The printed book that the page list is of (EPUB Accessibility 1.1 §4.2.3, pageBreakSource)."""
    return f"{book.identifier} (PDF, {pages.edition})" if pages else ""

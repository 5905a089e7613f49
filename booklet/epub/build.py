"""The e-book, told in order: documents, pictures, fonts, navigation, package."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from booklet.diagnostics import Noted
from booklet.epub import cover, formulas, nav, package, pictures
from booklet.epub.documents import chapter_document, front_documents, part_document
from booklet.epub.model import Document, File
from booklet.model import Book, Entry
from booklet.theme import Theme


def build(
    book: Book, contents: Sequence[Entry], theme: Theme, asset: Callable[[str], bytes], maths: formulas.Mode = "mathml"
) -> Noted[bytes]:
    """The finished file. `asset`: digest of a picture → its bytes."""
    files = pictures.files(book, asset)
    names = {digest: file.name for digest, file in files.items()}
    owners = nav.owners(book)
    documents: list[Document] = front_documents(book, theme)
    for part in book.parts:
        if part.title is not None:
            documents.append(part_document(part, book, theme))
        documents += [chapter_document(chapter, book, theme, names, owners, maths) for chapter in part.chapters]
    extra: list[File] = [*files.values(), *_style(theme, documents), File("cover.png", "image/png", cover.png(book))]
    navigation = nav.document(book, contents, theme, owners)
    return Noted(package.write(book, documents, extra, navigation, nav.tree(contents, owners)))


def _style(theme: Theme, documents: Sequence[Document]) -> list[File]:
    """The style sheet, and the maths face where there is a formula to set in it."""
    sheet = "\n".join(theme.css("epub"))
    face = formulas.face(documents)
    return [File("style.css", "text/css", ((formulas.SHEET if face else "") + sheet).encode()), *face]

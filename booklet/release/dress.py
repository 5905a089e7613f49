"""What stands beside the books of a release and above all releases, from everything that is known of it."""

from __future__ import annotations

from booklet import editions, fonts, shelf
from booklet.diagnostics import BookletError, Exit
from booklet.fonts.faces import Face
from booklet.model import Book
from booklet.release import notes
from booklet.release.making import Bench, Made
from booklet.release.publish import Staged
from booklet.release.volumes import Volume


def staged(made: Made, bench: Bench) -> Staged:
    """Every file that the release writes."""
    books = {item.file: item.data for item in made.artifacts}
    files = shelf.beside(made.release, books | notes.files_of(made.release), _faces(bench))
    views = [_view(one, book, bench) for one, book in zip(bench.listed, made.books, strict=True)]
    above = shelf.above(made.state.ledger, views, files, editions.style(bench.project))
    return Staged(made.release.label, files, above, made.state, made.pictures)


def _view(one: Volume, book: Book, bench: Bench) -> shelf.View:
    try:
        cover = editions.cover(book, one.project, one.options, bench.cache)
    except BookletError as problem:
        if problem.exit != Exit.DEPENDENCY:
            raise
        cover = None
    return shelf.View(book, editions.suffix(book, one.project), cover)


def _faces(bench: Bench) -> list[Face]:
    """The typefaces of all languages' books."""
    found: dict[Face, None] = {}
    for one in bench.listed:
        config = one.project.config
        own = fonts.own(editions.style(one.project).folders, config.pdf.fonts, one.project.root)
        language = one.options.language or config.book.language or ""
        found |= dict.fromkeys(fonts.chosen(language, own))
    return list(found)

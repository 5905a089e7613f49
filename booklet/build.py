"""The story on one page: collect → convert → bind → compose → lay out → link → publish."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from booklet import arrange, chapters, editions, ledger, processes, reading
from booklet.built import Built, counts, hash_unless_known, may_come, unless_known
from booklet.cache import Cache, mended
from booklet.collect import Wanted, collect
from booklet.config import Project
from booklet.convert import bind, stamp
from booklet.diagnostics import BookletError, Exit, Noted, finding
from booklet.model import Artifact, Book, Collected
from booklet.options import Options, Progress

if TYPE_CHECKING:
    from booklet.epub import Printed
    from booklet.export import Exported, Format


def collected(project: Project, options: Options) -> Noted[Collected]:
    """The posts of the book, in order."""
    wanted = Wanted(options.clock, options.language, options.drafts, options.future, options.expired)
    return collect(project.root, project.config, wanted)


def bound(project: Project, options: Options, cache: Cache, progress: Progress) -> Noted[Book]:
    """The book: every post converted, all of them bound together."""
    with progress.stage("collecting", 1) as step:
        found = collected(project, options)
        step.advance()
    posts = found.value
    state = options.state or ledger.read(project.root)
    desk = reading.desk(project, posts.site, cache, options.offline, state)
    read = chapters.chapters(posts, project, options, progress, desk)
    notes = [*found.notes, *(note for one in read for note in one.notes)]
    volume = bind.Volume(posts.title, slug(project, posts), posts.site.language)
    known = state.lock.book(volume.language)
    book = bind.bind(posts, [one.value for one in read], project.config, volume, known)
    return Noted(stamp.stamped(book.value, state.ledger), (*notes, *book.notes))


def build(project: Project, options: Options, cache: Cache, progress: Progress) -> Noted[Built]:
    """The files that were asked for, or those of the last run if nothing has changed since. Nothing is written yet."""
    return unless_known(
        project, options, cache, lambda: mended(cache, lambda: _built(project, options, cache, progress))
    )


def content_hash(project: Project, options: Options, cache: Cache, progress: Progress, book: Book | None = None) -> str:
    """The book's, without reading it where nothing has changed since it was read last, the day aside.

    `book`: where it is known already, to be remembered.
    """
    found = collected(project, options).value
    chosen = repr(([post.path for post in found.posts], found.elsewhere))
    make = functools.partial(_bound_unless, book, project, options, cache, progress)
    return hash_unless_known(project, options, chosen, cache, make)


def _bound_unless(book: Book | None, project: Project, options: Options, cache: Cache, progress: Progress) -> Book:
    return book or mended(cache, lambda: bound(project, options, cache, progress).value)


def _built(project: Project, options: Options, cache: Cache, progress: Progress) -> Noted[Built]:
    processes.warm(options.jobs)
    book = bound(project, options, cache, progress)
    made: list[Artifact] = []
    notes = [*book.notes, *arrange.shown(book.value, project).notes]
    for wanted, back_end in ((options.pdf, editions.artifacts), (options.epub, _epub)):
        if wanted:
            result = back_end(book.value, project, options, cache, progress)
            made += result.value
            notes += result.notes
    return Noted(Built(tuple(made), counts(book.value), may_come(book.value)), tuple(notes))


def slug(project: Project, posts: Collected) -> str:
    """The stem of the output files: `book.slug`, else ASCII or pinyin of the title."""
    from booklet.collect.posts import slug as ascii_slug

    return project.config.book.slug or ascii_slug(posts.title)


def export(project: Project, format_: Format, options: Options, cache: Cache, progress: Progress) -> Noted[Exported]:
    """The book's questions for another program. Nothing is written yet."""
    return mended(cache, lambda: _exported(project, format_, options, cache, progress))


def _exported(project: Project, format_: Format, options: Options, cache: Cache, progress: Progress) -> Noted[Exported]:
    from booklet import export as formats
    from booklet import outside

    book = bound(project, options, cache, progress)
    suffix, macros = editions.suffix(book.value, project), project.config.maths.macros
    asked = formats.Asked(editions.style(project), suffix, macros, cache.store.get, outside.epoch())
    made = formats.export(book.value, format_, asked)
    return Noted(made.value, (*book.notes, *made.notes))


def _epub(book: Book, project: Project, options: Options, cache: Cache, progress: Progress) -> Noted[list[Artifact]]:
    from booklet import epub

    config = project.config
    style = editions.style(project)
    printed = _printed(book, project, options, cache, progress)
    book = arrange.arranged(book, project, "screen", options, style)
    asked = epub.Asked(config, editions.suffix(book, project), progress)
    return Noted(epub.artifacts(book, style, printed.value, asked, cache), printed.notes)


def _printed(book: Book, project: Project, options: Options, cache: Cache, progress: Progress) -> Noted[Printed]:
    """Pages are laid out for it whatever else is built; what is amiss with them is said where they are asked for."""
    from booklet.epub import Printed

    edition = project.config.epub.page_list
    try:
        cover = editions.cover(book, project, options, cache)
        pages = None if edition == "none" else editions.pages(book, project, edition, options, cache, progress).value
    except BookletError as problem:
        if problem.exit != Exit.DEPENDENCY:
            raise
        message = f"the e-book has a plain cover and no page list, for no page can be laid out: {problem}"
        return Noted(Printed(), (finding("epub/no-pages", message, hint=problem.diagnostic.hint),))
    return Noted(Printed(cover, pages.page_map(edition) if pages else None))

"""The story on one page: collect → convert → bind → compose → lay out → link → publish."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

from booklet.built import Built, counts, may_come, unless_known
from booklet.cache import Cache, tool
from booklet.collect import Wanted, collect
from booklet.config import Project
from booklet.convert import assets, bind, chapter, dialect, pandoc
from booklet.convert.ast import Nodes
from booklet.convert.draft import Options as Reading
from booklet.diagnostics import BookletError, Diagnostic, Exit, Noted, finding, nested
from booklet.model import Artifact, Book, Chapter, Collected, Formula, Json, Post, Site
from booklet.options import Options, Progress, Silent
from booklet.shortcodes import Page, Table, expand
from booklet.shortcodes.files import SiteFiles

if TYPE_CHECKING:
    from booklet.epub import Printed
    from booklet.pdf.model import Linked, Piece, Plan
    from booklet.theme import Theme

AST = "ast/1"
PAGES = "pages/1"
LINKED = "linked/1"
COVER = "cover/1"
DIAGRAM = "diagram/1"
MERMAID = ("mmdc", "--input", "in.mmd", "--output", "out.png", "--scale", "3", "--backgroundColor", "white", "--quiet")


def collected(project: Project, options: Options) -> Noted[Collected]:
    """The posts of the book, in order."""
    wanted = Wanted(options.clock, options.language, options.drafts, options.future, options.expired)
    return collect(project.root, project.config, wanted)


def bound(project: Project, options: Options, cache: Cache, progress: Progress) -> Noted[Book]:
    """The book: every post converted, all of them bound together."""
    found = collected(project, options)
    posts = found.value
    notes: list[Diagnostic] = list(found.notes)
    chapters: list[Chapter] = []
    services = _services(project, options, cache)
    table = _shortcodes(project)
    read = functools.partial(_parsed, site=posts.site, project=project, table=table, cache=cache)
    with progress.stage("reading", len(posts.posts)) as step, ThreadPoolExecutor(options.jobs) as pool:
        for post, parsed in zip(posts.posts, pool.map(read, posts.posts), strict=True):
            with _shallow(post.path):
                made = chapter.finish(post, posts.site, _reading(project), parsed.value, services)
            chapters.append(made.value)
            notes += parsed.notes
            notes += made.notes
            step.advance()
    volume = bind.Volume(posts.title, slug(project, posts), posts.site.language)
    book = bind.bind(posts, chapters, project.config, volume)
    return Noted(book.value, (*notes, *book.notes))


@contextmanager
def _shallow(path: str) -> Iterator[None]:
    """Pandoc's tree is walked recursively: what is nested hundreds of times is an error."""
    try:
        yield
    except RecursionError:
        raise nested(path) from None


def build(project: Project, options: Options, cache: Cache, progress: Progress) -> Noted[Built]:
    """The files that were asked for, or those of the last run if nothing has changed since. Nothing is written yet."""
    return unless_known(project, options, cache, lambda: _built(project, options, cache, progress))


def _built(project: Project, options: Options, cache: Cache, progress: Progress) -> Noted[Built]:
    book = bound(project, options, cache, progress)
    made: list[Artifact] = []
    notes = list(book.notes)
    for wanted, back_end in ((options.pdf, _pdf), (options.epub, _epub)):
        if wanted:
            result = back_end(book.value, project, options, cache, progress)
            made += result.value
            notes += result.notes
    return Noted(Built(tuple(made), counts(book.value), may_come(book.value)), tuple(notes))


def _shortcodes(project: Project) -> Table:
    from booklet import theme
    from booklet.shortcodes.templates import rows

    return Table(rows(theme.load(project.config.book.theme, project.root), project.root), dialect.code)


def _parsed(post: Post, *, site: Site, project: Project, table: Table, cache: Cache) -> Noted[Nodes]:
    """The post's AST: shortcodes done (included files are in the key so), then pandoc, which a thread can wait for."""
    files = SiteFiles(project.root, post.path, (site.content, "assets", *site.static, "."))
    page = Page(post.front, site.params, post.language, files)
    reading = _reading(project)
    with _shallow(post.path):
        body = expand(post.body, post.path, post.body_line, page, table)
        values = (post, site, reading, body.value)
        inputs = [tool(), pandoc.version(), *(json.dumps(asdict(value), sort_keys=True) for value in values)]
        parsed = cache.remember_json(AST, inputs, lambda: chapter.parse(post, site, reading, body.value))
    return Noted(parsed.value, body.notes + parsed.notes)


def _reading(project: Project) -> Reading:
    config = project.config
    macros = tuple(sorted(config.maths.macros.items()))
    return Reading(config.questions.patterns, config.questions.tail, config.maths.escapes, macros)


def _services(project: Project, options: Options, cache: Cache) -> chapter.Services:
    from booklet import maths, outside

    asked = maths.Options(project.config.maths.macros)

    def draw(requests: Sequence[tuple[tuple[str, ...], bool]]) -> list[maths.Rendered]:
        return maths.render([maths.Request(readings, display) for readings, display in requests], asked, cache)

    def remote(address: str) -> bytes:
        if options.offline and not cache.has("remote/1", [address]):
            raise assets.Offline
        return cache.remember("remote/1", [address], lambda: outside.fetch(address))

    library = assets.Library(project.root, cache.store, remote)
    return chapter.Services(draw, library.resolve, maths.goldmark, functools.partial(_diagram, cache=cache))


def _diagram(text: str, *, cache: Cache) -> bytes | None:
    """A mermaid diagram as PNG, where mmdc is installed."""
    from booklet import outside

    if outside.program("mmdc") is None:
        return None
    return cache.remember(DIAGRAM, [text], lambda: outside.run(MERMAID, {"in.mmd": text.encode()}, "out.png"))


def _fold(project: Project, cache: Cache) -> Callable[[Formula, int], Json]:
    """Display formulas folded for a measure in em."""
    from booklet import maths

    asked = maths.Options(project.config.maths.macros)
    return lambda formula, em: maths.fold(formula.recipe, em, asked, cache)


def slug(project: Project, posts: Collected) -> str:
    """The stem of the output files: `book.slug`, else ASCII or pinyin of the title."""
    from booklet.collect.posts import slug as ascii_slug

    return project.config.book.slug or ascii_slug(posts.title)


def _pdf(book: Book, project: Project, options: Options, cache: Cache, progress: Progress) -> Noted[list[Artifact]]:
    pages = _pages(book, project, options, cache, progress)
    linked = pages.value
    name = f"{book.slug}{_language(book, project)}.pdf"
    made = Artifact("pdf", name, linked.pdf, book.language, "screen", None, project.config.book.paper, linked.pages)
    return Noted([made], pages.notes)


def _pages(book: Book, project: Project, options: Options, cache: Cache, progress: Progress) -> Noted[Linked]:
    """The linked pages of the book."""
    from booklet import theme
    from booklet.convert.contents import contents
    from booklet.pdf import compose
    from booklet.pdf.model import Plan

    config = project.config
    style = theme.load(config.book.theme, project.root)
    depth, links = config.pdf.toc_depth, config.pdf.links
    paper = compose.Options(config.book.paper, depth=depth, links=links, fold=_fold(project, cache))
    pieces = compose.compose(book, style, paper)
    laid, notes = _laid_out(pieces, style, options, cache, progress)
    plan = Plan(
        title=book.title,
        language=book.language,
        contents=contents(book, config.pdf.toc_depth),
        chapters=tuple(item.id for item in book.chapters),
        authors=book.authors,
        description=book.description,
        identifier=book.identifier,
        date=book.date,
    )
    linked = _linked(laid, plan, cache)
    return Noted(linked.value, (*notes, *linked.notes))


def _laid_out(
    pieces: Sequence[Piece],
    style: Theme,
    options: Options,
    cache: Cache,
    progress: Progress,
) -> tuple[list[str], list[Diagnostic]]:
    """The digest of every piece on its pages, in order. Only those that the cache lacks are set."""
    from booklet.pdf import lay_out, workers

    sheets = lay_out.Style(style.css("pdf"), style.folder)
    keys = [[tool(), lay_out.key(piece, sheets), style.digest] for piece in pieces]
    known = [cache.known_file(PAGES, key) for key in keys]
    stale = [piece for piece, found in zip(pieces, known, strict=True) if found is None]
    laid: list[str] = []
    notes: list[Diagnostic] = []
    setting = closing(workers.set_all(stale, sheets, cache.store, options.jobs))  # also when the run is interrupted
    with setting as made, progress.stage("setting", len(stale)) as step:
        for found, key in zip(known, keys, strict=True):
            done = found or cache.remember_file(PAGES, key, functools.partial(next, made))
            if found is None:
                step.advance()
            laid.append(done.value)
            notes += done.notes
    return laid, notes


def _linked(laid: Sequence[str], plan: Plan, cache: Cache) -> Noted[Linked]:
    """The finished PDF."""
    from booklet.pdf import link
    from booklet.pdf.model import LaidOut, Linked

    def join() -> Noted[bytes]:
        done = link.link([LaidOut.load(cache.store.get(digest)) for digest in laid], plan)
        return Noted(done.value.dump(), done.notes)

    finished = cache.remember_file(LINKED, [tool(), *laid, repr(plan)], join)
    return Noted(Linked.load(cache.store.get(finished.value)), finished.notes)


def _epub(book: Book, project: Project, options: Options, cache: Cache, progress: Progress) -> Noted[list[Artifact]]:
    from booklet import epub, theme

    config = project.config
    style = theme.load(config.book.theme, project.root)
    printed = _printed(book, project, options, cache, progress)
    asked = epub.Asked(config, _language(book, project), progress)
    return Noted(epub.artifacts(book, style, printed.value, asked, cache), printed.notes)


def _printed(book: Book, project: Project, options: Options, cache: Cache, progress: Progress) -> Noted[Printed]:
    """Pages are laid out for it whatever else is built; what is amiss with them is said where they are asked for."""
    from booklet.epub import Printed

    edition = project.config.epub.page_list
    try:
        cover = _cover(book, project, options, cache)
        pages = None if edition == "none" else _pages(book, project, options, cache, progress).value
    except BookletError as problem:
        if problem.exit != Exit.DEPENDENCY:
            raise
        message = f"the e-book has a plain cover and no page list, for no page can be laid out: {problem}"
        return Noted(Printed(), (finding("epub/no-pages", message, hint=problem.diagnostic.hint),))
    return Noted(Printed(cover, pages.page_map(edition) if pages else None))


def _cover(book: Book, project: Project, options: Options, cache: Cache) -> bytes:
    """The theme's cover as a picture."""
    from booklet import theme
    from booklet.pdf import compose
    from booklet.pdf.model import Plan
    from booklet.pdf.picture import picture

    config = project.config
    style = theme.load(config.book.theme, project.root)
    pieces = compose.compose(book, style, compose.Options(config.book.paper))
    laid, _ = _laid_out(pieces[:1], style, options, cache, Silent())
    alone = Plan(book.title, book.language, ())
    return cache.remember(COVER, [tool(), *laid], lambda: picture(_linked(laid, alone, cache).value.pdf))


def _language(book: Book, project: Project) -> str:
    """`.en` where the book is not in the configured language, so that twins can stand side by side."""
    from booklet.collect import languages

    usual = project.config.book.language or book.language
    return "" if languages.same(usual, book.language) else f".{book.language.split('-')[0]}"

"""The story on one page: collect → convert → bind → compose → lay out → link → publish."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from booklet.cache import Cache, tool
from booklet.collect import Wanted, collect
from booklet.config import Project
from booklet.convert import assets, bind, chapter, dialect, pandoc
from booklet.convert.draft import Options as Reading
from booklet.diagnostics import Diagnostic, Noted, nested
from booklet.model import Artifact, Book, Chapter, Collected, Formula, Json, Post, Site
from booklet.options import Options, Progress
from booklet.shortcodes import Page, Table, Traced, expand
from booklet.shortcodes.files import SiteFiles

if TYPE_CHECKING:
    from booklet.pdf.lay_out import Style
    from booklet.pdf.model import Piece, Plan

AST = "ast/1"
PAGES = "pages/1"
LINKED = "linked/1"
EPUB = "epub/1"


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
    with progress.stage("reading", len(posts.posts)) as step:
        for post in posts.posts:
            with _shallow(post.path):
                body = _expanded(post, posts.site, project, table)
                made = _chapter(post, body.value, posts.site, project, services, cache)
            notes += body.notes
            chapters.append(made.value)
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


@dataclass(frozen=True, slots=True)
class Built:
    """The book and its files."""

    book: Book
    artifacts: tuple[Artifact, ...]


def build(project: Project, options: Options, cache: Cache, progress: Progress) -> Noted[Built]:
    """The files that were asked for. Nothing is written yet: that is the caller's part."""
    book = bound(project, options, cache, progress)
    made: list[Artifact] = []
    notes = list(book.notes)
    for wanted, back_end in ((options.pdf, _pdf), (options.epub, _epub)):
        if wanted:
            result = back_end(book.value, project, options, cache, progress)
            made.append(result.value)
            notes += result.notes
    return Noted(Built(book.value, tuple(made)), tuple(notes))


def _shortcodes(project: Project) -> Table:
    from booklet import theme
    from booklet.shortcodes.templates import rows

    return Table(rows(theme.load(project.config.book.theme, project.root), project.root), dialect.code)


def _expanded(post: Post, site: Site, project: Project, table: Table) -> Noted[Traced]:
    """The post's body, its shortcodes done. It is a part of the next step's key, included files and all."""
    files = SiteFiles(project.root, post.path, (site.content, "assets", *site.static, "."))
    page = Page(post.front, getattr(site, "params", {}), post.language, files)
    return expand(post.body, post.path, post.body_line, page, table)


def _chapter(
    post: Post, body: Traced, site: Site, project: Project, services: chapter.Services, cache: Cache
) -> Noted[Chapter]:
    reading = _reading(project)
    inputs = [
        tool(),
        pandoc.version(),
        *(json.dumps(asdict(x), sort_keys=True) for x in (post, site, reading, body)),
    ]
    parsed = cache.remember_json(AST, inputs, lambda: chapter.parse(post, site, reading, body))
    done = chapter.finish(post, site, reading, parsed.value, services)
    return Noted(done.value, parsed.notes + done.notes)


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
    return chapter.Services(draw, library.resolve, maths.goldmark)


def _fold(project: Project, cache: Cache) -> Callable[[Formula, int], Json]:
    """Display formulas folded for a measure in em."""
    from booklet import maths

    asked = maths.Options(project.config.maths.macros)
    return lambda formula, em: maths.fold(formula.recipe, em, asked, cache)


def slug(project: Project, posts: Collected) -> str:
    """The stem of the output files: `book.slug`, else ASCII or pinyin of the title."""
    from booklet.collect.posts import slug as ascii_slug

    return project.config.book.slug or ascii_slug(posts.title)


def _pdf(book: Book, project: Project, options: Options, cache: Cache, progress: Progress) -> Noted[Artifact]:
    from booklet import theme
    from booklet.convert.contents import contents
    from booklet.pdf import compose, lay_out
    from booklet.pdf.model import Linked, Plan

    config = project.config
    style = theme.load(config.book.theme, project.root)
    paper = compose.Options(config.book.paper, depth=config.pdf.toc_depth, fold=_fold(project, cache))
    pieces = compose.compose(book, style, paper)
    sheets = lay_out.Style(style.css("pdf"), style.folder)
    keys = [[tool(), lay_out.key(piece, sheets), style.digest] for piece in pieces]
    laid, notes = _laid_out(pieces, keys, sheets, options, cache, progress)
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
    join = functools.partial(_linked, laid, plan, cache)
    finished = cache.remember_file(LINKED, [tool(), *laid, repr(plan)], join)
    linked = Linked.load(cache.store.get(finished.value))
    name = f"{book.slug}{_language(book, project)}.pdf"
    made = Artifact("pdf", name, linked.pdf, book.language, "screen", None, config.book.paper, linked.pages)
    return Noted(made, (*notes, *finished.notes))


def _laid_out(
    pieces: Sequence[Piece],
    keys: Sequence[Sequence[str]],
    sheets: Style,
    options: Options,
    cache: Cache,
    progress: Progress,
) -> tuple[list[str], list[Diagnostic]]:
    """The digest of every piece on its pages, in order. Only those that the cache lacks are set."""
    from booklet.pdf import workers

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


def _linked(laid: Sequence[str], plan: Plan, cache: Cache) -> Noted[bytes]:
    """The finished PDF, as the cache keeps it."""
    from booklet.pdf import link
    from booklet.pdf.model import LaidOut

    done = link.link([LaidOut.load(cache.store.get(digest)) for digest in laid], plan)
    return Noted(done.value.dump(), done.notes)


def _epub(book: Book, project: Project, options: Options, cache: Cache, progress: Progress) -> Noted[Artifact]:
    from booklet import theme
    from booklet.convert.contents import contents
    from booklet.epub import build as bind_epub

    style = theme.load(project.config.book.theme, project.root)
    tree = contents(book, project.config.pdf.toc_depth)

    def made() -> Noted[bytes]:
        return bind_epub(book, tree, style, cache.store.get, project.config.epub.maths)

    with progress.stage("e-book", 1) as step:
        done = cache.remember_file(
            EPUB, [tool(), style.digest, project.config.epub.maths, repr(book), repr(tree)], made
        )
        step.advance()
    name = f"{book.slug}{_language(book, project)}.epub"
    file = cache.store.get(done.value)
    return Noted(Artifact("epub", name, file, language=book.language, profile="standard"), done.notes)


def _language(book: Book, project: Project) -> str:
    """`.en` where the book is not in the configured language, so that twins can stand side by side."""
    from booklet.collect import languages

    usual = project.config.book.language or book.language
    return "" if languages.same(usual, book.language) else f".{book.language.split('-')[0]}"

"""The story on one page: collect → convert → bind → compose → lay out → link → publish."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from booklet import arrange, editions, ledger
from booklet.built import Built, counts, hash_unless_known, may_come, unless_known
from booklet.cache import Cache, tool
from booklet.collect import Wanted, collect
from booklet.config import Project
from booklet.convert import assets, bind, chapter, dialect, pandoc, stamp
from booklet.convert.draft import Options as Reading
from booklet.diagnostics import BookletError, Diagnostic, Exit, Noted, finding, nested
from booklet.model import Artifact, Book, Chapter, Collected, Json, Post, Site
from booklet.options import Options, Progress
from booklet.shortcodes import Page, Table, expand
from booklet.shortcodes.files import SiteFiles

if TYPE_CHECKING:
    from booklet.epub import Printed
    from booklet.export import Exported, Format

AST = "ast/1"
DIAGRAM = "diagram/1"
REMOTE = "remote/1"
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
    state = options.state or ledger.read(project.root)
    services = _services(project, options, state, cache)
    table = _shortcodes(project)
    known = (tool(), pandoc.version(), repr(posts.site), repr(_reading(project)))
    parse = functools.partial(_parsed, site=posts.site, project=project, table=table, known=known, cache=cache)
    read: list[Noted[Json]] = []
    with progress.stage("reading", len(posts.posts)) as step, ThreadPoolExecutor(options.jobs) as pool:
        for parsed in pool.map(parse, posts.posts):
            read.append(parsed)
            step.advance()
    _draw_ahead(posts, read, project, services, cache, options.jobs)
    for post, parsed in zip(posts.posts, read, strict=True):
        with _shallow(post.path):
            made = chapter.finish(post, posts.site, _reading(project), parsed.value, services)
        chapters.append(made.value)
        notes += parsed.notes + made.notes
    volume = bind.Volume(posts.title, slug(project, posts), posts.site.language)
    book = bind.bind(posts, chapters, project.config, volume, state.lock.book(volume.language))
    return Noted(stamp.stamped(book.value, state.ledger), (*notes, *book.notes))


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


def content_hash(project: Project, options: Options, cache: Cache, progress: Progress) -> str:
    """The book's, without reading it where nothing has changed since it was read last, the day aside."""
    found = collected(project, options).value
    chosen = repr(([post.path for post in found.posts], found.elsewhere))
    return hash_unless_known(project, options, chosen, cache, lambda: bound(project, options, cache, progress).value)


def _built(project: Project, options: Options, cache: Cache, progress: Progress) -> Noted[Built]:
    book = bound(project, options, cache, progress)
    made: list[Artifact] = []
    notes = [*book.notes, *arrange.shown(book.value, project).notes]
    for wanted, back_end in ((options.pdf, editions.artifacts), (options.epub, _epub)):
        if wanted:
            result = back_end(book.value, project, options, cache, progress)
            made += result.value
            notes += result.notes
    return Noted(Built(tuple(made), counts(book.value), may_come(book.value)), tuple(notes))


def _shortcodes(project: Project) -> Table:
    from booklet.shortcodes.templates import rows

    return Table(rows(editions.style(project), project.root), dialect.code)


def _parsed(
    post: Post, *, site: Site, project: Project, table: Table, known: Sequence[str], cache: Cache
) -> Noted[Json]:
    """The post's AST: shortcodes done (included files are in the key so), then pandoc, which a thread can wait for."""
    files = SiteFiles(project.root, post.path, (site.content, "assets", *site.static, "."))
    page = Page(post.front, site.params, post.language, files)
    reading = _reading(project)
    with _shallow(post.path):
        body = expand(post.body, post.path, post.body_line, page, table)
        inputs = [*known, repr(post), repr(body.value)]
        parsed = cache.remember_json(AST, inputs, lambda: chapter.parse(post, site, reading, body.value))
    return Noted(parsed.value, body.notes + parsed.notes)


def _draw_ahead(
    posts: Collected, read: Sequence[Noted[Json]], project: Project, services: chapter.Services, cache: Cache, jobs: int
) -> None:
    """Formulas in processes side by side, where there are many new ones."""
    from booklet import maths

    reading = _reading(project)
    asked = [
        [maths.Request(*item) for item in chapter.requests(post, posts.site, reading, parsed.value, services)]
        for post, parsed in zip(posts.posts, read, strict=True)
    ]
    maths.ahead(asked, maths.Options(project.config.maths.macros), cache, jobs)


def _reading(project: Project) -> Reading:
    config = project.config
    macros = tuple(sorted(config.maths.macros.items()))
    return Reading(config.questions.patterns, config.questions.tail, config.maths.escapes, macros)


def _services(project: Project, options: Options, state: ledger.State, cache: Cache) -> chapter.Services:
    from booklet import maths

    asked = maths.Options(project.config.maths.macros)
    remote = functools.partial(fetched, project=project, options=options, state=state, cache=cache)

    def draw(requests: Sequence[tuple[tuple[str, ...], bool]]) -> list[maths.Rendered]:
        return maths.render([maths.Request(readings, display) for readings, display in requests], asked, cache)

    library = assets.Library(project.root, cache.store, remote)
    return chapter.Services(draw, library.resolve, maths.goldmark, functools.partial(_diagram, cache=cache))


def fetched(address: str, project: Project, options: Options, state: ledger.State, cache: Cache) -> bytes:
    """A picture of the network: as it was released, else as the cache has it. OSError, Offline where there is none."""
    from booklet import outside

    kept = ledger.picture(project.root, state, address)
    if kept is not None:
        return kept
    if options.offline and not cache.has(REMOTE, [address]):
        raise assets.Offline
    return cache.remember(REMOTE, [address], lambda: outside.fetch(address))


def _diagram(text: str, *, cache: Cache) -> bytes | None:
    """A mermaid diagram as PNG, where mmdc is installed."""
    from booklet import outside

    if outside.program("mmdc") is None:
        return None
    return cache.remember(DIAGRAM, [text], lambda: outside.run(MERMAID, {"in.mmd": text.encode()}, "out.png"))


def slug(project: Project, posts: Collected) -> str:
    """The stem of the output files: `book.slug`, else ASCII or pinyin of the title."""
    from booklet.collect.posts import slug as ascii_slug

    return project.config.book.slug or ascii_slug(posts.title)


def export(project: Project, format_: Format, options: Options, cache: Cache, progress: Progress) -> Noted[Exported]:
    """The book's questions for another program. Nothing is written yet."""
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

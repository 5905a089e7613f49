"""The editions of the PDF: composed, laid out piece by piece, linked; a booklet is folded from print's."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import TYPE_CHECKING

from booklet import arrange
from booklet.cache import Cache, tool
from booklet.config import Project
from booklet.convert import apart, assets
from booklet.diagnostics import Diagnostic, Noted, failure
from booklet.model import Artifact, Book, Entry, Formula, Json
from booklet.options import Options, Progress, Silent

if TYPE_CHECKING:
    from booklet import maths
    from booklet.pdf.compose import Options as PageOptions
    from booklet.pdf.joining import Joining
    from booklet.pdf.model import Linked, Order, Plan
    from booklet.pdf.workers import Press
    from booklet.theme import Theme

IMPOSED = "imposed/1"
COVER = "cover/1"
DOTS = {"screen": 150}
"""Dots per inch that a picture of an edition needs; PRINTED where it is for paper."""
PRINTED = 300


def artifacts(
    book: Book, project: Project, options: Options, cache: Cache, progress: Progress
) -> Noted[list[Artifact]]:
    """One file for each edition that is asked for."""
    made: list[Artifact] = []
    notes: list[Diagnostic] = []
    for edition in dict.fromkeys(options.editions or project.config.pdf.editions):
        one = _folded if edition == "booklet" else _edition
        done = one(book, project, edition, options, cache, progress)
        made.append(done.value)
        notes += [note for note in done.notes if note not in notes]
    return Noted(made, tuple(notes))


def _edition(
    book: Book, project: Project, edition: str, options: Options, cache: Cache, progress: Progress
) -> Noted[Artifact]:
    """A file to be read as it is: its pages in order."""
    linked = pages(book, project, edition, options, cache, progress)
    ending = "" if edition == "screen" else f"-{edition}"
    return Noted(_artifact(book, project, edition, ending, linked.value.pdf, linked.value.pages), linked.notes)


def _folded(
    book: Book, project: Project, edition: str, options: Options, cache: Cache, progress: Progress
) -> Noted[Artifact]:
    """The print pages two up on sheets, to be folded and stitched."""
    from booklet.pdf import impose

    config = project.config.pdf
    linked = pages(book, project, "print", options, cache, progress, trimmed=False)
    folding = impose.Folding(config.signature, config.creep, config.duplex)
    inputs: list[bytes | str] = [tool(), linked.value.pdf, repr(folding)]
    made = cache.remember(IMPOSED, inputs, lambda: impose.impose(linked.value.pdf, folding))
    sheets = impose.sides(linked.value.pages, folding)
    return Noted(_artifact(book, project, edition, "-booklet", made, sheets), linked.notes)


def _artifact(book: Book, project: Project, edition: str, ending: str, data: bytes, pages: int) -> Artifact:
    name = f"{book.slug}{ending}{suffix(book, project)}.pdf"
    return Artifact("pdf", name, data, book.language, edition, None, project.config.book.paper, pages)


def pages(
    book: Book,
    project: Project,
    edition: str,
    options: Options,
    cache: Cache,
    progress: Progress,
    trimmed: bool = True,
) -> Noted[Linked]:
    """The linked pages of an edition. `trimmed`: with the bleed and the marks of pages that will be cut."""
    from booklet.pdf import compose
    from booklet.pdf.joining import Joining

    look = style(project)
    book = arrange.arranged(book, project, edition, options, look)
    asked = _asked(book, project, edition, cache, trimmed)
    orders = list(compose.orders(book, look, asked))
    joining = Joining(orders, cache)
    laid, notes = _laid_out(orders, look, asked, project, options, joining, progress)
    with progress.stage("linking", 1) as step:
        linked = joining.linked(laid, _plan(book, project, asked, look))
        step.advance()
    return Noted(linked.value, (*notes, *linked.notes))


def _asked(book: Book, project: Project, edition: str, cache: Cache, trimmed: bool = True) -> PageOptions:
    """What the configuration says of an edition's pages."""
    from booklet import study
    from booklet.pdf.compose import Options as PageOptions

    config, questions = project.config, project.config.questions
    mixed = edition == "quiz" and questions.shuffle is not None
    bleed = config.pdf.bleed if edition == "print" and trimmed else 0
    return PageOptions(
        paper=config.book.paper,
        edition=edition,
        depth=config.pdf.toc_depth,
        fold=_fold(project, cache),
        links=config.pdf.links,
        bleed=bleed,
        cover=_own_cover(project, cache),
        trimmed=trimmed,
        lines=questions.unanswered == "lines",
        plan=questions.plan,
        since=questions.since,
        order=study.shuffled(book, questions.shuffle or 0) if mixed else (),
    )


def _own_cover(project: Project, cache: Cache) -> str | None:
    """The address of the author's own cover. BookletError for a file that cannot be one."""
    from booklet.convert.pictures import extension

    name = project.config.book.cover
    if name is None:
        return None
    try:
        data, media, *_ = assets.inspect(assets.inside(project.root, name).read_bytes())
    except (OSError, assets.Rejected) as problem:
        said = "it is not there" if isinstance(problem, FileNotFoundError) else str(problem)
        where = project.place("book", "cover")
        raise failure("config/cover", f"the cover {name} cannot be used: {said}", where) from None
    return f"asset:{cache.store.put(data)}.{extension(media)}"


def _plan(book: Book, project: Project, asked: PageOptions, look: Theme) -> Plan:
    """What the linker must know of the whole book."""
    from booklet.convert.contents import after, contents
    from booklet.pdf.compose.back import matter
    from booklet.pdf.compose.labels import numbers
    from booklet.pdf.model import Plan

    words = look.words(book.language)
    chapters = contents(book, asked.depth)
    chapters = tuple(map(_answered, chapters)) if asked.edition == "answers" else chapters
    return Plan(
        title=f"{book.title}　{words[f'edition_{asked.edition}']}" if asked.edition in arrange.STUDY else book.title,
        language=book.language,
        contents=(*chapters, *after(book, words["answers"]), *matter(words)),
        chapters=_numbers(book),
        authors=book.authors,
        description=book.description,
        identifier=book.identifier,
        date=book.released or book.date,
        version=book.version,
        two_sided=asked.two_sided,
        tabs=look.papers[asked.paper].tabs,
        cited=numbers(book),
        marks=_marks(book),
        crop_marks=project.config.pdf.crop_marks and asked.edition == "print" and asked.trimmed,
    )


def _answered(entry: Entry) -> Entry:
    """The entry with its answers in the place of its questions."""
    moved = f"{entry.id}{apart.ENDING}" if entry.kind == "question" else entry.id
    return replace(entry, id=moved, children=tuple(map(_answered, entry.children)))


def _numbers(book: Book) -> dict[str, int]:
    """Of each piece that belongs to a chapter: the chapter's number."""
    numbers = {chapter.id: number for number, chapter in book.numbered}
    return numbers | {chapter.id: numbers[chapter.answers_to] for chapter in book.answers}


def _marks(book: Book) -> dict[str, str]:
    """What the fore-edge calls a question, and its answer where that stands apart."""
    from booklet.pdf.compose.labels import numbering

    asked = {name: number for chapter in book.chapters for name, number in numbering(chapter).items()}
    return asked | {f"{name}{apart.ENDING}": number for name, number in asked.items()}


def style(project: Project) -> Theme:
    from booklet import theme

    return theme.of(project)


def _laid_out(
    orders: Sequence[Order],
    look: Theme,
    asked: PageOptions,
    project: Project,
    options: Options,
    joining: Joining,
    progress: Progress,
) -> tuple[list[str], list[Diagnostic]]:
    """The digest of every piece on its pages, in order. Only what has changed is composed and set."""
    from booklet import fonts
    from booklet.pdf import engine, lay_out, workers

    own = fonts.own(look.folders, project.config.pdf.fonts, project.root)
    targets = ("pdf", "screen", "study") if asked.edition in arrange.STUDY else ("pdf", asked.edition)
    dots = DOTS.get(asked.edition, PRINTED)
    sheets = lay_out.Style(look.css(*targets, paper=asked.paper), look.folders, own, dots)
    macros = repr(sorted(project.config.maths.macros.items()))
    press = workers.Press(sheets, joining.cache, (tool(), look.digest, macros))
    laid: dict[int, Noted[str]] = {}
    with progress.stage("setting", len(orders)) as step:
        for number, order in enumerate(orders):
            found = workers.known(order, press)
            if found is not None:
                laid[number] = found
                step.advance(False)
        stale = [number for number in range(len(orders)) if number not in laid]
        with _setting([orders[number] for number in stale], press, options) as made:
            if stale:
                engine.load()  # for the fonts of the book
                for number, known in laid.items():
                    joining.give(number, known.value)
            for number in stale:
                laid[number], pages = next(made)
                step.advance(True)
                progress.count("pages", pages)
                joining.give(number, laid[number].value)
    done = [laid[number] for number in range(len(orders))]
    return [one.value for one in done], [note for one in done for note in one.notes]


def _setting(
    orders: Sequence[Order], press: Press, options: Options
) -> AbstractContextManager[Iterator[tuple[Noted[str], int]]]:
    """Whoever sets pieces: processes of this machine, or a cluster."""
    from booklet.pdf import workers

    if not options.executor:
        return workers.set_all(orders, press, options.jobs)
    from booklet.pdf import cluster

    return cluster.set_all(orders, press, options.executor)


def _fold(project: Project, cache: Cache) -> Callable[[Formula, int], Json]:
    """Display formulas folded for a measure in em: what a process of its own can be given."""
    from booklet import maths

    return functools.partial(_narrowed, maths.Options(project.config.maths.macros), cache)


def _narrowed(asked: maths.Options, cache: Cache, formula: Formula, em: int) -> Json:
    from booklet import maths

    return maths.fold(formula.recipe, em, asked, cache)


def cover(book: Book, project: Project, options: Options, cache: Cache) -> bytes:
    """The theme's cover as a picture."""
    from booklet.pdf import compose
    from booklet.pdf.joining import Joining
    from booklet.pdf.model import Order, Plan
    from booklet.pdf.picture import picture

    book = arrange.shown(book, project).value
    look, asked = style(project), _asked(book, project, "screen", cache)
    order = Order("cover", functools.partial(compose.cover_piece, book, look, asked))
    joining = Joining([order], cache)
    laid, _ = _laid_out([order], look, asked, project, options, joining, Silent())
    alone = Plan(book.title, book.language, ())
    return cache.remember(COVER, [tool(), *laid], lambda: picture(joining.linked(laid, alone).value.pdf))


def suffix(book: Book, project: Project) -> str:
    """`.en` where the book is not in the language of the project, or else of its site: twins stand side by side."""
    from booklet.collect import languages, site

    config = project.config
    usual = config.book.language or site.read(project.root, config.collect.content).site.language
    apart = usual != site.UNKNOWN and not languages.same(usual, book.language)
    return f".{book.language.split('-')[0]}" if apart else ""

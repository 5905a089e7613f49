"""One post → one chapter: read, pass, draw, fetch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from booklet.convert import ast, dialect, gather, pandoc, passes, places
from booklet.convert.ast import Nodes
from booklet.convert.dialect.maths import readings
from booklet.convert.draft import Context, Options
from booklet.convert.pictures import place
from booklet.diagnostics import Diagnostic, Location, Noted, finding
from booklet.model import Asset, Chapter, Formula, Json, Post, Site
from booklet.shortcodes.traced import Traced

DEEPEST = 240
"""Levels of pandoc's JSON: eighty lists in one another. Everything after it walks trees recursively."""
Formulas = tuple[Formula, ...]


class Draw(Protocol):
    """Formulas of one chapter, in order → their renderings (`booklet.maths.render` with its options bound)."""

    def __call__(self, requests: Sequence[tuple[tuple[str, ...], bool]]) -> Sequence[Drawn]: ...


class Drawn(Protocol):
    """A rendered formula, as `booklet.maths` gives it."""

    @property
    def tex(self) -> str: ...
    @property
    def mathml(self) -> str | None: ...
    @property
    def drawing(self) -> Json: ...
    @property
    def error(self) -> str | None: ...
    @property
    def warnings(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Services:
    """The effects that a conversion needs."""

    draw: Draw
    pictures: Callable[[Sequence[tuple[str, int]], Post, Site], Noted[tuple[Asset, ...]]]
    goldmark: Callable[[str], str]


def parse(post: Post, site: Site, options: Options, body: Traced) -> Noted[Nodes]:
    """The post's AST after all passes; pictures and formulas are still as the author wrote them.

    `body` is the post's, its shortcodes done.  RecursionError for what lies deeper than DEEPEST, at a depth that does
    not depend on who calls.
    """
    source = dialect.rewrite(body, post.path)
    context = Context(post, site, options, source.value)
    read = pandoc.read(source.value.text)
    if ast.deeper(read, DEEPEST):
        raise RecursionError
    result = passes.run(read, context)
    return Noted(result.value, source.notes + result.notes)


def finish(post: Post, site: Site, options: Options, parsed: Nodes, services: Services) -> Noted[Chapter]:
    """The chapter: pictures fetched, formulas drawn, ids final but for collisions with other chapters."""
    pictured = place(parsed, post, site, services.pictures)
    drawn = _draw(pictured.value.blocks, post, site, options, services)
    blocks, formulas = drawn.value
    marked = gather.scoped(gather.identified(blocks), post.chapter_id)
    chapter = Chapter(
        id=post.chapter_id,
        title=post.title,
        path=post.path,
        language=post.language,
        blocks=gather.cleaned(marked),
        headings=gather.headings(marked, post.path),
        formulas=formulas,
        assets=pictured.value.assets,
        date=post.date,
        lastmod=post.lastmod,
        description=post.description,
        authors=post.authors,
        tags=post.tags,
        words=gather.words(marked),
        anchors=tuple(gather.anchors(marked).items()),
        places=places.places(marked, post.body, post.body_line),
    )
    return Noted(chapter, pictured.notes + drawn.notes)


def _draw(blocks: Nodes, post: Post, site: Site, options: Options, services: Services) -> Noted[tuple[Nodes, Formulas]]:
    """Every formula rendered; its span gets its index as `n`, its `Math` the TeX that was rendered."""
    spans = [item for item in ast.of(blocks, "Span") if ast.has_class(item, "formula")]
    written = [_written(item) for item in spans]
    requests = [
        (readings(tex, services.goldmark(tex), options.escapes, site.passthrough), display)
        for tex, display, _ in written
    ]
    formulas: list[Formula] = []
    notes: list[Diagnostic] = []
    for (_, display, line), drawn in zip(written, services.draw(requests), strict=True):
        formulas.append(Formula(drawn.tex, display, post.path, line, drawn.mathml, drawn.drawing, drawn.error))
        notes += _faults(drawn, Location(post.path, line))
    return Noted((_numbered(blocks, formulas), tuple(formulas)), tuple(notes))


def _written(span: ast.Node) -> tuple[str, bool, int]:
    kind, tex = span["c"][1][0]["c"]
    return tex, kind["t"] == "DisplayMath", int(ast.value(span, "line") or 1)


def _faults(drawn: Drawn, where: Location) -> list[Diagnostic]:
    notes = [finding("maths/suspicious", message, where) for message in drawn.warnings]
    if drawn.error:
        hint = "correct the TeX; until then the book shows it as it is written, in a box"
        notes.append(finding("maths/undefined", drawn.error, where, hint))
    return notes


def _numbered(blocks: Nodes, formulas: Sequence[Formula]) -> Nodes:
    """`rewrite` goes through siblings and children in reading order, as `ast.of` does: formulas hold no formulas."""
    numbers = iter(range(len(formulas)))

    def visit(item: ast.Node) -> ast.Node | None:
        if item["t"] != "Span" or not ast.has_class(item, "formula"):
            return None
        n = next(numbers)
        math = ast.node("Math", item["c"][1][0]["c"][0], formulas[n].tex)
        return ast.span(["formula"], [math], n=str(n))

    result: Nodes = ast.rewrite(blocks, visit)
    return result

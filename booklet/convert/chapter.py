"""One post → one chapter: read, pass, draw, fetch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from booklet.convert import ast, diagrams, dialect, formulas, gather, pandoc, passages, passes, places, terms
from booklet.convert.ast import Nodes
from booklet.convert.draft import Context, Options
from booklet.convert.held import kept
from booklet.convert.passes.placeholders import told
from booklet.convert.pictures import place
from booklet.diagnostics import Noted
from booklet.model import Asset, Body, Chapter, Post, Site
from booklet.shortcodes.traced import Traced

DEEPEST = 240
"""Levels of pandoc's JSON: eighty lists in one another. Everything after it walks trees recursively."""


@dataclass(frozen=True, slots=True)
class Services:
    """The effects that a conversion needs."""

    draw: formulas.Draw
    pictures: Callable[[Sequence[tuple[str, int]], Post, Site], Noted[tuple[Asset, ...]]]
    goldmark: Callable[[str], str]
    diagram: diagrams.Draw


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


def requests(post: Post, site: Site, options: Options, parsed: Nodes, services: Services) -> list[formulas.Asked]:
    """The formulas that `finish` will have drawn."""
    return formulas.requests(parsed, _reader(post, site, options, services))


def _reader(post: Post, site: Site, options: Options, services: Services) -> formulas.Reader:
    return formulas.Reader(post, site, options.escapes, services.goldmark)


def finish(post: Post, site: Site, options: Options, parsed: Nodes, services: Services) -> Noted[Chapter]:
    """The chapter: pictures fetched, formulas drawn, ids final but for collisions with other chapters."""
    diagrammed = diagrams.drawn(parsed, post, services.diagram)
    pictured = place(diagrammed.value, post, site, services.pictures)
    picture = _opening(post, site, services)
    drawn = formulas.drawn(pictured.value.blocks, _reader(post, site, options, services), services.draw)
    shown, rendered = drawn.value
    marked = gather.scoped(gather.identified(shown), post.chapter_id)
    blocks, headings = gather.cleaned(marked), gather.headings(marked, post.path)
    headings = gather.told(headings, blocks)
    chapter = Chapter(
        id=post.chapter_id,
        title=post.title,
        path=post.path,
        language=post.language,
        body=kept(Body(blocks, rendered, places.places(marked, post.body, post.body_line))),
        content=passages.said(blocks, rendered, post.chapter_id),
        opener=post.opener,
        picture=picture,
        headings=headings,
        titled=gather.titled(headings, rendered),
        drawn=len(rendered),
        assets=(*((picture,) if picture else ()), *pictured.value.assets),
        date=post.date,
        lastmod=post.lastmod,
        url=_published(post, site),
        description=told(post.description, post.title),
        authors=post.authors,
        tags=post.tags,
        words=gather.words(marked),
        anchors=tuple(gather.anchors(marked).items()),
        passages=passages.passages(blocks, post.chapter_id, post.title, headings),
        said=gather.answers(headings, blocks),
        leads=passages.leads(blocks, post.chapter_id, headings),
    )
    return Noted(terms.tagged(chapter), diagrammed.notes + pictured.notes + drawn.notes)


def _published(post: Post, site: Site) -> str:
    """The post's absolute address. A site may lie in a folder of its host."""
    if not post.url.startswith("/"):
        return post.url
    return f"{site.base_url.rstrip('/')}{post.url}" if site.base_url else ""


def _opening(post: Post, site: Site, services: Services) -> Asset | None:
    """The opener's picture: the first of those that the front matter names which is there; silently none."""
    named = post.opener.pictures
    found = (services.pictures([(name, 1)], post, site).value[0] for name in named)
    return next((asset for asset in found if asset.status == "ok"), None)

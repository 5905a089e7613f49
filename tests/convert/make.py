"""Chapters from Markdown in a test's own words, with the effects replaced."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from booklet import shortcodes
from booklet.convert import chapter, dialect
from booklet.convert.draft import Options
from booklet.diagnostics import Noted
from booklet.model import Asset, Chapter, Post, Site


@dataclass(frozen=True)
class Drawn:
    tex: str
    mathml: str | None = "<math/>"
    drawing: object = None
    error: str | None = None
    warnings: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    recipe: object = None


def goldmark(tex: str) -> str:
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", tex)


def draw(requests: Sequence[tuple[tuple[str, ...], bool]]) -> list[Drawn]:
    return [Drawn(readings[0]) for readings, _ in requests]


def pictures(references: Sequence[tuple[str, int]], post: Post, site: Site) -> Noted[tuple[Asset, ...]]:
    """A source that holds `missing` is missing; any other is there, its digest the source's letters."""
    return Noted(tuple(_asset(source, line, post.path) for source, line in references))


def _asset(source: str, line: int, path: str) -> Asset:
    if "missing" in source:
        return Asset(source, "missing", path, line)
    return Asset(source, "ok", path, line, re.sub(r"\W", "", source), "image/png", 100, 50)


class Texts:
    """The files of the site that a shortcode may name."""

    def read(self, name: str) -> str | None:
        return {"part.md": "---\ntitle: x\n---\n\n插入的 *文字*。\n"}.get(name)

    def find(self, pattern: str) -> tuple[str, ...]:
        return ("g/1.png", "g/2.png") if pattern.startswith("g/") else ()


def diagram(text: str) -> bytes | None:
    """A diagram that says `draw` is drawn, one that says `fail` fails, any other has no program."""
    if "fail" in text:
        raise OSError("Parse error on line 1")
    return b"picture" if "draw" in text else None


SERVICES = chapter.Services(draw, pictures, goldmark, diagram)


def post(body: str, **fields: object) -> Post:
    usual = {
        "path": "content/posts/a.md",
        "title": "面试题-甲",
        "language": "zh-Hans",
        "chapter_id": "a",
        "body_line": 1,
    }
    return Post(**{**usual, **fields, "body": body})  # type: ignore[arg-type]


def convert(body: str, site: Site | None = None, options: Options | None = None, **fields: object) -> Noted[Chapter]:
    """The chapter of a post with this body, and everything that was noticed."""
    where = site or Site("content", "zh-Hans", "https://example.org/", passthrough=False)
    asked = options or Options()
    written = post(body, **fields)
    page = shortcodes.Page(written.front, {"answer": 42}, written.language, Texts())
    table = shortcodes.Table(shortcodes.ROWS, dialect.code)
    expanded = shortcodes.expand(written.body, written.path, written.body_line, page, table)
    parsed = chapter.parse(written, where, asked, expanded.value)
    done = chapter.finish(written, where, asked, parsed.value, SERVICES)
    return Noted(done.value, expanded.notes + parsed.notes + done.notes)

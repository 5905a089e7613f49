"""A post → its chapter, and all that this asked of the world outside, so that a later run can ask again."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from booklet import ledger
from booklet.cache import Cache, key, tool
from booklet.config import Project
from booklet.convert import assets, chapter, dialect, pandoc
from booklet.convert.draft import Options as Reading
from booklet.diagnostics import Noted, nested
from booklet.model import Asset, Chapter, Post, Site
from booklet.shortcodes import Page, Table, expand
from booklet.shortcodes.files import SiteFiles

DIAGRAM = "diagram/1"
REMOTE = "remote/1"
MERMAID = ("mmdc", "--input", "in.mmd", "--output", "out.png", "--scale", "3", "--backgroundColor", "white", "--quiet")
Answer = tuple[str, list[Any], str]
"""What was asked (text, names, picture, diagram), about what, and the digest of the answer."""


@dataclass(frozen=True, slots=True)
class Desk:
    """All that is the same for every post of a run. `key`: a digest of it."""

    key: str
    project: Project = field(compare=False)
    site: Site = field(compare=False)
    cache: Cache = field(compare=False)
    offline: bool = field(compare=False)
    state: ledger.State = field(compare=False)
    """What was published before, pictures of the network among it."""


def desk(project: Project, site: Site, cache: Cache, offline: bool, state: ledger.State) -> Desk:
    parts = [tool(), pandoc.version(), repr(site), repr(options(project)), _shortcodes(project)]
    return Desk(key(parts), project, site, cache, offline, state)


def options(project: Project) -> Reading:
    config = project.config
    macros = tuple(sorted(config.maths.macros.items()))
    return Reading(config.questions.patterns, config.questions.tail, config.maths.escapes, macros)


def read(post: Post, at: Desk) -> Noted[tuple[Chapter, list[Answer]]]:
    """The chapter, and what its reading depended on beside the post and the desk."""
    world = World(post, at)
    page = Page(post.front, at.site.params, post.language, world)
    reading = options(at.project)
    services = chapter.Services(_draw(at), world.pictures, _goldmark, world.diagram)
    with _shallow(post.path):
        body = expand(post.body, post.path, post.body_line, page, _table(at))
        parsed = chapter.parse(post, at.site, reading, body.value)
        made = chapter.finish(post, at.site, reading, parsed.value, services)
    return Noted((made.value, world.asked), body.notes + parsed.notes + made.notes)


@contextmanager
def _shallow(path: str) -> Iterator[None]:
    """Pandoc's tree is walked recursively: what is nested hundreds of times is an error."""
    try:
        yield
    except RecursionError:
        raise nested(path) from None


class World:
    """The files, pictures and programs outside, for one post. `asked`: what it was asked, and what it answered."""

    def __init__(self, post: Post, at: Desk) -> None:
        self.post, self.at = post, at
        site = at.site
        self.files = SiteFiles(at.project.root, post.path, (site.content, "assets", *site.static, "."))
        self.library = assets.Library(at.project.root, at.cache.store, self._remote)
        self.asked: list[Answer] = []

    def read(self, name: str) -> str | None:
        text: str | None = self._ask("text", [name])
        return text

    def find(self, pattern: str) -> tuple[str, ...]:
        names: tuple[str, ...] = self._ask("names", [pattern])
        return names

    def pictures(self, references: Sequence[tuple[str, int]], post: Post, site: Site) -> Noted[tuple[Asset, ...]]:
        found = [self._ask("picture", [source, line]) for source, line in references]
        return Noted(tuple(a for one in found for a in one.value), tuple(n for one in found for n in one.notes))

    def diagram(self, text: str) -> bytes | None:
        """OSError says why it was not drawn."""
        answer = self._ask("diagram", [text])
        if isinstance(answer, str):
            raise OSError(answer)
        drawn: bytes | None = answer
        return drawn

    def same(self, asked: Sequence[Sequence[Any]]) -> bool:
        """Does it give the same answers again?"""
        return all(_said(self._answer(kind, about)) == said for kind, about, said in asked)

    def _ask(self, kind: str, about: list[Any]) -> Any:
        answer = self._answer(kind, about)
        self.asked.append((kind, about, _said(answer)))
        return answer

    def _answer(self, kind: str, about: Sequence[Any]) -> Any:
        if kind == "text":
            return self.files.read(*about)
        if kind == "names":
            return self.files.find(*about)
        if kind == "picture":
            return self.library.resolve([(about[0], about[1])], self.post, self.at.site)
        return _diagram(about[0], self.at.cache)

    def _remote(self, address: str) -> bytes:
        return fetched(address, self.at.project.root, self.at.offline, self.at.state, self.at.cache)


def fetched(address: str, root: Path, offline: bool, state: ledger.State, cache: Cache) -> bytes:
    """A picture of the network: as it was released, else as the cache has it. OSError, Offline where there is none."""
    from booklet import outside

    kept = ledger.picture(root, state, address)
    if kept is not None:
        return kept
    if offline and not cache.has(REMOTE, [address]):
        raise assets.Offline
    return cache.remember(REMOTE, [address], lambda: outside.fetch(address))


def _said(answer: Any) -> str:
    return key([answer if isinstance(answer, bytes) else repr(answer)])


def _diagram(text: str, cache: Cache) -> bytes | str | None:
    """A mermaid diagram as PNG, where mmdc is installed; why it was not drawn."""
    from booklet import outside

    if outside.program("mmdc") is None:
        return None
    try:
        return cache.remember(DIAGRAM, [text], lambda: outside.run(MERMAID, {"in.mmd": text.encode()}, "out.png"))
    except OSError as problem:
        return str(problem)


def _draw(at: Desk) -> Any:
    from booklet import maths

    asked = maths.Options(at.project.config.maths.macros)

    def draw(requests: Sequence[tuple[tuple[str, ...], bool]]) -> list[maths.Rendered]:
        return maths.render([maths.Request(readings, display) for readings, display in requests], asked, at.cache)

    return draw


def _goldmark(tex: str) -> str:
    from booklet import maths

    return maths.goldmark(tex)


@functools.lru_cache(maxsize=1)
def _table(at: Desk) -> Table:
    """The shortcodes of a project, put together once a process."""
    from booklet.shortcodes.templates import rows
    from booklet.theme import of

    return Table(rows(of(at.project), at.project.root), dialect.code)


def _shortcodes(project: Project) -> str:
    """A digest of the templates that make shortcodes."""
    from booklet.shortcodes.templates import files
    from booklet.theme import of

    return key(part for path in files(of(project), project.root) for part in (path.name, path.read_bytes()))

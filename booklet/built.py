"""What a run has made, and how a later run knows that it would make the same."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace

from booklet import outside, theme
from booklet.cache import Cache, key, tool
from booklet.config import Project
from booklet.diagnostics import Noted
from booklet.fingerprint import fingerprint
from booklet.model import Artifact, Book, Json
from booklet.options import Options

RUN = "run/1"
HASH = "hash/1"


@dataclass(frozen=True, slots=True)
class Built:
    """The files, and what is in them."""

    artifacts: tuple[Artifact, ...]
    counts: Mapping[str, int]
    open: bool = False
    """May the same input give more another time: a remote picture that could not be had?"""


def counts(book: Book) -> dict[str, int]:
    """How much of what is in the book."""
    return {
        "chapters": len(book.chapters),
        "questions": len(book.questions),
        "answered": sum(question.answered for question in book.questions),
        "formulas": sum(chapter.drawn for chapter in book.chapters),
        "images": sum(asset.status == "ok" for chapter in book.chapters for asset in chapter.assets),
    }


def may_come(book: Book) -> bool:
    """Is there a remote picture that could not be had, but may be had the next time?"""
    missing = (asset for chapter in book.chapters for asset in chapter.assets if asset.status == "missing")
    return any("://" in asset.source for asset in missing)


def unless_known(project: Project, options: Options, cache: Cache, make: Callable[[], Noted[Built]]) -> Noted[Built]:
    """What `make` gives; where no file, option or code has changed since the last run, what it gave then."""
    inputs = _everything(project, options, cache)
    known = cache.known_json(RUN, inputs)
    if known is not None:
        try:
            return Noted(_loaded(known.value, cache), known.notes)
        except KeyError:  # the store has lost a file
            cache.forget(RUN, inputs)
    done = make()
    if not done.value.open:
        cache.remember_json(RUN, inputs, lambda: Noted(_dumped(done.value, cache), done.notes))
    return done


def hash_unless_known(project: Project, options: Options, chosen: str, cache: Cache, make: Callable[[], Book]) -> str:
    """The content hash of the book that `make` gives; where nothing has changed since the last time, that one's.

    `chosen`: all that the day of the run decides.
    """
    reading = replace(options, clock=datetime.date.min, pdf=True, epub=True, editions=())
    inputs = [*_everything(project, reading, cache), chosen]
    known = cache.known_json(HASH, inputs)
    if known is not None:
        return str(known.value)
    book = make()
    if not may_come(book):
        cache.remember_json(HASH, inputs, lambda: Noted(book.content_hash))
    return book.content_hash


def _everything(project: Project, options: Options, cache: Cache) -> list[str]:
    """All that a run depends on."""
    record = cache.root / "files" / key([str(project.root)])
    files = fingerprint(project.root, (cache.root, options.output or project.root / "dist"), record)
    asked = repr(replace(options, jobs=1, executor="", output=None))
    return [
        tool(),
        outside.program("mmdc") or "",
        files,
        theme.load(project.config.book.theme, project.root).digest,
        repr(project.config),
        asked,
    ]


def _dumped(built: Built, cache: Cache) -> Json:
    """For the cache: the bytes lie in its store."""
    artifacts = [{**asdict(item), "data": cache.store.put(item.data)} for item in built.artifacts]
    return {"artifacts": artifacts, "counts": dict(built.counts)}


def _loaded(value: Json, cache: Cache) -> Built:
    artifacts = (Artifact(**{**item, "data": cache.store.get(item["data"])}) for item in value["artifacts"])
    return Built(tuple(artifacts), value["counts"])

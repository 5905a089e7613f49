"""Posts → chapters: from the cache where nothing that they depend on has changed, else read, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from typing import Any

from booklet import processes, reading
from booklet.config import Project
from booklet.convert.held import Kept, Stored
from booklet.diagnostics import BookletError, Diagnostic, Location, Noted, failure
from booklet.model import Chapter, Collected, Post
from booklet.options import Options, Progress
from booklet.reading import Desk, World
from booklet.values import plain, typed

CHAPTER = "chapter/1"
WORTH = 6
"""Posts. Fewer are read sooner than processes start (half a second; a post takes 0.1 s)."""
LONGEST = 600
"""Seconds for one post, pictures from the network and diagrams among them."""
Entry = tuple[Any, tuple[Diagnostic, ...]]
"""A chapter in JSON's types, its body by its digest, and what its reading asked; None, and why there is none."""


def chapters(
    posts: Collected, project: Project, options: Options, progress: Progress, desk: Desk
) -> list[Noted[Chapter]]:
    """Every post's chapter, in order, its body in the cache's store."""
    with progress.stage("reading", len(posts.posts)) as step:
        known = [_known(post, desk) for post in posts.posts]
        stale = [post for post, found in zip(posts.posts, known, strict=True) if found is None]
        with _read_all(stale, desk, options.jobs) as made:
            done: list[Noted[Chapter]] = []
            for found in known:
                done.append(found or next(made))
                step.advance(found is None)
                progress.count("formulas", 0 if found else done[-1].value.drawn)
    return done


@contextmanager
def _read_all(stale: Sequence[Post], desk: Desk, jobs: int) -> Iterator[Iterator[Noted[Chapter]]]:
    """BookletError for a post that cannot be read, or on which a process dies."""
    if jobs < 2 or len(stale) < WORTH or not processes.available():
        yield (_taken(work(post, desk), desk) for post in stale)
        return
    with processes.in_turn(jobs, work, [(post, desk) for post in stale], LONGEST) as made:
        yield (_read(post, made, desk) for post in stale)


def _read(post: Post, made: Iterator[Entry], desk: Desk) -> Noted[Chapter]:
    try:
        return _taken(next(made), desk)
    except processes.Died:
        hint = "look for what is unusually large there; run again with -j 1 --debug to see where it happens"
        message = f"the process that reads it died, or took over {LONGEST} s"
        raise failure("source/worker", message, Location(post.path), hint) from None


def work(post: Post, desk: Desk) -> Entry:
    """Read a post and remember its chapter. An error travels as its finding: pickled exceptions lose their fields."""
    try:
        made = reading.read(post, desk)
    except BookletError as problem:
        return None, (problem.diagnostic,)
    chapter, asked = made.value
    assert isinstance(chapter.body, Kept)
    light = {one.name: plain(getattr(chapter, one.name)) for one in fields(chapter) if one.name != "body"}
    body = desk.cache.store.put(chapter.body.data)
    value = {"chapter": light, "body": body, "asked": asked}
    desk.cache.remember_json(CHAPTER, _inputs(post, desk), lambda: Noted(value, made.notes))
    return value, made.notes


def _taken(entry: Entry, desk: Desk) -> Noted[Chapter]:
    value, notes = entry
    if value is None:
        raise BookletError(notes[0])
    return Noted(_chapter(value, desk), notes)


def _known(post: Post, desk: Desk) -> Noted[Chapter] | None:
    """The chapter as it was read before, if all that was asked then has the same answers now."""
    inputs = _inputs(post, desk)
    found = desk.cache.known_json(CHAPTER, inputs)
    if found is None:
        return None
    if not desk.cache.store.has(found.value["body"]) or not World(post, desk).same(found.value["asked"]):
        desk.cache.forget(CHAPTER, inputs)
        return None
    return Noted(_chapter(found.value, desk), found.notes)


def _inputs(post: Post, desk: Desk) -> list[str]:
    return [desk.key, repr(post)]


def _chapter(value: Any, desk: Desk) -> Chapter:
    return typed(Chapter, {**value["chapter"], "body": Stored(value["body"], desk.cache.store)})

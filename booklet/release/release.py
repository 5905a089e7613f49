"""The story of a release: is it due, has anything changed; then make it and publish it."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from booklet import build, ledger
from booklet.cache import Cache
from booklet.convert import digests
from booklet.diagnostics import Noted
from booklet.ledger import Release
from booklet.model import Artifact
from booklet.options import Options, Progress
from booklet.release import dress, making, owner, publish, schedule, versions
from booklet.release.making import Bench
from booklet.release.volumes import Load, volumes

FOLDER = "dist/releases"


@dataclass(frozen=True, slots=True)
class Asked:
    """`now`: in any time zone. `if_changed`: another look alone is no reason. `options`: those of each build."""

    now: datetime.datetime
    options: Options
    if_changed: bool = False
    if_due: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """`release` is None where there is nothing to release; `reason` says why there is, or is not."""

    reason: str
    folder: Path
    release: Release | None = None
    artifacts: tuple[Artifact, ...] = ()


def release(load: Load, asked: Asked, cache: Cache, progress: Progress) -> Noted[Outcome]:
    """Release what is new, if anything is. BookletError where a check fails; nothing is published then."""
    project = load(None)
    folder = project.root / FOLDER
    now = schedule.local(asked.now, project.config.release)
    with owner.held(folder, making.moment(now)) as killed:
        left = publish.recover(folder, project.root, killed)
        state = ledger.read(project.root)
        if asked.if_due and not schedule.due(project.config.release, state.ledger, now):
            return Noted(Outcome(_next(project.config.release.schedule, now), folder), left)
        listed = volumes(load, replace(asked.options, clock=now.date()))
        bench = Bench(project, listed, state, now, cache, progress)
        reason, fresh = _news(bench, asked.if_changed)
        if fresh is None:
            return Noted(Outcome(reason, folder), left)
        done = making.make(bench, fresh)
        made = done.value
        publish.refuse(folder, made.release.label)
        if not asked.dry_run:
            publish.publish(dress.staged(made, bench), folder, project.root)
            for one, book in zip(listed, made.books, strict=True):  # so that the next call need not read them
                build.content_hash(one.project, one.options, cache, progress, book)
    return Noted(Outcome(reason, folder / made.release.label, made.release, made.artifacts), (*left, *done.notes))


def _next(line: str | None, now: datetime.datetime) -> str:
    return f"no release is due before {schedule.next_moment(line or '', now):%Y-%m-%d %H:%M %Z}"


def _news(bench: Bench, content_alone: bool) -> tuple[str, bool | None]:
    """Why there is something to release, and whether it is a new version (True) or a revision (False); or why not."""
    last = bench.state.ledger.last
    if last is None:
        return "this is the first release", True
    hashes = [build.content_hash(one.project, one.options, bench.cache, bench.progress) for one in bench.listed]
    same = digests.combined(hashes) == last.content_hash
    if not same and not _program_alone(bench, last):
        return f"the content has changed since {last.label} ({last.date})", True
    if content_alone:
        return f"the content is that of {last.label} ({last.date})", None
    if same and _same_files(bench, last):
        return f"nothing has changed since {last.label} ({last.date})", None
    return f"the content is that of {last.label}, and the files look different", False


def _program_alone(bench: Bench, last: Release) -> bool:
    """Is the content another only because another version of booklet reads the same posts otherwise?"""
    return last.tool != versions.program() and last.source == making.source(bench.listed)


def _same_files(bench: Bench, last: Release) -> bool:
    built = (one.files(bench.state, bench.cache, bench.progress).value for one in bench.listed)
    files = {item.file: hashlib.sha256(item.data).hexdigest() for one in built for item in one}
    return files == {file.name: file.sha256 for file in last.files}

"""A release is made: read, compared with the last one, built with its version on it, built again, judged."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from booklet.cache import Cache
from booklet.config import Project
from booklet.convert import digests
from booklet.convert.snapshot import snapshot
from booklet.diagnostics import Diagnostic, Noted, failure
from booklet.ledger import Change, Ledger, Release, ReleasedBook, ReleasedFile, State
from booklet.model import Artifact, Book
from booklet.options import Progress
from booklet.release import changes, checks, judges, locked, versions
from booklet.release.volumes import Volume, again, pictures


@dataclass(frozen=True, slots=True)
class Bench:
    """What the making needs. `now`: in the time zone of the configuration."""

    project: Project
    listed: Sequence[Volume]
    state: State
    now: datetime.datetime
    cache: Cache = field(repr=False)
    progress: Progress = field(repr=False)

    @property
    def day(self) -> str:
        return self.now.date().isoformat()


@dataclass(frozen=True, slots=True)
class Made:
    """A release that passed every check. `pictures`: SHA-256 → bytes."""

    release: Release
    state: State
    books: tuple[Book, ...] = field(repr=False)
    artifacts: tuple[Artifact, ...] = field(repr=False)
    pictures: Mapping[str, bytes] = field(repr=False)


def make(bench: Bench, fresh: bool) -> Noted[Made]:
    """`fresh`: a new version; else a revision of the last one. BookletError where a check fails."""
    table = bench.project.config.release
    read = [one.book(bench.state, bench.cache, bench.progress) for one in bench.listed]
    network = _network(bench, read)
    draft, state = _draft(bench, read, network, fresh)
    built = [one.files(state, bench.cache, bench.progress) for one in bench.listed]
    artifacts = tuple(item for one in built for item in one.value)
    notes: list[Diagnostic] = [note for one in built for note in one.notes]
    checks.refuse_findings(notes, table)
    books = tuple(one.book(state, bench.cache, bench.progress) for one in bench.listed)
    checks.refuse_strangers(books, draft)
    checks.refuse_differences(artifacts, again(bench.listed, state, network, bench.progress))
    release = replace(draft, files=tuple(map(_released, artifacts)), changes=_with_pages(bench, books, draft))
    checks.refuse_leaps(release.files, bench.state.ledger.last, table)
    notes += judges.judged(artifacts)
    final = State(Ledger((*bench.state.ledger.releases, release)), state.lock)
    bytes_of = {hashlib.sha256(data).hexdigest(): data for data in network.values()}
    return Noted(Made(release, final, books, artifacts, bytes_of), tuple(notes))


def _network(bench: Bench, books: Sequence[Book]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for one, book in zip(bench.listed, books, strict=True):
        found |= pictures(one, book, bench.state, bench.cache)
    return found


def _draft(bench: Bench, books: Sequence[Book], network: Mapping[str, bytes], fresh: bool) -> tuple[Release, State]:
    """The release as far as it is known before it is built, and the state in which it is published."""
    old = bench.state.ledger
    if old.last and bench.day < old.last.date:
        hint = "is SOURCE_DATE_EPOCH set, or --clock given?"
        raise failure(
            "release/clock", f"today is {bench.day}, and {old.last.label} came out on {old.last.date}", hint=hint
        )
    shots = tuple(map(snapshot, books))
    found = changes.between(bench.state.lock.books, shots) if fresh and old.last else ()
    release = Release(
        version=_version(bench, found, fresh),
        revision=1 if fresh or not old.last else old.last.revision + 1,
        date=bench.day,
        moment=moment(bench.now),
        content_hash=digests.combined([book.content_hash for book in books]),
        tool=versions.program(),
        books=tuple(map(_book, books)),
        changes=found,
        source=source(bench.listed),
    )
    digest = {address: hashlib.sha256(data).hexdigest() for address, data in network.items()}
    lock = locked.locked(bench.state.lock, shots, release.label, bench.day if fresh else None, digest)
    return release, State(Ledger((*old.releases, release)), lock)


def _version(bench: Bench, found: Sequence[Change], fresh: bool) -> str:
    old = bench.state.ledger
    if old.last and not fresh:
        return old.last.version
    return versions.following(old, found, bench.now.date(), bench.project.config.release.versions)


def _with_pages(bench: Bench, books: Sequence[Book], draft: Release) -> tuple[Change, ...]:
    if not draft.changes:
        return ()
    folios = {book.language: one.folios(book, bench.cache) for one, book in zip(bench.listed, books, strict=True)}
    return tuple(changes.with_page(change, folios.get(change.language, {})) for change in draft.changes)


def _book(book: Book) -> ReleasedBook:
    answered = sum(question.answered for question in book.questions)
    return ReleasedBook(book.language, book.title, book.content_hash, len(book.questions), answered)


def _released(item: Artifact) -> ReleasedFile:
    digest = hashlib.sha256(item.data).hexdigest()
    more = (item.edition, item.profile, item.paper, item.pages)
    return ReleasedFile(item.file, item.kind, item.language, len(item.data), digest, *more)


def source(listed: Sequence[Volume]) -> str:
    """Of all languages' posts."""
    return digests.combined([one.source() for one in listed])


def moment(now: datetime.datetime) -> str:
    """ISO date and time in UTC, `2026-11-25T02:20:07Z`."""
    return f"{now.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"

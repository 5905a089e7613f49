"""The lock that a release leaves behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from booklet.ledger import Asked, Lock, Picture, Snapshot
from booklet.release.changes import is_revised, paired


def locked(old: Lock, books: tuple[Snapshot, ...], label: str, day: str | None, pictures: Mapping[str, str]) -> Lock:
    """`books` as they are published on a day (ISO; None where the content is the old one); address → SHA-256."""
    done = [_book(old.book(new.language) or Snapshot(new.language, "", "", ""), new, day) for new in books]
    rows = tuple(Picture(address, pictures[address]) for address in sorted(pictures))
    return Lock(label, tuple(sorted(done, key=lambda book: book.language)), rows)


def _book(old: Snapshot, new: Snapshot, day: str | None) -> Snapshot:
    pairs = paired(old, new)
    ids = {before.id for before, _ in pairs if before}
    gone = [q if q.removed else replace(q, removed=day, label="") for q in old.questions if q.id not in ids]
    return replace(new, questions=(*(_dated(before, after, day) for before, after in pairs), *gone))


def _dated(before: Asked | None, after: Asked, day: str | None) -> Asked:
    if before is None:
        return replace(after, first_published=day, last_revised=None)
    other = is_revised(before, after) or before.title != after.title
    revised = day if other and day else before.last_revised
    return replace(after, first_published=before.first_published or day, last_revised=revised)

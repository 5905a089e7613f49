"""What may stop a release: findings that the configuration names, and files of quite another size than before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from booklet.config import ReleaseTable
from booklet.diagnostics import BookletError, Diagnostic, failure
from booklet.ledger import Release, ReleasedFile
from booklet.model import Artifact, Book

FEW_PAGES, FEW_BYTES = 16, 1 << 20
"""So much may always be more or less."""


def refuse_findings(notes: Sequence[Diagnostic], table: ReleaseTable) -> None:
    """BookletError for the first finding of a kind that `fail_on` names."""
    for note in notes:
        if note.code in table.fail_on:
            message = f"[{note.code}] {note.message}"
            hint = "mend it, or take the code out of release.fail_on"
            raise failure("release/findings", message, note.location, hint)


def refuse_leaps(files: Sequence[ReleasedFile], last: Release | None, table: ReleaseTable) -> None:
    """BookletError for a file that has grown or shrunk beyond the limits since the last release."""
    before = {_role(file): file for file in last.files} if last else {}
    for file in files:
        old = before.get(_role(file))
        if old is None:
            continue
        _refuse(file, "pages", (old.pages or 0, file.pages or 0), FEW_PAGES, ("page_change", table.page_change))
        _refuse(file, "bytes", (old.bytes, file.bytes), FEW_BYTES, ("size_change", table.size_change))


def _role(file: ReleasedFile) -> tuple[str | None, ...]:
    """What makes two files of two releases the same one: not the name, which the title may be in."""
    return file.kind, file.edition, file.profile, file.language, file.paper


def _refuse(file: ReleasedFile, what: str, sides: tuple[int, int], few: int, limit: tuple[str, int]) -> None:
    before, now = sides
    key, percent = limit
    if abs(now - before) > max(few, before * percent / 100):
        message = f"{file.name} has {now:,} {what}, and had {before:,}: more than {percent} % away"
        hint = f"if that is meant: BOOKLET_RELEASE__{key.upper()}=… booklet release, or set release.{key}"
        raise failure("release/limits", message, hint=hint)


def refuse_strangers(books: Sequence[Book], draft: Release) -> None:
    """BookletError where a book does not bear the version that it is published as: it was read twice, and differed."""
    for book in books:
        if book.version != draft.label:
            raise _differs(f"the book in {book.language} is another one when it is read again")


def refuse_differences(first: Sequence[Artifact], second: Sequence[Artifact]) -> None:
    """BookletError where a second build gave other bytes."""
    others = {item.file: item for item in second}
    for item in first:
        other = others.get(item.file)
        if other is None or other.data != item.data:
            raise _differs(f"{item.file} is another file when it is built again{_where(item, other)}")


def _differs(message: str) -> BookletError:
    return failure("release/differs", message, hint="is there a picture or an included file that changes by itself?")


def _where(first: Artifact, second: Artifact | None) -> str:
    """From which byte on; and what stands there, where it can be read."""
    if second is None:
        return ""
    pairs = zip(first.data, second.data, strict=False)
    place = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(first.data), len(second.data)))
    text = re.sub(r"[^\x20-\x7e]+", "·", first.data[max(0, place - 20) : place + 20].decode("latin-1"))
    return f", from byte {place:,} on ({text})"

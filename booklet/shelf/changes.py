"""What changed in a release, as its page and its feed tell it: kind by kind, in the words of the theme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from booklet.convert.contents import readable
from booklet.ledger import Change, Release
from booklet.ledger.model import KINDS
from booklet.model import Book


@dataclass(frozen=True, slots=True)
class Group:
    """Changes of one kind, under its name in the book's language."""

    kind: str
    name: str
    changes: tuple[Change, ...]


def groups(release: Release, book: Book, words: Mapping[str, str]) -> tuple[Group, ...]:
    """Of the book in one language; kinds without a change are left out. Formulas in titles are shown, not their TeX."""
    shown = {q.title: readable(q, dict(chapter.titled)) for chapter in book.chapters for q in chapter.questions}
    own = [
        replace(change, title=shown.get(change.title, change.title))
        for change in release.changes
        if change.language == book.language
    ]
    found = [Group(kind, words[f"shelf_{kind}"], tuple(c for c in own if c.kind == kind)) for kind in KINDS]
    return tuple(group for group in found if group.changes)


def lead(release: Release, first: bool, changed: bool, words: Mapping[str, str]) -> str:
    """The sentence for a release without a list of changes; empty where the list says it all."""
    if changed:
        return ""
    if first:
        return words["shelf_first"]
    return words["shelf_revised_look"] if release.revision > 1 else words["shelf_same"]

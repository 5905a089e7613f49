"""What is different between two states of a book: question by question, chapter by chapter."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from booklet.ledger import Asked, Change, Snapshot, Text, pair
from booklet.ledger.model import KINDS
from booklet.release.edits import edits


@dataclass(frozen=True, slots=True)
class _Sides:
    """Two states, and which chapter of the one is which of the other (id before → id after)."""

    before: Snapshot
    after: Snapshot
    chapters: Mapping[str, str]


def between(before: Sequence[Snapshot], after: Sequence[Snapshot]) -> tuple[Change, ...]:
    """Language by language; one that is new, or gone, has no changes but itself."""
    old, new = ({book.language: book for book in books} for books in (before, after))
    found: list[Change] = []
    for language, book in new.items():
        if language in old:
            found += changes(old[language], book)
        else:
            found.append(Change("added", "", book.title, "", language, subject="book"))
    gone = [Change("removed", "", old[x].title, "", x, subject="book") for x in old if x not in new]
    return (*found, *gone)


def changes(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    """In the order of the kinds, then of the book; never empty where the content is another."""
    sides = _Sides(before, after, _same_chapters(before.chapters, after.chapters))
    found = [*_book(sides), *_chapters(sides), *_questions(sides)]
    if not found and before.content_hash != after.content_hash:
        found.append(Change("revised", "", after.title, "", after.language, subject="book"))
    return tuple(sorted(found, key=lambda change: KINDS.index(change.kind)))


def numbers(book: Snapshot) -> dict[str, str]:
    """Each question's number in the book: chapter and label, `3.2`."""
    places = {chapter.id: n for n, chapter in enumerate(book.chapters, 1)}
    return {q.id: f"{places[q.chapter]}.{q.label}" for q in book.live}


def paired(before: Snapshot, after: Snapshot) -> list[tuple[Asked | None, Asked]]:
    """Each question with what it was. The same id is the same question."""
    common = {q.id for q in before.questions} & {q.id for q in after.questions}
    found = pair(before.questions, after.questions, common)
    return [(before.questions[found[n]] if n in found else None, q) for n, q in enumerate(after.questions)]


def is_revised(before: Asked, after: Asked) -> bool:
    return before.digest != after.digest


def with_page(change: Change, folios: Mapping[str, str]) -> Change:
    """The change with the folio of its page. `folios`: id of a question or chapter → folio."""
    return change if change.kind == "removed" else replace(change, page=folios.get(change.id))


def _book(sides: _Sides) -> Iterator[Change]:
    before, after = sides.before, sides.after
    if before.title != after.title:
        yield Change("retitled", "", after.title, "", after.language, old=before.title, subject="book")
    elif before.digest != after.digest:
        yield Change("revised", "", after.title, "", after.language, subject="book")


def _chapters(sides: _Sides) -> Iterator[Change]:
    old = {sides.chapters.get(chapter.id): chapter for chapter in sides.before.chapters}
    strayed = _strayed([sides.chapters[c.id] for c in sides.before.chapters if c.id in sides.chapters], sides.after)
    for chapter in sides.after.chapters:
        was = old.get(chapter.id)
        if was is None:
            yield _chapter("added", chapter, sides)
            continue
        if was.title != chapter.title:
            yield replace(_chapter("retitled", chapter, sides), old=was.title)
        if was.digest != chapter.digest:
            yield _chapter("revised", chapter, sides)
        if chapter.id in strayed:
            yield _chapter("moved", chapter, sides)
    for chapter in sides.before.chapters:
        if chapter.id not in sides.chapters:
            yield _chapter("removed", chapter, sides)


def _chapter(kind: str, chapter: Text, sides: _Sides) -> Change:
    known = next(one for one in KINDS if one == kind)
    return Change(known, chapter.id, chapter.title, chapter.title, sides.after.language, subject="chapter")


def _strayed(order: Sequence[str], after: Snapshot) -> set[str]:
    """The fewest chapters whose moving explains the new order: all but a longest run that kept its own."""
    places = {identifier: n for n, identifier in enumerate(order)}
    now = [chapter.id for chapter in after.chapters if chapter.id in places]
    tails: list[int] = []
    runs: list[list[str]] = []
    for identifier in now:
        n = bisect_left(tails, places[identifier])
        run = [*(runs[n - 1] if n else []), identifier]
        tails[n:], runs[n:] = [places[identifier], *tails[n + 1 :]], [run, *runs[n + 1 :]]
    return set(now) - set(runs[-1] if runs else [])


def _same_chapters(before: Sequence[Text], after: Sequence[Text]) -> dict[str, str]:
    """By id; where a post's file has another name, by title."""
    ids = {chapter.id for chapter in after}
    same = {chapter.id: chapter.id for chapter in before if chapter.id in ids}
    left = {chapter.title: chapter.id for chapter in after if chapter.id not in same}
    for chapter in before:
        if chapter.id not in same and chapter.title in left:
            same[chapter.id] = left.pop(chapter.title)
    return same


def _questions(sides: _Sides) -> Iterator[Change]:
    pairs = paired(sides.before, sides.after)
    number = numbers(sides.after)
    titles = {chapter.id: chapter.title for chapter in sides.after.chapters}
    for before, after in pairs:
        bare = Change("added", after.id, after.title, titles[after.chapter], sides.after.language, number[after.id])
        if before is None or before.removed:
            yield bare
        else:
            yield from _question(before, after, bare, sides)
    kept = {before.id for before, _ in pairs if before}
    old = {chapter.id: chapter.title for chapter in sides.before.chapters}
    for question in sides.before.live:
        if question.id not in kept:
            yield Change("removed", question.id, question.title, old[question.chapter], sides.after.language)


def _question(before: Asked, after: Asked, bare: Change, sides: _Sides) -> Iterator[Change]:
    """Everything that is different about one question."""
    if is_revised(before, after):
        listed, more = edits(before.answer, after.answer)
        yield replace(bare, kind="revised", edits=listed, more=more)
    if before.title != after.title:
        yield replace(bare, kind="retitled", old=before.title)
    if sides.chapters.get(before.chapter) != after.chapter:
        old = next(chapter.title for chapter in sides.before.chapters if chapter.id == before.chapter)
        yield replace(bare, kind="moved", old=old)
    elif before.label != after.label:
        yield replace(bare, kind="renumbered", old=before.label)

"""Chapters → Book: ids unique, links resolved, parts in order, one hash over everything."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from booklet.config import Config
from booklet.convert import digests, gather, links, sitemap, snapshot
from booklet.convert.held import Resolved, renamed_chapter
from booklet.diagnostics import Diagnostic, Noted
from booklet.ledger import Snapshot
from booklet.model import Book, Chapter, Collected, Json, Lead, Part, Question

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://booklet.invalid/book")


@dataclass(frozen=True, slots=True)
class Volume:
    """What the title page says, wherever it was found."""

    title: str
    slug: str
    language: str


def bind(
    collected: Collected,
    chapters: Sequence[Chapter],
    config: Config,
    volume: Volume,
    known: Snapshot | None = None,
) -> Noted[Book]:
    """The book. `chapters` are in the order of `collected.posts`; `known` is the book as it was last published."""
    unique = identified(chapters, known)
    where = sitemap.site_map(collected, unique)
    resolved = [links.resolve(chapter, where) for chapter in unique]
    bound = [_resolved(chapter, done.value) for chapter, done in zip(unique, resolved, strict=True)]
    notes: list[Diagnostic] = [note for done in resolved for note in done.notes]
    book = Book(
        title=volume.title,
        slug=volume.slug,
        language=volume.language,
        identifier=config.book.identifier or identifier(collected, volume),
        parts=_parts(collected, bound),
        subtitle=config.book.subtitle,
        authors=config.book.authors or _authors(bound),
        publisher=config.book.publisher,
        rights=config.book.rights,
        description=config.book.description,
        source=collected.site.base_url or "",
        date=max((_day(chapter) for chapter in bound), default=""),
    )
    return Noted(replace(book, content_hash=digests.content_hash(book)), tuple(notes))


def identifier(collected: Collected, volume: Volume) -> str:
    """A URN that depends on the site, the title's slug and the language, so that all versions share it."""
    return uuid.uuid5(NAMESPACE, f"{collected.site.base_url or ''} {volume.slug} {volume.language}").urn


def _authors(chapters: Sequence[Chapter]) -> tuple[str, ...]:
    """Who signs the posts, the busiest first."""
    signed = Counter(author for chapter in chapters for author in chapter.authors)
    return tuple(sorted(signed, key=lambda author: (-signed[author], author)))


def _day(chapter: Chapter) -> str:
    return (chapter.lastmod or chapter.date or "")[:10]


def _parts(collected: Collected, chapters: Sequence[Chapter]) -> tuple[Part, ...]:
    """Neighbours of the same part stand together; a book without parts is one untitled part."""
    parts: list[Part] = []
    for post, chapter in zip(collected.posts, chapters, strict=True):
        if parts and parts[-1].title == post.part:
            parts[-1] = replace(parts[-1], chapters=(*parts[-1].chapters, chapter))
        else:
            parts.append(Part(post.part, (chapter,)))
    return tuple(parts)


def identified(chapters: Sequence[Chapter], known: Snapshot | None) -> list[Chapter]:
    """Ids unique, and those that questions were first published with. An id that two authors gave is nobody's own."""
    unique = distinct(chapters)
    own = snapshot.own_ids(chapters) & {q.id for chapter in unique for q in chapter.questions}
    return snapshot.known_again(unique, known, own)


def distinct(chapters: Sequence[Chapter]) -> list[Chapter]:
    """Question ids that several chapters share get the chapter's id inside: `q-<chapter>-1a2b3c4d`."""
    owners = Counter(identifier for chapter in chapters for identifier in {q.id for q in chapter.questions})
    return [renamed_chapter(chapter, _new_ids(chapter, owners)) for chapter in chapters]


def _new_ids(chapter: Chapter, owners: Mapping[str, int]) -> dict[str, str]:
    stem = gather.slug(chapter.id)
    return {q.id: f"q-{stem}-{q.id.removeprefix('q-')}" for q in chapter.questions if owners[q.id] > 1}


def _resolved(chapter: Chapter, leads: tuple[Lead, ...]) -> Chapter:
    """`leads` are the chapter's links, each with where it leads."""
    written = {lead.target or "": found.target for lead, found in zip(chapter.leads, leads, strict=True)}
    headings = tuple(_told(one, written) if isinstance(one, Question) else one for one in chapter.headings)
    return replace(chapter, body=Resolved(chapter.body, tuple(written.items())), leads=leads, headings=headings)


def _told(question: Question, targets: Mapping[str, str | None]) -> Question:
    """What stands beside the answer, finished as the chapter's blocks are."""

    def finished(blocks: Json) -> Json:
        return gather.unlined(links.followed(blocks, targets)) if blocks else blocks

    rubric = tuple(replace(criterion, blocks=finished(criterion.blocks)) for criterion in question.rubric)
    return replace(question, asked=finished(question.asked), focus=finished(question.focus), rubric=rubric)

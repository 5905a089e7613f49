"""The book as far as release notes speak of it, and the ids that its questions were first published with."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from booklet.convert import ast, digests, gather
from booklet.convert.held import renamed_chapter
from booklet.ledger import Asked, Snapshot, Text, pair
from booklet.model import Book, Chapter, Question


def snapshot(book: Book) -> Snapshot:
    """The book in its language, as it is."""
    return Snapshot(
        language=book.language,
        title=book.title,
        digest=digests.of_title(book),
        content_hash=book.content_hash,
        chapters=tuple(Text(chapter.id, chapter.title, digests.of_text(chapter)) for chapter in book.chapters),
        questions=tuple(asked(book.chapters)),
    )


def asked(chapters: Iterable[Chapter]) -> list[Asked]:
    """The questions of chapters, with the digests of their answers."""
    rows: list[Asked] = []
    for chapter in chapters:
        divs = {ast.attribute(div)[0]: div for div in ast.of(chapter.blocks, "Div") if ast.has_class(div, "question")}
        rows += [
            replace(row, digest=digests.of_answer(divs[q.id], q.difficulty))
            for row, q in zip(_asked(chapter), chapter.questions, strict=True)
        ]
    return rows


def _asked(chapter: Chapter) -> list[Asked]:
    """A chapter's questions, bound or not: links count by their words alone. No body is read for it."""
    asked = zip(chapter.questions, chapter.said, strict=True)
    return [
        Asked(
            id=question.id,
            title=question.title,
            label=question.number or str(place),
            chapter=chapter.id,
            answer=answer,
            digest="",
            answered=question.answered,
            first_published=question.first_published,
            last_revised=question.last_revised,
        )
        for place, (question, answer) in enumerate(asked, 1)
    ]


def known_again(chapters: Sequence[Chapter], known: Snapshot | None, own: Collection[str]) -> list[Chapter]:
    """The chapters with the ids and dates of the questions that were published before.

    Ids are unique before and after. `own`: those that authors gave, which win.
    """
    if known is None or not known.questions:
        return list(chapters)
    rows = [row for chapter in chapters for row in _asked(chapter)]
    pairs = pair(known.questions, rows, own)
    old = [known.questions[pairs[n]] if n in pairs else None for n in range(len(rows))]
    ids = _ids(rows, old, own, known)
    result: list[Chapter] = []
    start = 0
    for chapter in chapters:
        end = start + len(chapter.questions)
        result.append(_marked(chapter, ids[start:end], old[start:end]))
        start = end
    return result


def own_ids(chapters: Iterable[Chapter]) -> set[str]:
    """The ids that are not made from a title."""
    return {q.id for chapter in chapters for q in chapter.questions if not _made(q)}


def _made(question: Question) -> bool:
    made = gather.question_id(None, question.title)
    return question.id == made or re.fullmatch(re.escape(made) + r"-\d+", question.id) is not None


def _ids(rows: Sequence[Asked], old: Sequence[Asked | None], own: Collection[str], known: Snapshot) -> list[str]:
    """The author's, else the one of the lock, else a new one that nobody had before."""
    taken = {*own, *(question.id for question in known.questions)}
    ids: list[str] = []
    for row, before in zip(rows, old, strict=True):
        if row.id in own:
            ids.append(row.id)
        elif before and before.id not in own:
            ids.append(before.id)
        else:
            ids.append(_unused(row, taken) if row.id in taken else row.id)
            taken.add(ids[-1])
    return ids


def _unused(row: Asked, taken: set[str]) -> str:
    """As two chapters with the same question are told apart; a number where that is not enough."""
    stem = f"q-{gather.slug(row.chapter)}-{row.id.removeprefix('q-')}"
    names = (stem if n == 1 else f"{stem}-{n}" for n in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _marked(chapter: Chapter, ids: Sequence[str], old: Sequence[Asked | None]) -> Chapter:
    """A chapter's questions with their ids and dates, in order."""
    found = zip(chapter.questions, ids, old, strict=True)
    named = {
        q.id: replace(
            q,
            id=new,
            first_published=before.first_published if before else None,
            last_revised=before.last_revised if before else None,
        )
        for q, new, before in found
    }
    renamed = renamed_chapter(chapter, {old: q.id for old, q in named.items() if old != q.id})
    headings = tuple(named[h.id] if isinstance(h, Question) else h for h in chapter.headings)
    return replace(renamed, headings=headings)

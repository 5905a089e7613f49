"""A selection of questions: by chapter, by tag, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from booklet.convert import apart, ast
from booklet.convert.held import with_blocks
from booklet.diagnostics import failure
from booklet.model import Book, Chapter, Question
from booklet.study.links import kept
from booklet.study.waiting import labelled

KINDS = ("chapter", "tag", "question")
"""`chapter:2` or `chapter:llm-basics-2`; `tag:RoPE`; `question:2.4` or `question:q-1a2b3c4d`."""
SHOWN = 40
"""Names that a message lists, at most."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A filter: its kind and what is sought."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class _Known:
    """A question, and the names under which each kind of filter knows it, without capitals."""

    question: Question
    names: Mapping[str, Sequence[str]]


def wanted(text: str) -> Wanted:
    """`tag:RoPE` as a filter. BookletError (usage) for anything else."""
    kind, _, value = text.partition(":")
    if kind.strip() not in KINDS or not value.strip():
        hint = "--select chapter:2, --select tag:RoPE, --select question:2.4"
        raise failure("usage/select", f"“{text}” is no selection", hint=hint)
    return Wanted(kind.strip(), value.strip())


def chosen(book: Book, filters: Sequence[Wanted]) -> Book:
    """The questions that match a filter of every kind that is given, without the prose between them; all keep their
    numbers.  BookletError (usage) where nothing matches a filter, or all of them together; it lists what there is.
    """
    if not filters:
        return book
    known = [item for number, chapter in book.numbered for item in _known(number, chapter)]
    for one in filters:
        if not any(_matches(item, one) for item in known):
            raise failure("usage/select", f"no question has the {one.kind} “{one.value}”", hint=_names(known, one.kind))
    by_kind = [[one for one in filters if one.kind == kind] for kind in KINDS]
    taken = {item.question.id for item in known if all(_any(item, group) for group in by_kind if group)}
    if not taken:
        raise failure("usage/select", "no question matches all that is selected", hint="filters of two kinds narrow")
    return _only(book, taken)


def asked(book: Book) -> Book:
    """The questions alone; chapters that ask nothing are left out, the others keep their numbers.

    A link that leads to another page of the book is only its words.
    """
    return kept(_only(book, {question.id for question in book.questions}), {})


def _known(number: int, chapter: Chapter) -> Iterable[_Known]:
    telling = {tag for question in chapter.questions for tag in question.tags}
    common = [tag for tag in chapter.tags if tag not in telling]
    for question in labelled(chapter).questions:
        names = {
            "chapter": (str(number), chapter.id, chapter.title),
            "tag": (*question.tags, *common),
            "question": (f"{number}.{question.number}", question.id),
        }
        yield _Known(question, names)


def _matches(item: _Known, one: Wanted) -> bool:
    return one.value.casefold() in (name.casefold() for name in item.names[one.kind])


def _any(item: _Known, group: Sequence[Wanted]) -> bool:
    return any(_matches(item, one) for one in group)


def _names(known: Sequence[_Known], kind: str) -> str:
    """What there is, as a person would type it."""
    most = None if kind == "tag" else 1
    names = list(dict.fromkeys(name for item in known for name in item.names[kind][:most]))
    more = f", … ({len(names)} in all)" if len(names) > SHOWN else ""
    return f"there are: {', '.join(names[:SHOWN])}{more}" if names else "there are none"


def _only(book: Book, taken: set[str]) -> Book:
    numbers = {chapter.id: number for number, chapter in book.numbered}
    parts = (replace(part, chapters=tuple(_cut(chapter, taken) for chapter in part.chapters)) for part in book.parts)
    left = (replace(part, chapters=tuple(c for c in part.chapters if c.questions)) for part in parts)
    return replace(book, parts=tuple(part for part in left if part.chapters), numbers=numbers)


def _cut(chapter: Chapter, taken: set[str]) -> Chapter:
    whole = apart.figured(chapter.blocks)
    blocks = [block for block in whole if apart.is_question(block) and ast.attribute(block)[0] in taken]
    return replace(
        with_blocks(chapter, blocks), headings=tuple(q for q in labelled(chapter).questions if q.id in taken)
    )

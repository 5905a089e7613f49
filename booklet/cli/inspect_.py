"""`booklet inspect`."""

from __future__ import annotations

from typing import Any

import click

from booklet.cli.common import CACHE_FLAGS, FLAGS, Run, flags, perform
from booklet.cli.lines import say
from booklet.diagnostics import counted

MARKS = {"answered": "■", "unfinished": "◧", "unanswered": "□"}


@click.command()
@flags(FLAGS, CACHE_FLAGS)
def command(**given: Any) -> None:
    """Chapters, questions, formulas and pictures, as booklet understood them."""
    perform("inspect", given, work)


def work(run: Run) -> None:
    from booklet import build
    from booklet.cache import mended
    from booklet.cli.caches import opened
    from booklet.cli.progress import progress

    def found() -> tuple[Any, dict[str, Any]]:
        book = build.bound(run.project(), run.options(), cache, progress(run["quiet"]))
        return book, answer(book.value)

    with opened(run["cache"], run["no_cache"]) as cache:
        noted, run.answer = mended(cache, found)
    book = run.take(noted)
    if not run["as_json"]:
        show(book)


def answer(book: Any) -> dict[str, Any]:
    """The book as the contract has it."""
    names = ("title", "slug", "language", "identifier", "date", "content_hash")
    return {
        "book": {name: getattr(book, name) for name in names},
        "parts": [{"title": part.title, "chapters": [chapter.id for chapter in part.chapters]} for part in book.parts],
        "chapters": [chapter(n, item) for n, item in enumerate(book.chapters, 1)],
    }


def chapter(number: int, item: Any) -> dict[str, Any]:
    return {
        "id": item.id,
        "number": number,
        "title": item.title,
        "path": item.path,
        "sections": [_pick(x, "id", "level", "title", "path", "line") for x in item.sections],
        "questions": [
            _pick(x, "id", "number", "title", "status", "answered", "path", "line", "difficulty")
            | _pick(x, "first_published", "last_revised")
            | beside(x)
            for x in item.questions
        ],
        "formulas": [_pick(x, "tex", "display", "ok", "path", "line") for x in item.formulas],
        "assets": [_pick(x, "source", "status", "sha256", "path", "line") for x in item.assets],
    }


def beside(question: Any) -> dict[str, Any]:
    """What the author says of a question beside its answer, as plain text; null where nothing is said."""
    from booklet.convert.gather import spoken

    rubric = [{"low": x.low, "high": x.high, "text": spoken(x.blocks)} for x in question.rubric]
    words = {name: spoken(getattr(question, name)) or None for name in ("asked", "focus")}
    return {"tags": list(question.tags), **words, "rubric": rubric}


def _pick(item: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(item, name) for name in names}


def show(book: Any) -> None:
    say(f"{book.title} ({book.language}), {book.date}")
    for number, item in enumerate(book.chapters, 1):
        numbers = (item.drawn, "formula"), (len(item.assets), "picture"), (item.words, "word")
        counts = ", ".join(counted(number, what) for number, what in numbers)
        say()
        say(f"{number}. {item.title}   ({counts})")
        say(f"   {item.path}")
        for question in item.questions:
            say(f"   {MARKS[question.status]} {question.number or '·':>4}  {question.title}   {question.id}")

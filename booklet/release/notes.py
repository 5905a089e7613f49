"""What a release says of itself: Markdown for people, JSON for programs."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Any

from booklet.ledger import Change, Edit, Release, ReleasedBook
from booklet.ledger.model import KINDS

Words = Mapping[str, str]
SPECIAL = re.compile(r"([\\`*_\[\]<>~#|])")
"""What Markdown would take for a mark."""


def words(language: str) -> Words:
    """The words of notes in a language, else in its first part, else in English."""
    table = _table()
    return table.get(language) or table.get(language.split("-")[0]) or table["en"]


@cache
def _table() -> dict[str, Words]:
    loaded: dict[str, Words] = tomllib.loads(files("booklet.release").joinpath("words.toml").read_text("utf-8"))
    return loaded


def summary(changes: Sequence[Change], said: Words) -> str:
    """How many questions of each kind: `3 added, 2 revised`; each question once a kind."""
    counts = {kind: len({c.id for c in changes if c.kind == kind and c.subject == "question"}) for kind in KINDS}
    listed = [said["count"].format(count, said[kind].lower()) for kind, count in counts.items() if count]
    return said["comma"].join(listed) or said["nothing"]


def markdown(release: Release, book: ReleasedBook) -> str:
    """The notes of one language's book."""
    said = words(book.language)
    found = [change for change in release.changes if change.language == book.language]
    head = [f"# {_plain(book.title)} {release.label}", "", release.date, ""]
    if release.revision > 1:
        return "\n".join([*head, said["revision"], ""])
    if not found:
        return "\n".join([*head, said["first"].format(book.questions, book.answered), ""])
    return "\n".join([*head, listing(found, said)])


def listing(found: Sequence[Change], said: Words) -> str:
    """Changes in Markdown, kind by kind."""
    lines = [summary(found, said), ""]
    for kind in KINDS:
        rows = [line for change in found if change.kind == kind for line in _row(change, said)]
        lines += [f"## {said[kind]}", "", *rows, ""] if rows else []
    return "\n".join(lines)


def _row(change: Change, said: Words) -> Iterator[str]:
    """A change, and below it what was written differently."""
    if change.subject == "question":
        name = f"**{' '.join(filter(None, (change.number, _plain(change.title))))}** (`{change.id}`)"
        where = [_plain(change.chapter)]
    else:
        name, where = f"{said[change.subject]}{said['colon']}{_plain(change.title)}", []
    if change.page:
        where.append(said["page"].format(change.page))
    if change.old is not None and change.kind != "removed":
        where.append(said[f"{change.kind}_from"].format(_plain(change.old)))
    yield f"* {' — '.join(filter(None, (name, said['comma'].join(where))))}"
    yield from (f"  * {_edit(edit, said)}" for edit in change.edits)
    if change.more:
        yield f"  * {said['more'].format(change.more)}"
    if change.kind == "revised" and change.subject == "question" and not change.edits:
        yield f"  * {said['unseen']}"


def _edit(edit: Edit, said: Words) -> str:
    place = said["after"].format(_plain(edit.after)) if edit.after else said["start"]
    sides = [f"~~{_plain(edit.gone)}~~" if edit.gone else "", f"**{_plain(edit.new)}**" if edit.new else ""]
    return f"{place}{said['colon']}{' → '.join(filter(None, sides))}"


def _plain(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text)


def value(release: Release) -> dict[str, Any]:
    """The notes in all languages as JSON: what `notes.json` holds."""
    return {
        "schema": "booklet/notes/1",
        "version": release.version,
        "revision": release.revision,
        "label": release.label,
        "date": release.date,
        "books": [{key: item for key, item in asdict(book).items() if key != "content_hash"} for book in release.books],
        "changes": [row(change) for change in release.changes],
    }


def row(change: Change) -> dict[str, Any]:
    return asdict(change)


def files_of(release: Release) -> dict[str, bytes]:
    """`notes.json`, and `notes.md` for each language; the first one's has no language in its name."""
    text = json.dumps(value(release), ensure_ascii=False, indent=2) + "\n"
    made = {"notes.json": text.encode()}
    for n, book in enumerate(release.books):
        suffix = f".{book.language.split('-')[0]}" if n else ""
        made[f"notes{suffix}.md"] = markdown(release, book).encode()
    return made

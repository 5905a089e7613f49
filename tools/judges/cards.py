"""cards.py FILE.apkg: what Anki's own library says of a package, a line for each fault.

`FILE.json` beside it is what must be in it, `later/FILE.apkg` and `later/FILE.json` a later version of the same book.
Both are imported with Anki's usual choices into a new collection; a card is answered in between.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from anki.collection import Collection
from anki.import_export_pb2 import ImportAnkiPackageOptions, ImportAnkiPackageRequest

INLINE = re.compile(r"\\\((.+?)\\\)", re.S)
DISPLAY = re.compile(r"\\\[(.+?)\\\]", re.S)
PICTURE = re.compile(r'<img src="([^"]+)"')
CODE = re.compile(r"<code.*?</code>", re.S)
FIELDS = {"Question": "heading", "Statement": "question", "Answer": "answer", "Focus": "focus"}
"""Field of a note → key of the list."""
GOOD = 3


def main(name: str) -> Iterator[str]:
    file = Path(name)
    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(str(Path(folder) / "collection.anki2"))
        try:
            yield from _first(collection, file)
            later = file.parent / "later" / file.name
            if later.is_file():
                yield from _second(collection, file, later)
        finally:
            collection.close()


def _first(collection: Any, file: Path) -> Iterator[str]:
    log = _import(collection, file)
    listed = _listed(file)
    if len(log.new) != len(listed) or log.conflicting or log.first_field_match or log.empty_first_field:
        yield f"{len(log.new)} new notes of {len(listed)}"
    yield from _same(collection, listed)
    said, whole = collection.fix_integrity()
    if not whole:
        yield f"the collection is broken: {said}"
    media = collection.media.check()
    if media.missing or media.unused:
        yield f"pictures: {list(media.missing)} missing, {list(media.unused)} unused"


def _second(collection: Any, file: Path, later: Path) -> Iterator[str]:
    """A card that was answered keeps its place in the schedule, and its note; what changed is new; nothing is twice."""
    old, new = _listed(file), _listed(later)
    learned = _answered(collection)
    before = _state(collection.get_card(learned))
    ids = {_guid(collection, note): note for note in collection.find_notes("")}
    log = _import(collection, later)
    fresh = set(new) - set(old)
    if len(log.new) != len(fresh) or collection.note_count() != len(set(old) | set(new)):
        yield f"later: {len(log.new)} new notes of {len(fresh)}, {collection.note_count()} in all"
    if not log.updated and any(new[name]["answer"] != old[name]["answer"] for name in set(old) & set(new)):
        yield "later: no note was updated"
    if _state(collection.get_card(learned)) != before:
        yield f"later: the schedule of an answered card has changed: {before}, {_state(collection.get_card(learned))}"
    if any(_guid(collection, note) != name for name, note in ids.items()):
        yield "later: a note has changed its id"
    yield from _same(collection, new)


def _import(collection: Any, file: Path) -> Any:
    request = ImportAnkiPackageRequest(package_path=str(file), options=ImportAnkiPackageOptions())
    return collection.import_anki_package(request).log


def _listed(file: Path) -> dict[str, Any]:
    return {row["id"]: row for row in json.loads(file.with_suffix(".json").read_text("utf-8"))["questions"]}


def _guid(collection: Any, note: int) -> str:
    """Of the note, without the ending of a twin in another language."""
    return str(collection.get_note(note).guid).partition(".")[0]


def _answered(collection: Any) -> int:
    """A card that has just been answered."""
    card = collection.get_card(min(collection.find_cards("")))
    card.start_timer()
    collection.sched.answerCard(card, GOOD)
    return int(card.id)


def _state(card: Any) -> tuple[int, ...]:
    return card.nid, card.type, card.queue, card.due, card.ivl, card.reps, card.lapses


def _same(collection: Any, listed: dict[str, Any]) -> Iterator[str]:
    """Every question's note says what the list says; both sides of its card can be shown."""
    notes = {_guid(collection, note): collection.get_note(note) for note in collection.find_notes("")}
    for name, row in listed.items():
        if name not in notes:
            yield f"{name} is not there"
            continue
        note = notes[name]
        for field, key in FIELDS.items():
            yield from (f"{name}: {field}: {fault}" for fault in _field(note[field], row[key]))
        if any("{{" in field for field in note.fields):
            yield f"{name} holds what is a field to Anki"
        yield from (f"{name}: {fault}" for fault in _card(note.cards(), row))
        if {tag.casefold() for tag in row["tags"] if " " not in tag} - {tag.casefold() for tag in note.tags}:
            yield f"{name}: tags {note.tags}"


def _field(value: str, wanted: dict[str, str] | None) -> Iterator[str]:
    """Formulas, code and words of a field against the list."""
    if not wanted:
        if value:
            yield "is not empty"
        return
    mine, theirs = CODE.sub("", value), CODE.sub("", wanted["html"])
    for kind in (INLINE, DISPLAY):
        found, due = (Counter(map(unescape, kind.findall(text))) for text in (mine, theirs))
        if found != due:
            yield f"formulas {list(found - due)} for {list(due - found)}"
    if _words(wanted["html"]) not in _words(value):
        yield "has other words"


def _words(html: str) -> str:
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]+>", "", html)))


def _card(cards: list[Any], row: dict[str, Any]) -> Iterator[str]:
    if len(cards) != 1:
        yield f"has {len(cards)} cards"
        return
    shown = cards[0].render_output()
    if row["number"] not in shown.question_text or _words(row["heading"]["html"]) not in _words(shown.question_text):
        yield "does not ask"
    answered = _words((row["answer"] or {"html": ""})["html"])
    if answered not in _words(shown.answer_text) or answered in _words(shown.question_text):
        yield "does not answer, or answers at once"


if __name__ == "__main__":
    faults = list(main(sys.argv[1]))
    print("\n".join([*faults, "judged"]))

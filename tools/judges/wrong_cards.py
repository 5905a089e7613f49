"""Packages of cards made wrong on purpose from a good one, so that the judge of cards can show that it fails."""

from __future__ import annotations

import shutil
import sqlite3
import zipfile
from pathlib import Path

DATABASE = "collection.anki2"
CHANGES = {
    "formula": "UPDATE notes SET flds = replace(flds, '\\)', ')')",
    "silent": "UPDATE col SET models = replace(models, '{{Answer}}', '')",
    "braces": "UPDATE notes SET flds = flds || '{{Answer}}' WHERE id = (SELECT min(id) FROM notes)",
    "few": "DELETE FROM notes WHERE id = (SELECT max(id) FROM notes)",
    "twice": "UPDATE notes SET guid = guid || 'x'",
    "stale": "UPDATE notes SET mod = 1",
}
LATER = ("twice", "stale")
"""Wrong is the later version."""


def write(good: Path, name: str, target: Path) -> Path:
    """The package with its lists and its later version, wrong as `name` says."""
    (target.parent / "later").mkdir(exist_ok=True)
    for folder in (".", "later"):
        source, place = good.parent / folder / good.name, target.parent / folder / target.name
        shutil.copy(source.with_suffix(".json"), place.with_suffix(".json"))
        wrong = (folder == "later") == (name in LATER)
        place.write_bytes(_changed(source.read_bytes(), name, place) if wrong else source.read_bytes())
    return target


def _changed(package: bytes, name: str, place: Path) -> bytes:
    place.write_bytes(package)
    with zipfile.ZipFile(place) as source:
        files = {entry: source.read(entry) for entry in source.namelist()}
    if name == "picture":
        files = {entry: data for entry, data in files.items() if not entry.isdigit()} | {"media": b"{}"}
    else:
        with sqlite3.connect(":memory:") as database:
            database.deserialize(files[DATABASE])
            database.execute(CHANGES[name])
            database.commit()
            files[DATABASE] = database.serialize()
    with zipfile.ZipFile(place, "w") as book:
        for entry, data in files.items():
            book.writestr(entry, data)
    return place.read_bytes()

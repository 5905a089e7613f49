"""Which Markdown files a content folder holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from booklet.diagnostics import Diagnostic, Location, Noted, failure, finding

SKIPPED = frozenset(("node_modules", "themes", "layouts", "archetypes", "public", "resources", "dist", "__pycache__"))
SUFFIXES = (".md", ".markdown")


@dataclass(frozen=True, slots=True)
class Found:
    """A file, by its path relative to the project root, and the folder of its page bundle if it is one's index."""

    path: str
    bundle: str | None


def markdown(root: Path, content: str) -> Noted[tuple[Found, ...]]:
    """Every page of the content folder, sorted; pages inside a leaf bundle are its resources, not pages.

    Links to folders are followed inside the project; one that leads back to its own parent is a warning.
    """
    notes: list[Diagnostic] = []
    found = sorted(_walk(root, root / content, frozenset(), notes), key=lambda item: item.path)
    return Noted(tuple(found), tuple(notes))


def _walk(root: Path, folder: Path, above: frozenset[str], notes: list[Diagnostic]) -> Iterator[Found]:
    real = os.path.realpath(folder)
    if real in above:
        where = Location(folder.relative_to(root).as_posix())
        hint = "remove the link, or leave it out with `exclude` under [collect]"
        notes.append(finding("source/link-cycle", "the link leads back to a folder that holds it", where, hint))
        return
    if not Path(real).is_relative_to(os.path.realpath(root)):
        return
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
    except PermissionError:
        where = Location(folder.relative_to(root).as_posix())
        hint = "let the folder be read, or leave it out with `exclude` under [collect]"
        notes.append(finding("source/unreadable", "the folder may not be read; its posts are left out", where, hint))
        return
    pages = [path for path in entries if path.suffix.lower() in SUFFIXES and path.is_file()]
    leaf = any(is_index(path.name) for path in pages)
    for path in pages:
        if not leaf or is_index(path.name):
            yield Found(path.relative_to(root).as_posix(), folder.relative_to(root).as_posix() if leaf else None)
    for path in entries:
        if not leaf and path.is_dir() and not path.name.startswith(".") and path.name not in SKIPPED:
            yield from _walk(root, path, above | {real}, notes)


def content(root: Path, path: str) -> bytes:
    """The bytes of a post. BookletError (exit 6) where they may not be read."""
    try:
        return (root / path).read_bytes()
    except OSError as problem:
        message = f"the post cannot be read: {problem.strerror}"
        raise failure("source/unreadable", message, Location(path), "let the file be read") from None


def is_index(name: str) -> bool:
    """Is this the page of a leaf bundle: `index.md`, `index.en.md`?"""
    return PurePosixPath(name).name.split(".")[0] == "index"


def is_section(path: str) -> bool:
    """`_index.md` is the page of a section, no post."""
    return PurePosixPath(path).name.split(".")[0] == "_index"

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


def markdown(root: Path, content: str, bundles: bool = True) -> Noted[tuple[Found, ...]]:
    """Every page of the content folder, sorted; pages inside a leaf bundle are its resources, not pages.

    Links to folders are followed inside the project; one that leads back to its own parent is a warning.
    `bundles`: does an `index.md` make one? Not in a bare folder of Markdown.
    """
    notes: list[Diagnostic] = []
    found = sorted(_walk(root, root / content, frozenset(), notes, bundles), key=lambda item: item.path)
    return Noted(tuple(found), tuple(notes))


def others(root: Path, folder: str) -> Iterator[str]:
    """Every file below a folder that is no page, relative to that folder, POSIX, sorted."""
    for place, folders, names in os.walk(root / folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        inside = Path(place).relative_to(root / folder)
        yield from ((inside / name).as_posix() for name in sorted(names) if not name.lower().endswith(SUFFIXES))


def _walk(root: Path, folder: Path, above: frozenset[str], notes: list[Diagnostic], bundles: bool) -> Iterator[Found]:
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
    leaf = bundles and any(is_index(path.name) for path in pages)
    for path in pages:
        if not leaf or is_index(path.name):
            yield Found(path.relative_to(root).as_posix(), folder.relative_to(root).as_posix() if leaf else None)
    skipped = SKIPPED if folder == root else ("node_modules",)
    for path in entries:
        if not leaf and path.is_dir() and not path.name.startswith(".") and path.name not in skipped:
            yield from _walk(root, path, above | {real}, notes, bundles)


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

"""Bookmarks from the tree of contents (PDF 32000-1 §12.3.3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from booklet.model import Entry

OPEN = ("part",)
"""Kinds whose entries stand open when the file is opened; a chapter's questions wait behind it."""


def write(out: Any, contents: Sequence[Entry], known: Callable[[str], Any]) -> None:
    """`known`: id → the destination array, or None for an id that the book lacks, whose children move up."""
    import pikepdf

    entries = _present(contents, known)
    if entries:
        out.Root.Outlines = out.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Outlines))
        out.Root.Outlines.Count = _level(out, entries, out.Root.Outlines, known)


def title(entry: Entry) -> str:
    """`1.2` numbers stand before the words, as in the contents."""
    return f"{entry.number}　{entry.title}" if entry.number else entry.title


def _present(entries: Sequence[Entry], known: Callable[[str], Any]) -> list[Entry]:
    return [
        e for entry in entries for e in ([entry] if known(entry.id) is not None else _present(entry.children, known))
    ]


def _level(out: Any, entries: Sequence[Entry], parent: Any, known: Callable[[str], Any]) -> int:
    """One level of the tree; returns how many items are visible below the parent."""
    import pikepdf

    made = [
        out.make_indirect(pikepdf.Dictionary(Title=pikepdf.String(title(e)), Dest=known(e.id), Parent=parent))
        for e in entries
    ]
    visible = len(made)
    for n, (item, entry) in enumerate(zip(made, entries, strict=True)):
        if n:
            item.Prev, made[n - 1].Next = made[n - 1], item
        children = _present(entry.children, known)
        if children:
            count = _level(out, children, item, known)
            item.Count = count if entry.kind in OPEN else -count
            visible += count if entry.kind in OPEN else 0
    parent.First, parent.Last = made[0], made[-1]
    return visible

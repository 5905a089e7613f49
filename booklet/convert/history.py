"""The table of versions in the colophon (版次), the newest first."""

from __future__ import annotations

from collections.abc import Mapping

from booklet.model import Book, Past

LISTED = 10
"""Versions. The first one is always among them; what lies between is counted."""


def lines(book: Book, words: Mapping[str, str]) -> list[str]:
    """`2026.12　2026-12-01　2 added, 1 revised`; nothing for a book that was never released."""
    newest = list(reversed(book.history))
    if len(newest) <= LISTED:
        return [_line(past, words) for past in newest]
    between = words["history_between"].replace("{}", str(len(newest) - LISTED))
    return [*(_line(past, words) for past in newest[: LISTED - 1]), between, _line(newest[-1], words)]


def _line(past: Past, words: Mapping[str, str]) -> str:
    kinds = (("history_added", past.added), ("history_revised", past.revised), ("history_removed", past.removed))
    counts = [words[name].replace("{}", str(count)) for name, count in kinds if count]
    return "　".join(filter(None, (past.version, past.date, words["history_join"].join(counts))))

"""What was written differently: two answers word by word, Han characters one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from booklet.ledger import Edit

TOKEN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af\u3040-\u30ff]|[^\W_]+|\s+|[^\w\s]|_")
LISTED = 5
"""Edits of one question that notes show."""
NEAR = 3
"""Tokens: what lies so near belongs to one edit, or the remains between two would be unreadable."""
BEFORE = 8
"""Tokens before an edit that say where it is."""
LONGEST = 80
"""Characters of one side."""


def edits(before: Sequence[str], after: Sequence[str]) -> tuple[tuple[Edit, ...], int]:
    """The first edits that lead from one answer to the other, and how many more there are."""
    found = list(_edits(before, after))
    return tuple(found[:LISTED]), max(0, len(found) - LISTED)


def _edits(before: Sequence[str], after: Sequence[str]) -> Iterator[Edit]:
    """Lines first: they are many fewer than words."""
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "replace":
            yield from _words("\n".join(before[a:b]), "\n".join(after[c:d]))
        elif tag != "equal":
            yield Edit(_short(after[c - 1], end=True) if c else "", _flat(before[a:b]), _flat(after[c:d]))


def _words(before: str, after: str) -> Iterator[Edit]:
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    for a, b, c, d in _joined(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
        place = "".join(new[max(0, c - BEFORE) : c]).rpartition("\n")[2]
        edit = Edit(place.strip(), _flat(["".join(old[a:b])]), _flat(["".join(new[c:d])]))
        if edit.gone != edit.new:
            yield edit


def _joined(codes: Sequence[tuple[str, int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Runs that differ, those with next to nothing between them as one."""
    runs: list[tuple[int, int, int, int]] = []
    for tag, a, b, c, d in codes:
        if tag == "equal":
            continue
        if runs and a - runs[-1][1] < NEAR:
            runs[-1] = (runs[-1][0], b, runs[-1][2], d)
        else:
            runs.append((a, b, c, d))
    return runs


def _flat(lines: Sequence[str]) -> str:
    return _short(" ".join(" ".join(lines).split()))


def _short(text: str, end: bool = False) -> str:
    """At most LONGEST characters; `end`: the last few, for what stands before an edit."""
    if end:
        return "".join(TOKEN.findall(text)[-BEFORE:]).strip()
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"

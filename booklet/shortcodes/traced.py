"""Text that was rewritten and still knows, for each of its places, the line of the author's file that it comes from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

# Noncharacters of Unicode, which no text may hold: a line number in text that is being put together.
LINE = re.compile("\ufdd2(\\d+)\ufdd3")
Edit = tuple[int, int, str]
"""From, to, new text."""


@dataclass(frozen=True, slots=True)
class Traced:
    """`lines[n]` is the author's line of the text from `places[n]` up to `places[n + 1]`."""

    text: str
    places: tuple[int, ...]
    lines: tuple[int, ...]

    def line(self, place: int) -> int:
        """The line, from 1, that the text at a place comes from."""
        return self.lines[max(bisect_right(self.places, place) - 1, 0)]

    def edited(self, edits: Iterable[Edit]) -> Traced:
        """The text after edits that do not overlap; those at one place are made in the order given."""
        parts: list[str] = []
        moved: list[int] = []
        old, new, done = 0, 0, 0
        for start, end, words in sorted(edits, key=lambda edit: edit[:2]):
            while done < len(self.places) and self.places[done] < end:
                moved.append(new + min(self.places[done], start) - old)
                if self.places[done] > start:
                    moved[-1] = new + start - old + len(words)
                done += 1
            parts += [self.text[old:start], words]
            new += start - old + len(words)
            old = end
        moved += [place + new - old for place in self.places[done:]]
        return Traced("".join([*parts, self.text[old:]]), tuple(moved), self.lines)


def traced(text: str, first_line: int) -> Traced:
    """A text as it stands in its file from `first_line` on."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    return Traced(text, tuple(starts), tuple(range(first_line, first_line + len(starts))))


def marked(text: str, line: int) -> str:
    """The text with its line's number before it and after each line end."""
    parts = text.split("\n")
    return "\n".join(mark(line + n) + part for n, part in enumerate(parts))


def mark(line: int) -> str:
    return f"\ufdd2{line}\ufdd3"


def unmarked(text: str, first_line: int) -> Traced:
    """Text put together from marked pieces; `first_line` is the line of what stands before the first mark."""
    parts: list[str] = []
    places, lines, length, end = [0], [first_line], 0, 0
    for match in LINE.finditer(text):
        parts.append(text[end : match.start()])
        length += match.start() - end
        places.append(length)
        lines.append(int(match[1]))
        end = match.end()
    return Traced("".join([*parts, text[end:]]), tuple(places), tuple(lines))

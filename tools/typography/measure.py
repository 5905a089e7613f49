"""What the rules share: classes of characters, the running text of a book, its measure, its line step."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from tools.typography.reading import HEADINGS, Book, Char, Line, Page

HAN = re.compile("[\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
LETTER = re.compile("[0-9A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff]")
CLOSING = "，。、；：！？）》〉」』】〕”’"
OPENING = "（《〈「『【〔“‘"
NOT_FIRST = CLOSING + "·～–"
SPACES = " \u00a0"
NEAR = 0.6
"""pt: what is flush."""


@dataclass(frozen=True)
class Verdict:
    """A rule, what was measured, whether it holds (None: not asked of this book), and where it does not."""

    rule: int
    name: str
    number: str
    holds: bool | None
    where: tuple[str, ...] = ()


def place(line: Line) -> str:
    """`p. 7 “训练时整句一次算完”`."""
    return f"p. {line.page + 1} “{line.text.strip()[:36]}”"


def level(book: Book) -> Book:
    """A two-sided book with its left pages moved over its right ones, so that all have one type area."""
    sides = [Measured(Book(book.path, book.pages[side::2])) for side in (0, 1)]
    shift, other = sides[0].left - sides[1].left, sides[0].right - sides[1].right
    if abs(shift) > 2 and abs(shift - other) < 1 and all(side.inner for side in sides):
        for page in book.pages[1::2]:
            _move(page, shift)
    return book


def _move(page: Page, shift: float) -> None:
    page.shift = shift
    for char in page.chars:
        x0, y0, x1, y1 = char.ink
        char.x, char.right, char.ink = char.x + shift, char.right + shift, (x0 + shift, y0, x1 + shift, y1)
    for thing in page.things:
        x0, y0, x1, y1 = thing.box
        thing.box = (x0 + shift, y0, x1 + shift, y1)


class Measured:
    """A book with its running text: lines at the size of the body, outside headings, tables, code, captions."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @cached_property
    def pages(self) -> dict[int, Page]:
        """By number, from 0."""
        return {page.number: page for page in self.book.pages}

    @cached_property
    def em(self) -> float:
        """pt: the size that most Han characters have."""
        sizes = Counter(round(char.size, 2) for page in self.book.pages for char in page.chars if HAN.match(char.text))
        return sizes.most_common(1)[0][0] if sizes else 10.5

    @cached_property
    def face(self) -> str:
        """The face that most of the running text is in."""
        fonts = Counter(char.font for line in self.running for char in line.chars if HAN.match(char.text))
        return fonts.most_common(1)[0][0] if fonts else ""

    @cached_property
    def running(self) -> list[Line]:
        return [line for line in self.book.lines if self._runs(line)]

    def _runs(self, line: Line) -> bool:
        inside = {"TD", "TH", "Table", "Caption", "Code", "Note", "TOC", *HEADINGS} & set(line.tags)
        page = self.pages[line.page]
        return not inside and numbered(page) and line.block in self.chinese and not smaller(line, self.em)

    @cached_property
    def chinese(self) -> set[int]:
        """Blocks with a line of Chinese at the body's size: their other lines are running text whatever is on them."""
        return {line.block for line in self.book.lines if abs(line.size - self.em) < 0.3 and HAN.search(line.text)}

    @cached_property
    def parts(self) -> list[list[Line]]:
        """Running text by the elements of the structure tree, which has one for each page of a block."""
        blocks: dict[int, list[Line]] = {}
        for line in self.running:
            blocks.setdefault(line.block, []).append(line)
        return list(blocks.values())

    @cached_property
    def paragraphs(self) -> list[list[Line]]:
        """Running text block by block, in reading order; a block that goes over a page is one."""
        whole: list[list[Line]] = []
        for lines in self.parts:
            if whole and self._goes_on(whole[-1], lines):
                whole[-1] = [*whole[-1], *lines]
            else:
                whole.append(lines)
        return [lines for lines in whole if not self._centred(lines)]

    def _centred(self, lines: list[Line]) -> bool:
        """Does every line stand in the middle of the measure, the last one well inside?"""
        sides = [(self.start(line) - self.left, self.right - self.end(line)) for line in lines]
        return sides[-1][0] > 1 and all(abs(before - after) < 1.5 for before, after in sides)

    def _goes_on(self, before: list[Line], lines: list[Line]) -> bool:
        """Is a block the rest of the one that ends the page before? The tree has one element a page."""
        last, first = before[-1], lines[0]
        if first.page != last.page + 1 or (first.tags != last.tags and "P" not in first.tags):
            return False
        text = [line for line in self.pages[first.page].lines if line.block]
        foot = [line for line in self.pages[last.page].lines if line.block and line.size > self.em - 0.3]
        if (
            not text
            or text[0] is not first
            or foot[-1] is not last
            or abs(self.end(last) - self.edge(last)) > 2 * NEAR
            or self.ended(last)
        ):
            return False
        if len(before) == 1:
            return self.start(first) <= self.start(last) + 1
        return abs(self.start(first) - self.start(last)) < 1

    def ended(self, line: Line) -> bool:
        """Does a line end a sentence?"""
        return line.text.rstrip(" ”’）")[-1:] in "。！？：；"

    @cached_property
    def inner(self) -> list[Line]:
        """The lines of running text that another line of their block follows: they are to be flush."""
        return [line for lines in self.paragraphs for line in lines[:-1]]

    @cached_property
    def left(self) -> float:
        """pt: the left edge of the type area, where most lines of running text begin."""
        lefts = Counter(round(self.start(line) * 2) / 2 for lines in self.parts for line in lines[1:])
        common = [x for x, count in lefts.items() if count >= max(3, 0.05 * sum(lefts.values()))]
        rough = min(common, default=0.0)
        near = [self.start(line) for lines in self.parts for line in lines[1:] if abs(self.start(line) - rough) < 0.5]
        return sorted(near)[len(near) // 2] if near else rough

    @cached_property
    def right(self) -> float:
        """pt: the right edge of the type area, where most lines that are to be flush end."""
        ends = Counter(
            round(self.end(line) * 2) / 2 for lines in self.parts for line in lines[:-1] if not self.quoted(line)
        )
        rough = max(ends, key=lambda x: (ends[x], x), default=0.0)
        near = [self.end(line) for lines in self.parts for line in lines[:-1] if abs(self.end(line) - rough) < 0.5]
        return sorted(near)[len(near) // 2] if near else rough

    def edge(self, line: Line) -> float:
        """Where a line is to end: quotations are indented on the right by whole em."""
        if not self.quoted(line):
            return self.right
        ends = Counter(
            round(self.end(other) * 2) / 2 for lines in self.parts for other in lines[:-1] if self.quoted(other)
        )
        inset = max(0, round((self.right - ends.most_common(1)[0][0]) / self.em)) if ends else 0
        return self.right - inset * self.em

    @staticmethod
    def quoted(line: Line) -> bool:
        return "BlockQuote" in line.tags

    @cached_property
    def step(self) -> float:
        """pt: from baseline to baseline."""
        steps = Counter(
            round(a.y - b.y, 1) for lines in self.paragraphs for a, b in pairwise(lines) if a.page == b.page
        )
        return steps.most_common(1)[0][0] if steps else 0.0

    def end(self, line: Line) -> float:
        """Where the ink of a line may end: a closing mark counts half, spaces do not count."""
        chars = [char for char in line.chars if char.text not in SPACES]
        last = max(chars, key=lambda char: char.x)
        right = last.x + last.size if HAN.match(last.text) else last.right
        right = last.x + last.size / 2 if wide(last) and last.text in CLOSING else right
        return max([right, *(thing.box[2] for thing in line.things)])

    def start(self, line: Line) -> float:
        """Where the ink of a line may begin: an opening mark counts half."""
        first = line.chars[0]
        if first.x > min([thing.box[0] for thing in line.things], default=1e9):
            return line.left
        return first.x + first.size / 2 if wide(first) and first.text in OPENING else first.x


def wide(char: Char) -> bool:
    """Is a mark drawn in a full-width face? (Marks of Latin faces are not the rules' concern.)"""
    return HAN.match(char.text) is not None or (
        char.text in CLOSING + OPENING and "Mono" not in char.font and "Inter" not in char.font
    )


def numbered(page: Page) -> bool:
    """Is a page part of the text, and no cover or front matter? A file without labels is text throughout."""
    return page.label == "" or page.label.isdigit()


def spoken(line: Line) -> str:
    """The text of a line with U+FFFC where a formula stands."""
    parts = [(char.x, char.text) for char in line.chars] + [(thing.box[0], "\ufffc") for thing in line.things]
    return "".join(text for _, text in sorted(parts))


def smaller(line: Line, em: float) -> bool:
    """Is a line set in another size than the body, code inside it apart?"""
    return any(abs(line.size - em) >= 0.3 and "Mono" not in char.font for char in line.chars)


def pairs(line: Line) -> Iterator[tuple[Char, Char]]:
    """Characters that stand beside each other, with no formula and no note's call between them."""
    chars = [char for char in line.chars if abs(char.y - line.y) < 0.5]
    raised = [char.x for char in line.chars if abs(char.y - line.y) >= 0.5 and char.text not in SPACES]
    between = raised + [(thing.box[0] + thing.box[2]) / 2 for thing in line.things]
    for a, b in pairwise(chars):
        if not any(a.x < x < b.x for x in between):
            yield a, b

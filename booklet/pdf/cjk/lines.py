"""A line of WeasyPrint's boxes: read as characters in their order, and moved apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from booklet.pdf.cjk.classes import Class, class_of, ends_empty, starts_empty
from booklet.pdf.cjk.fill import Gap, Kind

CODE = ("code", "kbd", "samp", "tt", "pre")
"""Elements whose spaces are part of what they say."""
PARTING = {(a, b) for a in ("han", "close") for b in ("han", "open")} | {("close", "other"), ("other", "open")}
"""Neighbours that may part: never a mark from the words that it belongs to."""
Ratio = Callable[[Any, str], float]
"""Style, character → its width in em."""


@dataclass(slots=True)
class Leaf:
    """A text box, or a box in the line that is not text: how far it moves, and how its characters part."""

    box: Any
    text: str
    before: float = 0.0
    after: dict[int, float] = field(default_factory=dict)
    """Byte at which a character starts → px added after it."""

    @property
    def em(self) -> float:
        return float(self.box.style["font_size"])


@dataclass(slots=True)
class Place:
    """Where a gap is: after a character of a leaf, or before a leaf where two of them meet."""

    leaf: Leaf
    byte: int | None


class Line:
    """One line. Widths are in px."""

    def __init__(self, line: Any, language: str, ratio: Ratio) -> None:
        self.line, self.language, self.ratio = line, language, ratio
        self.leaves = list(_leaves(line))
        self.gaps: list[tuple[Gap, Place]] = []
        self.joints: list[tuple[Leaf, float]] = []
        self.start = self.end = 0.0
        self._read()

    def _read(self) -> None:
        """All gaps, what adjacent marks in two boxes lose, and the empty halves at both edges."""
        last: tuple[Leaf, int, str, Class] | None = None
        before: Class | None = None
        space: Place | None = None
        for leaf, byte, character, kind in self._characters():
            if kind == "joiner":
                continue
            if last is None:
                self.start = self._half(leaf, character) if starts_empty(character) else 0.0
            elif kind == "space":
                space, before = Place(leaf, byte), last[3]
            elif space is not None:
                self._space(space, before, kind)
                space = None
            else:
                self._boundary(last, leaf, byte, character, kind)
            last = (leaf, byte, character, kind)
        if last and ends_empty(last[2], self.language):
            self.end = self._half(last[0], last[2])

    def _characters(self) -> Iterator[tuple[Leaf, int, str, Class]]:
        for leaf in self.leaves:
            byte = 0
            for character in leaf.text:
                yield leaf, byte, character, class_of(character)
                byte += len(character.encode())

    def _space(self, place: Place, before: Class | None, after: Class) -> None:
        """A space: between words, or between Han and something else."""
        if place.leaf.box.element_tag in CODE:
            return
        kind: Kind = "mixed" if "han" in (before, after) else "word"
        width = self.ratio(place.leaf.box.style, " ") * place.leaf.em
        self.gaps.append((Gap(kind, width, place.leaf.em), place))

    def _boundary(self, last: tuple[Leaf, int, str, Class], leaf: Leaf, byte: int, character: str, kind: Class) -> None:
        """Two characters without a space: Han part, adjacent marks in two boxes draw together."""
        there, at, _, before = last
        joint = leaf is not there
        if joint and before in ("open", "close") and kind in ("open", "close"):
            self._close_up(last, leaf, character, kind)
        if (before, kind) in PARTING:
            place = Place(leaf, None) if joint else Place(there, at)
            self.gaps.append((Gap("han", 0.0, there.em), place))
        elif not joint and _letters(last[2], character) and there.box.element_tag not in CODE:
            self.gaps.append((Gap("letter", 0.0, there.em), Place(there, at)))

    def _close_up(self, last: tuple[Leaf, int, str, Class], leaf: Leaf, character: str, kind: Class) -> None:
        """The pairs that `PAIR` finds inside a box, where two boxes meet."""
        there, _, mark, before = last
        if before == "close":
            self.joints.append((leaf, -self._half(there, mark)))
        elif kind == "open":
            self.joints.append((leaf, -self._half(leaf, character)))

    def _half(self, leaf: Leaf, mark: str) -> float:
        """Half the width of a mark that is as wide as a Han character, nothing of one that is narrower."""
        return leaf.em / 2 if self.ratio(leaf.box.style, mark) > 0.9 else 0.0

    @property
    def closed(self) -> float:
        """What the line loses where adjacent marks stand in two boxes, below zero."""
        return sum(shift for _, shift in self.joints)

    def set(self, grown: tuple[float, ...] | None) -> None:
        """Move the boxes; their characters move when they are drawn."""
        for leaf, shift in self.joints:
            leaf.before += shift
        for (_, place), width in zip(self.gaps, grown or (), strict=False):
            if place.byte is None:
                place.leaf.before += width
            else:
                place.leaf.after[place.byte] = place.leaf.after.get(place.byte, 0.0) + width
        if self.joints or grown:
            _move(self.line, {id(leaf.box): leaf for leaf in self.leaves}, 0.0)

    @property
    def words(self) -> str:
        """The text of the line, … for formulas and pictures."""
        return "".join(leaf.text for leaf in self.leaves).replace("\ufffc", "…")


def _letters(a: str, b: str) -> bool:
    """Letters that stand side by side unjoined: Latin, Greek, Cyrillic."""
    return a.isalpha() and b.isalpha() and max(a, b) < "\u0530"


def _leaves(box: Any) -> Iterator[Leaf]:
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        if box.text:
            yield Leaf(box, box.text)
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            if child.is_in_normal_flow():
                yield from _leaves(child)
    else:
        yield Leaf(box, "\ufffc")


def _move(box: Any, leaves: dict[int, Leaf], shift: float) -> float:
    """Shift a box and all in it by what came before; returns what comes before its successor.

    Room at the start of an inline box moves the box: a link's rule begins with its first word.
    """
    from weasyprint.formatting_structure import boxes

    leaf = leaves.get(id(box))
    if isinstance(box, boxes.LineBox | boxes.InlineBox):
        first = None if isinstance(box, boxes.LineBox) else _first(box, leaves)
        if first:
            shift += first.before
            first.before = 0.0
        box.position_x += shift
        moved = shift
        for child in box.children:
            if child.is_in_normal_flow():
                moved = _move(child, leaves, moved)
        box.width += moved - shift
        return moved
    shift += leaf.before if leaf else 0.0
    if not isinstance(box, boxes.TextBox):
        box.translate(shift, 0)
        return shift
    box.position_x += shift
    if leaf and leaf.after:
        box.pango_layout.parted = leaf.after
        box.width += sum(leaf.after.values())
        shift += sum(leaf.after.values())
    return shift


def _first(box: Any, leaves: dict[int, Leaf]) -> Leaf | None:
    """The first leaf inside a box, if nothing stands before it there."""
    while not (leaf := leaves.get(id(box))):
        children = [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]
        if not children:
            return None
        box = children[0]
    return leaf

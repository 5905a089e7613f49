"""What changes the pages beside the book and the theme."""

from __future__ import annotations

from dataclasses import dataclass, field

from booklet.model import Formula, Json
from booklet.pdf.compose.links import Shown
from booklet.pdf.displays import Fold


def unfolded(formula: Formula, em: int) -> Json:
    """No formula is folded."""
    return None


@dataclass(frozen=True, slots=True)
class Options:
    """`bleed` in mm; `cover`: the address of the author's own picture, `asset:<sha256>.<extension>`."""

    paper: str = "A5"
    edition: str = "screen"
    depth: int = 3
    fold: Fold = field(default=unfolded, repr=False)
    links: Shown = "footnote"
    bleed: float = 0
    cover: str | None = None

    trimmed: bool = True
    """Are the pages cut after printing? Only then have they a bleed and marks."""
    lines: bool = True
    """Is there room to write where an answer is missing?"""
    plan: bool = False
    """Is there a page to plan by?"""
    since: str = ""
    """ISO date: questions that were revised on that day or later have a mark."""
    order: tuple[str, ...] = ()
    """The ids of a quiz's questions, where it does not follow the book."""

    @property
    def two_sided(self) -> bool:
        return self.edition in ("print", "booklet")

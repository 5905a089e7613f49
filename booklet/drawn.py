"""The nouns of what is drawn and not set as text: formulas and pictures (see `booklet.model`, which passes them on)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Json = Any
"""A node, or list of nodes, of pandoc's AST. Never changed in place once it is in a frozen value."""

LONGEST_TEX = 2000
"""Characters."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula where it stands, and its rendering, which equal formulas share."""

    tex: str
    """As it was rendered: backslashes resolved."""
    display: bool
    path: str
    line: int
    mathml: str | None = None
    """A `<math>` element, or None where the TeX does not parse."""
    drawing: Json = None
    """Glyph outlines with their places, for `booklet.pdf.formulas`; None where the TeX does not parse."""
    error: str | None = None
    recipe: Json = None
    """How it was rendered: `booklet.maths.fold` folds it for a measure."""

    @property
    def ok(self) -> bool:
        return self.error is None

    @property
    def excerpt(self) -> str:
        """What the marked box shows of TeX that does not parse: all of it, unless nobody wrote so much by hand."""
        return self.tex if len(self.tex) <= LONGEST_TEX else f"{self.tex[:LONGEST_TEX]} …"


@dataclass(frozen=True, slots=True)
class Asset:
    """A picture as the author named it, and where its bytes lie."""

    source: str
    status: Literal["ok", "missing", "offline", "rejected"]
    path: str
    line: int
    sha256: str | None = None
    media_type: str | None = None
    width: int | None = None
    """Pixels; None for vector graphics without a size."""
    height: int | None = None

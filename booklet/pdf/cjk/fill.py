"""How a line is filled: where room is added, how much, and when it is better not to (CLREQ 3.3.3, JLREQ 3.8.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["word", "mixed", "han", "letter"]
LIMITS: dict[Kind, float] = {"word": 0.5, "mixed": 1 / 3, "han": 0.3, "letter": 0.0}
"""em: what a space between words, one between Han and Latin, and a gap between Han may grow to."""
FINE: dict[Kind, float] = {**LIMITS, "letter": 0.05}
"""em: before spaces become holes, the letters of Latin words part a little (JLREQ 3.8.4 lets them do so last)."""
LOOSE: dict[Kind, float] = {"word": 1.0, "mixed": 0.5, "han": 0.3, "letter": 0.05}
"""em: the same for a line that would stay ragged otherwise. Han keep their limit."""
WEIGHT: dict[Kind, float] = {"word": 3.0, "mixed": 3.0, "han": 1.0, "letter": 0.01}
"""Spaces grow three times as fast as gaps between Han, until they are at their limit; letters take the rest."""
LOOSENED: dict[Kind, float] = {**WEIGHT, "letter": 30.0}
"""The same where spaces become holes: letters have parted before."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A place of a line that can grow: its natural width (0 between Han, 0 between letters) and the em, in one unit."""

    kind: Kind
    width: float
    em: float


def fill(gaps: Sequence[Gap], extra: float) -> tuple[float, ...] | None:
    """What each gap grows by so that the line grows by `extra`; None where that would tear the line."""
    for limits, weight in ((LIMITS, WEIGHT), (FINE, WEIGHT), (LOOSE, LOOSENED)):
        rooms = [max(0.0, limits[gap.kind] * gap.em - gap.width) for gap in gaps]
        if sum(rooms) >= extra:
            return _shared(gaps, rooms, extra, weight)
    return None


def _shared(
    gaps: Sequence[Gap], rooms: Sequence[float], extra: float, weight: Mapping[Kind, float]
) -> tuple[float, ...]:
    """Each gap grows by its weight, those that reach their limit stay there and the others take the rest."""
    grown = [0.0] * len(gaps)
    active = [n for n, room in enumerate(rooms) if room > 0]
    while active:
        unit = extra / sum(weight[gaps[n].kind] * gaps[n].em for n in active)
        full = [n for n in active if weight[gaps[n].kind] * gaps[n].em * unit >= rooms[n]]
        if not full:
            for n in active:
                grown[n] = weight[gaps[n].kind] * gaps[n].em * unit
            break
        for n in full:
            grown[n] = rooms[n]
            extra -= rooms[n]
        active = [n for n in active if n not in full]
    return tuple(grown)

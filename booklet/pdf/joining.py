"""Pieces on their way into a book, each of them in the cache: what is known is copied while the rest is being set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from booklet import fonts
from booklet.cache import Cache, tool
from booklet.diagnostics import Noted
from booklet.pdf import link
from booklet.pdf.model import LaidOut, Linked, Order, Plan

LINKED = "linked/1"
FONT = "font/1"


class Joining:
    """One book. The cache has its pieces, keeps its fonts and the finished file.

    Chapters are copied first, in order, then what is listed from them: whatever an author does, most of what is known
    already then comes before what must be set.
    """

    def __init__(self, orders: Sequence[Order], cache: Cache) -> None:
        self.cache = cache
        self._copies = link.Copies()
        self._given: dict[int, LaidOut] = {}
        self._left = sorted(range(len(orders)), key=lambda number: (orders[number].path is None, number), reverse=True)

    def give(self, number: int, digest: str) -> None:
        """The piece that stands at this place of the book. It is copied at its turn. Lost where the store lacks it."""
        self._given[number] = LaidOut.load(self.cache.store.get(digest))
        while self._left and self._left[-1] in self._given:
            turn = self._left.pop()
            self._copies.take(turn, self._given.pop(turn))

    def linked(self, laid: Sequence[str], plan: Plan) -> Noted[Linked]:
        """The finished PDF. `laid`: the digests of all pieces, in order."""

        def join() -> Noted[bytes]:
            for number in sorted({*self._left} - {*self._given}):
                self.give(number, laid[number])
            done = link.finish(self._copies, plan, self._cut)
            return Noted(done.value.dump(), done.notes)

        finished = self.cache.remember_file(LINKED, [tool(), *laid, repr(plan)], join)
        return Noted(Linked.load(self.cache.store.get(finished.value)), finished.notes)

    def _cut(self, face: fonts.Face, glyphs: Iterable[int]) -> bytes:
        wanted = sorted(glyphs)
        inputs = [tool(), repr(face), face.digest, repr(wanted)]
        return self.cache.remember(FONT, inputs, lambda: fonts.cut_glyphs(face, wanted))

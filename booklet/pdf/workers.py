"""Pieces composed and set, in processes side by side. Results come in the pieces' order, whatever the timing.

The seam is `concurrent.futures.Executor`: what a worker gets and gives can be pickled, and depends on nothing else but
the cache, where the pages are put.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from booklet import processes
from booklet.cache import Cache
from booklet.diagnostics import BookletError, Diagnostic, Location, Noted, failure, nested
from booklet.pdf import lay_out
from booklet.pdf.model import Order, Piece, Sketch
from booklet.values import plain, typed

PAGES = "pages/2"
SKETCH = "sketch/1"
LONGEST = 600
"""Seconds for one piece. A page takes 50 ms."""
WORTH = 4
"""Pieces. Where processes take long to begin, fewer are set sooner than they start."""
Answer = tuple[str | None, tuple[Diagnostic, ...], int]
"""The digest of the pages, None where there are none; what was noticed; how many were set anew."""


@dataclass(frozen=True, slots=True)
class Press:
    """What all pieces of an edition are set with. `known`: the versions of the program and of the theme."""

    style: lay_out.Style
    cache: Cache
    known: tuple[str, ...]

    def pages(self, drawn: Sketch) -> list[str]:
        """The key of a piece's pages."""
        return [*self.known, *lay_out.key(drawn, self.style)]

    def order(self, order: Order) -> list[str]:
        """The key of its sketch."""
        return [*self.known, *order.inputs]

    def remember(self, order: Order, drawn: Sketch, make: Callable[[], Noted[bytes]]) -> Noted[str]:
        """The digest of an order's pages, which `make` gives where the cache lacks them; its sketch is kept too."""
        done = self.cache.remember_file(PAGES, self.pages(drawn), make)
        if order.inputs:
            self.cache.remember_json(SKETCH, self.order(order), lambda: Noted(plain(drawn)))
        return done


def known(order: Order, press: Press) -> Noted[str] | None:
    """The digest of a piece's pages in the store, if nothing has changed for it."""
    if not order.inputs:
        return press.cache.known_file(PAGES, press.pages(lay_out.sketch(order.make())))
    found = press.cache.known_json(SKETCH, press.order(order))
    return press.cache.known_file(PAGES, press.pages(typed(Sketch, found.value))) if found else None


@contextmanager
def set_all(orders: Sequence[Order], press: Press, jobs: int) -> Iterator[Iterator[tuple[Noted[str], int]]]:
    """The digest of each piece's pages (`LaidOut.dump`) in the store, and how many of them were set anew.

    With more than one job, work has begun when the block begins: the first process can do something else meanwhile.
    BookletError for one that cannot be set, or whose worker dies or hangs.
    """
    if jobs < 2 or len(orders) < (1 if processes.prompt() else WORTH) or not processes.available():
        yield (_taken(work(order, press)) for order in orders)
        return
    places = sorted(range(len(orders)), key=lambda n: orders[n].path is not None)  # long lists first
    with processes.in_turn(jobs, work, [(orders[n], press) for n in places], LONGEST) as made:
        yield _in_order(orders, places, made)


def _in_order(
    orders: Sequence[Order], places: Sequence[int], made: Iterator[Answer]
) -> Iterator[tuple[Noted[str], int]]:
    """The answers as the orders stand. `places`: the order that each of `made` belongs to."""
    early: dict[int, Answer] = {}
    coming = iter(places)
    for n in range(len(orders)):
        while n not in early:
            place = next(coming)
            try:
                early[place] = next(made)
            except processes.Died:
                raise died(orders[place]) from None
        yield _taken(early.pop(n))


def work(order: Order, press: Press) -> Answer:
    """What a worker does. An error that ends the run travels as its finding: pickled exceptions lose their fields."""
    pages: list[int] = []
    try:
        piece = order.make()
        drawn = lay_out.sketch(piece)
        done = press.remember(order, drawn, lambda: _set(piece, press, pages))
    except RecursionError:
        return None, (nested(order.path).diagnostic,), 0
    except BookletError as problem:
        return None, (problem.diagnostic,), 0
    return done.value, done.notes, sum(pages)


def _set(piece: Piece, press: Press, pages: list[int]) -> Noted[bytes]:
    """The pages; `pages` is told how many."""
    made = lay_out.lay_out(piece, press.style, press.cache.store.get, press.cache)
    pages.append(made.value.pages)
    return Noted(made.value.dump(), made.notes)


def _taken(answer: Answer) -> tuple[Noted[str], int]:
    digest, notes, pages = answer
    if digest is None:
        raise BookletError(notes[0])
    return Noted(digest, notes), pages


def died(order: Order) -> BookletError:
    """What is said of a piece on which a process dies, or over which it takes too long."""
    hint = "look for what is unusually large there; run again with -j 1 --debug to see where it happens"
    place = Location(order.path) if order.path else None
    return failure("pdf/worker", f"{order.id}: the process that sets it died, or took over {LONGEST} s", place, hint)

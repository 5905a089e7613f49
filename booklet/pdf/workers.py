"""Pieces set side by side in processes of their own. Results come in the order of the pieces, whatever the timing.

The seam is `concurrent.futures.Executor`: what a worker gets and gives can be pickled and depends on nothing else.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing

from booklet import processes
from booklet.cache import Store
from booklet.diagnostics import BookletError, Diagnostic, Location, Noted, failure, nested
from booklet.pdf.lay_out import Style, lay_out
from booklet.pdf.model import Piece

LONGEST = 600
"""Seconds for one piece. A page takes 50 ms."""
WORTH = 4
"""Pieces. Fewer are set sooner than processes start."""
Answer = tuple[bytes | None, tuple[Diagnostic, ...]]


def set_all(pieces: Sequence[Piece], style: Style, store: Store, jobs: int) -> Generator[Noted[bytes], None, None]:
    """Each piece as `LaidOut.dump` gives it. BookletError for one that cannot be set, or whose worker dies or hangs."""
    if jobs < 2 or len(pieces) < WORTH or not processes.available():
        for piece in pieces:
            yield _taken(work(piece, style, store))
        return
    made = processes.in_turn(jobs, work, [(piece, style, store) for piece in pieces], LONGEST)
    with closing(made):
        for piece in pieces:
            try:
                yield _taken(next(made))
            except processes.Died:
                raise _died(piece) from None


def work(piece: Piece, style: Style, store: Store) -> Answer:
    """What a worker does. An error that ends the run travels as its finding: pickled exceptions lose their fields."""
    try:
        made = lay_out(piece, style, store.get)
    except RecursionError:
        return None, (nested(piece.path).diagnostic,)
    except BookletError as problem:
        return None, (problem.diagnostic,)
    return made.value.dump(), made.notes


def _taken(answer: Answer) -> Noted[bytes]:
    data, notes = answer
    if data is None:
        raise BookletError(notes[0])
    return Noted(data, notes)


def _died(piece: Piece) -> BookletError:
    hint = "look for what is unusually large there; run again with -j 1 --debug to see where it happens"
    place = Location(piece.path) if piece.path else None
    return failure("pdf/worker", f"{piece.id}: the process that sets it died, or took over {LONGEST} s", place, hint)

"""Pieces set side by side in processes of their own. Results come in the order of the pieces, whatever the timing.

The seam is `concurrent.futures.Executor`: what a worker gets and gives can be pickled and depends on nothing else.
"""

from __future__ import annotations

import signal
from collections.abc import Generator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

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
    tasks = [(LONGEST, piece, style, store) for piece in pieces]
    with processes.beside(min(jobs, len(pieces)), _timed, tasks) as waiting:
        for piece, future in zip(pieces, waiting, strict=True):
            yield _taken(_result(piece, future, style, store))


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


def _result(piece: Piece, future: Future[Answer], style: Style, store: Store) -> Answer:
    """A worker that dies takes its pool with it: each piece that is left gets a process of its own."""
    try:
        return future.result()
    except BrokenProcessPool:
        with processes.beside(1, _timed, [(LONGEST, piece, style, store)]) as alone:
            try:
                return alone[0].result()
            except BrokenProcessPool:
                raise _died(piece) from None


def _died(piece: Piece) -> BookletError:
    hint = "look for what is unusually large there; run again with -j 1 --debug to see where it happens"
    place = Location(piece.path) if piece.path else None
    return failure("pdf/worker", f"{piece.id}: the process that sets it died, or took over {LONGEST} s", place, hint)


def _timed(seconds: int, piece: Piece, style: Style, store: Store) -> Answer:
    """What hangs ends by itself, even inside the engine's C code (where the system has alarms)."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)
    try:
        return work(piece, style, store)
    finally:
        if hasattr(signal, "alarm"):
            signal.alarm(0)

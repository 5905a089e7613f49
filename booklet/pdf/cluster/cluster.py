"""Orders out, pages in, over any `concurrent.futures.Executor`: whatever a worker lacks is sent to it, once."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from booklet import fonts
from booklet.diagnostics import BookletError, Noted, failure
from booklet.pdf import workers
from booklet.pdf.cluster import worker
from booklet.pdf.cluster.dask import Ship, connected
from booklet.pdf.cluster.parcel import Packing
from booklet.pdf.cluster.worker import Reply
from booklet.pdf.model import Order
from booklet.pdf.workers import Press

ROUNDS = 8
"""Replies that something is lacking, for one piece: its store is asked for bodies, then pictures, then fonts."""
Done = tuple[Noted[str], int]


@contextmanager
def set_all(orders: Sequence[Order], press: Press, address: str) -> Iterator[Iterator[Done]]:
    """As `workers.set_all`, by the cluster at an address: `dask://host:port`."""
    if not orders:
        yield iter(())
        return
    with connected(address) as (executor, ship), over(executor, orders, press, ship) as made:
        yield made


@contextmanager
def over(
    executor: Executor, orders: Sequence[Order], press: Press, ship: Ship = lambda data: data
) -> Iterator[Iterator[Done]]:
    """As `workers.set_all`. The processes of the executor need this version of booklet, and no folder of this machine.

    `ship` is called once for all bytes that they lack.

    BookletError for a piece that cannot be set, and where the cluster is lost or has another version.
    """
    yield _Errands(executor, orders, press, ship).done()


class _Errands:
    """Every order that is out, and what has come back of them."""

    def __init__(self, executor: Executor, orders: Sequence[Order], press: Press, ship: Ship) -> None:
        self.executor, self.orders, self.press = executor, orders, press
        self.shipped = functools.cache(lambda digest: ship(press.cache.store.get(digest)))
        style = replace(press.style, emoji=fonts.emoji())  # those of this machine, wherever a piece is set
        packing = Packing(press.cache.store)
        self.style = packing.packed(style)
        self.rounds = [0] * len(orders)
        self.given: list[dict[str, Any]] = [{} for _ in orders]
        self.parcels = [packing.packed(order) for order in orders]
        self.out: dict[Future[Reply], int] = {}
        self.back: dict[int, Done] = {}
        for number in range(len(orders)):
            self._send(number)

    def done(self) -> Iterator[Done]:
        """In the orders' order."""
        for number in range(len(self.orders)):
            while number not in self.back:
                finished, _ = wait(self.out, workers.LONGEST, FIRST_COMPLETED)
                if not finished:
                    raise workers.died(self.orders[number])
                for future in finished:
                    self._take(self.out.pop(future), future)
            yield self.back.pop(number)

    def _send(self, number: int) -> None:
        """With all that was ever lacking for it: this time another worker may take it."""
        task = self.parcels[number], self.style, worker.versions(), list(self.given[number].values())
        self.out[self.executor.submit(worker.work, *task)] = number

    def _take(self, number: int, future: Future[Reply]) -> None:
        order, reply = self.orders[number], _result(future, self.orders[number])
        if reply.versions:
            raise _other(set(reply.versions) - set(worker.versions()))
        if reply.error:
            raise BookletError(reply.error)
        if not reply.lacks:
            self.back[number] = self._kept(order, reply)
            return
        self.rounds[number] += 1
        if self.rounds[number] > ROUNDS:
            raise workers.died(order)
        self.given[number] |= {digest: self.shipped(digest) for digest in reply.lacks}
        self._send(number)

    def _kept(self, order: Order, reply: Reply) -> Done:
        """The pages in the cache here, as a local worker would have put them there."""
        assert reply.drawn is not None
        return self.press.remember(order, reply.drawn, lambda: Noted(reply.pages, reply.notes)), 1


def _result(future: Future[Reply], order: Order) -> Reply:
    try:
        return future.result()
    except BrokenExecutor:
        raise workers.died(order) from None
    except (CancelledError, OSError):
        hint = "start its scheduler again, then run the same command: what was set is in the cache"
        raise failure("executor/lost", "the cluster has gone away while pieces were being set", hint=hint) from None
    except ModuleNotFoundError as problem:
        raise _other([f"no {problem.name}"]) from None
    except Exception as problem:
        if type(problem).__name__ == "KilledWorker":  # Dask's own
            raise workers.died(order) from None
        raise


def _other(found: Iterable[str]) -> BookletError:
    named = [item if " " in item else "another version of booklet" for item in found]
    hint = "install there what is here: the same lock file, and booklet-press[dask]"
    return failure("executor/version", f"a worker of the cluster has {', '.join(sorted(named))}", hint=hint)

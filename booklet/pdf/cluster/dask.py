"""A Dask cluster as an executor. `distributed` is an extra: `pip install booklet-press[dask]`."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from booklet.diagnostics import failure

ADDRESS = re.compile(r"dask://([^/\s]+:\d+)/?")
LOGGERS = ("distributed", "distributed.client", "tornado.application")
Ship = Callable[[bytes], Any]
"""Bytes → what stands for them in a task's arguments: the task gets the bytes."""
PATIENCE = 10
"""Seconds for the scheduler to answer, and for a first worker to be there."""


@contextmanager
def connected(address: str) -> Iterator[tuple[Executor, Ship]]:
    """The cluster whose scheduler listens at `dask://host:port`, and how it is sent what tasks will be given.

    Dask keeps what was sent once for all tasks, under a name by its hash, and copies it from worker to worker.
    BookletError where there is no cluster.
    """
    place = checked(address)
    try:
        from distributed import Client
    except ImportError:
        hint = "pip install 'booklet-press[dask]'"
        raise failure("executor/missing", "a Dask cluster needs the package distributed", hint=hint) from None
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what matters is said as a finding
    with _client(Client, place, address) as client:
        yield client.get_executor(pure=False), client.scatter


def checked(address: str) -> str:
    """Host and port of `dask://host:port`. BookletError for an address that is none."""
    place = ADDRESS.fullmatch(address)
    if place is None:
        raise failure("usage/executor", f"{address} is no cluster", hint="dask://host:port, of the scheduler")
    return place[1]


def _client(kind: Any, place: str, address: str) -> Any:
    client = None
    try:
        client = kind(f"tcp://{place}", timeout=PATIENCE, set_as_default=False)
        client.wait_for_workers(1, timeout=PATIENCE)
    except (OSError, TimeoutError):
        if client is not None:
            client.close()
        said = "has no workers" if client is not None else "does not answer"
        hint = "dask scheduler; dask worker tcp://HOST:PORT --nthreads 1"
        raise failure("executor/unreachable", f"the cluster at {address} {said}", hint=hint) from None
    return client

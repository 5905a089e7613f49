"""Work beside the first process: whether it can be had, how it begins, and that nothing of it is left behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache
from multiprocessing import forkserver, resource_tracker
from multiprocessing.context import BaseContext
from typing import Any, TypeVar

T = TypeVar("T")

PRELOAD = "booklet.preload"
"""What workers start with: whatever a run begins with, nearly every one comes to set pages."""


class Died(Exception):
    """A process ended, or was ended, before it had done its task."""


@cache
def available() -> bool:
    """Can there be workers? They need semaphores, which a root without a writable /dev/shm does not have."""
    try:
        multiprocessing.Lock()
    except (OSError, ImportError):
        return False
    return True


def prompt() -> bool:
    """Do workers start from a process that has everything loaded? Where not, each takes a second to begin."""
    return available() and _context().get_start_method() == "forkserver"


def warm(jobs: int) -> None:
    """Start what workers start from, so that it has loaded the engine by the time that they are wanted."""
    if jobs > 1 and prompt():
        resource_tracker.ensure_running()  # inside, it would take the mask away
        with deaf():
            forkserver.ensure_running()


@contextmanager
def beside(jobs: int, work: Callable[..., T], tasks: Iterable[Sequence[object]]) -> Iterator[list[Future[T]]]:
    """What `work` makes of each task's arguments, in `jobs` processes.

    However the block ends, no process and no temporary file of theirs is left behind.
    """
    with tempfile.TemporaryDirectory(prefix="booklet-", ignore_cleanup_errors=True) as folder:
        workers = ProcessPoolExecutor(jobs, mp_context=_context(), initializer=_begin, initargs=(folder,))
        try:
            warm(2)
            with _uninterrupted(), deaf():
                waiting = [workers.submit(work, *task) for task in tasks]
            _only_they_answer(workers)
            yield waiting
        finally:
            with _uninterrupted():
                for child in multiprocessing.active_children():
                    child.kill()  # done, or not wanted any more, or never quite started
                _only_they_answer(workers)
                workers.shutdown(cancel_futures=True)


@contextmanager
def in_turn(
    jobs: int, work: Callable[..., T], tasks: Sequence[Sequence[object]], longest: int
) -> Iterator[Iterator[T]]:
    """What `work` makes of each task, in the tasks' order. Died for one that ends its process, or takes too long.

    `longest`: seconds for one task. A process that dies takes its pool with it: each task that is left then gets a
    process of its own. Work has begun when the block begins.
    """
    timed = [(longest, work, *task) for task in tasks]
    with beside(min(jobs, len(tasks)), _timed, timed) as waiting:
        yield (_answer(task, future) for task, future in zip(timed, waiting, strict=True))


def _answer(task: Sequence[object], future: Future[T]) -> T:
    try:
        return future.result()
    except BrokenProcessPool:
        alone: T = _alone(task)
        return alone


def _alone(task: Sequence[object]) -> Any:
    with beside(1, _timed, [task]) as waiting:
        try:
            return waiting[0].result()
        except BrokenProcessPool:
            raise Died from None


def _timed(seconds: int, work: Callable[..., T], *task: object) -> T:
    """What hangs ends by itself, even inside C code (where the system has alarms)."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)
    try:
        return work(*task)
    finally:
        if hasattr(signal, "alarm"):
            signal.alarm(0)


def _only_they_answer(workers: ProcessPoolExecutor) -> None:
    """Close our end of the pipe for answers: the rest of one whose worker was killed would be waited for for ever."""
    queue = getattr(workers, "_result_queue", None)
    if queue is not None:
        queue._writer.close()


def _context() -> BaseContext:
    """Processes that start from one with the engine loaded, where the system has them."""
    server = sys.platform.startswith("linux")
    context = multiprocessing.get_context("forkserver" if server else "spawn")
    if server:
        context.set_forkserver_preload([PRELOAD])
    return context


def _begin(folder: str) -> None:
    """The first thing that a worker does: Ctrl-C is the first process's matter, and so is clearing up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tempfile.tempdir = folder  # a worker that is killed removes nothing itself
    threading.Thread(target=_end_with_the_first, daemon=True).start()


def _end_with_the_first() -> None:
    """A worker is of no use to anybody once the first process is gone, however that ended."""
    first = multiprocessing.parent_process()
    if first is not None:
        first.join()
        os._exit(1)


@contextmanager
def deaf() -> Iterator[None]:
    """Whatever starts here does not hear Ctrl-C, which a terminal sends to all: from its first moment, by its mask.

    Who starts it hears it when the block ends.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C waits until every process has started, or is gone: one in between could not be ended in peace."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    caught: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: caught.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if caught:
        raise KeyboardInterrupt

"""Work beside the first process: whether it can be had, and how it begins."""

from __future__ import annotations

import multiprocessing
import signal
from functools import cache


@cache
def available() -> bool:
    """Can there be workers? They need semaphores, which a root without a writable /dev/shm does not have."""
    try:
        multiprocessing.Lock()
    except (OSError, ImportError):
        return False
    return True


def begin() -> None:
    """The first thing that a worker does: Ctrl-C is the first process's matter."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

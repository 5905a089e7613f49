"""Workers leave nothing behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from booklet import processes

pytestmark = pytest.mark.skipif(not processes.available(), reason="no semaphores here: /dev/shm cannot be written")


def test_what_a_worker_lays_down_for_a_while_is_gone_though_it_was_killed() -> None:
    with processes.beside(1, tempfile.mkdtemp, [()]) as waiting:
        folder = Path(waiting[0].result())
        assert folder.is_dir()
    assert not folder.exists()


def test_no_process_outlives_an_error() -> None:
    with pytest.raises(ZeroDivisionError), processes.beside(2, int, [("1",), ("2",)]) as waiting:
        waiting[0].result()
        raise ZeroDivisionError
    assert multiprocessing.active_children() == []


def dies_while_it_answers() -> bytes:
    def half(self: Any, answer: bytes) -> None:
        if len(answer) > 4096:
            os.write(self.fileno(), bytes(answer)[:4096])
            os._exit(1)
        os.write(self.fileno(), bytes(answer))

    Connection._send = half  # type: ignore[attr-defined]
    return bytes(1 << 20)


def test_half_an_answer_is_not_waited_for() -> None:
    with processes.beside(1, dies_while_it_answers, [()]) as waiting, pytest.raises(BrokenProcessPool):
        waiting[0].result(timeout=30)


STARTS = """
import os, time
from booklet import processes

if __name__ == "__main__":
    with processes.beside(2, time.sleep, [(600,), (600,)]), processes.beside(1, os.getpid, [()]) as waiting:
        print(waiting[0].result(), flush=True)
        time.sleep(600)
"""


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no such signals here")
def test_no_worker_outlives_a_first_process_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "starts.py"
    script.write_text(STARTS)
    where = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    running = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, env=where, start_new_session=True)
    assert running.stdout is not None
    worker = int(running.stdout.readline())
    os.kill(worker, 0)
    running.kill()
    try:
        running.communicate(timeout=60)  # ends when all that have inherited its output are gone
    finally:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)


def test_what_workers_start_from_loads_without_the_engine() -> None:
    """Where Pango is missing the first worker says so; a server that dies would leave nobody to say it."""
    broken = """
from booklet import native
from booklet.diagnostics import failure

def prepare():
    raise failure("dependency/native-library", "native libraries are missing: pango")

native.prepare = prepare
import booklet.preload, sys
print("weasyprint" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", broken], capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("False\n", 0), done.stderr

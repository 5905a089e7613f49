"""A Dask cluster of separate processes, which may open no file of those who ask it."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from booklet.cache import Cache
from booklet.diagnostics import BookletError
from booklet.pdf import cluster
from booklet.pdf.cluster import dask
from booklet.pdf.lay_out import Style
from booklet.pdf.model import Order
from booklet.pdf.workers import Press
from tests import site

ROOT = Path(__file__).parent.parent.parent
JAIL = """
import os, sys

def look(event, given):
    if event in ("open", "os.scandir", "os.listdir", "os.mkdir") and str(given[0]).startswith(os.environ["FORBIDDEN"]):
        os.write(2, f"opened {given[0]}".encode())
        os._exit(77)

sys.addaudithook(look)
"""


@pytest.fixture(scope="module")
def client() -> Iterator[Path]:
    """The folder of those who ask."""
    with tempfile.TemporaryDirectory(prefix="asking-") as folder:
        yield Path(folder).resolve()


@pytest.fixture(scope="module")
def address(client: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    there = tmp_path_factory.mktemp("there")
    (there / "sitecustomize.py").write_text(JAIL)
    known = there / "scheduler.json"
    environment = {
        **os.environ,
        "PYTHONPATH": f"{there}{os.pathsep}{ROOT}",
        "FORBIDDEN": str(client),
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
    }
    common = ["--scheduler-file", str(known), "--host", "127.0.0.1", "--no-dashboard"]
    tasks = [["scheduler", "--port", "0"], *(["worker", "--nthreads", "1", "--local-directory", f"{n}"] for n in "ab")]
    running: list[subprocess.Popen[bytes]] = []
    try:
        for number, task in enumerate(tasks):
            command = [sys.executable, "-m", f"distributed.cli.dask_{task[0]}", *task[1:], *common]
            log = (there / f"{number}.log").open("wb")
            own: Any = {"cwd": there, "env": environment, "stdout": log, "stderr": log, "start_new_session": True}
            running.append(subprocess.Popen(command, **own))
        yield _address(known)
    finally:
        for process in running:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _address(known: Path) -> str:
    for _ in range(600):
        with suppress(OSError, ValueError):
            return str(json.loads(known.read_text())["address"]).replace("tcp://", "dask://")
        time.sleep(0.1)
    raise AssertionError("the scheduler has not started")


def build(folder: Path, output: Path, *flags: str) -> str:
    command = [sys.executable, "-m", "booklet", "build", "--pdf", "--offline", "-q", "--clock", "2026-11-01", *flags]
    more = ["--cache", str(output / "cache"), "-o", str(output)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([*command, *more], cwd=folder, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    [made] = output.glob("*.pdf")
    return hashlib.sha256(made.read_bytes()).hexdigest()


def test_a_book_from_a_cluster_is_the_same_book(client: Path, address: str) -> None:
    """With a theme of its own, which the cluster must be sent."""
    theme = {"mine/theme.toml": 'extends = "default"\n', "booklet.toml": '[book]\ntheme = "./mine"\n'}
    folder = site.make(client / "site", **theme)
    own = build(folder, client / "own", "-j", "1")
    assert build(folder, client / "cluster", "--executor", address) == own


def test_a_piece_that_kills_its_worker_is_the_error_of_its_piece(client: Path, address: str) -> None:
    press = Press(Style(("p { color: red }",), ()), Cache(client / "deadly"), ())
    deadly: Any = partial(os._exit, 1)
    with (
        pytest.raises(BookletError, match=r"c1: the process that sets it died") as raised,
        cluster.set_all([Order("c1", deadly, path="1.md")], press, address) as made,
    ):
        next(made)
    assert str(raised.value.diagnostic.location) == "1.md"


def test_no_cluster_is_an_error_that_says_what_to_start(client: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "PATIENCE", 1)
    with pytest.raises(BookletError, match="does not answer") as raised, dask.connected("dask://127.0.0.1:1"):
        pass
    assert raised.value.diagnostic.code == "executor/unreachable"

"""Workers: the same pages as without them, in order; one that dies or hangs is one piece's error."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from booklet import processes
from booklet.cache import Store
from booklet.diagnostics import BookletError
from booklet.pdf import workers
from booklet.pdf.lay_out import Style
from booklet.pdf.model import Piece

CSS = '@page { size: 148mm 210mm } body { font: 10.5pt/18pt "Booklet Song" }'
PICTURE = f'<img src="asset:{"0" * 64}.svg" alt="图">'


together = pytest.mark.skipif(not processes.available(), reason="no semaphores here: /dev/shm cannot be written")


class Deadly:
    """What ends the process that takes it in."""

    def __reduce__(self) -> Any:
        return os._exit, (1,)


class Sleepy(Store):
    """A store from which nothing ever comes."""

    def get(self, digest: str) -> bytes:
        time.sleep(60)
        return b""


def pieces(*bodies: str) -> list[Piece]:
    html = '<html lang="zh"><head><title>x</title></head><body id="c{}"><p>{}</p></body></html>'
    return [Piece(f"c{n}", "chapter", html.format(n, body), "zh", path=f"{n}.md") for n, body in enumerate(bodies)]


@pytest.fixture
def style(tmp_path: Path) -> Style:
    return Style((CSS,), tmp_path)


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(workers, "WORTH", 2)
    yield
    assert multiprocessing.active_children() == []


def test_many_processes_give_what_one_gives_in_the_same_order(style: Style, tmp_path: Path) -> None:
    many = pieces("一" * 4000, "二", "三" * 2000, "四")
    alone = [noted.value for noted in workers.set_all(many, style, Store(tmp_path), 1)]
    together = [noted.value for noted in workers.set_all(many, style, Store(tmp_path), 2)]
    assert together == alone


@together
def test_a_worker_that_dies_is_the_error_of_its_piece(style: Style, tmp_path: Path) -> None:
    first, second, third = pieces("一", "二", "三")
    deadly = replace(second, formulas={"math:x": Deadly()})  # type: ignore[dict-item]
    made = workers.set_all([first, deadly, third], style, Store(tmp_path), 2)
    assert next(made).value
    with pytest.raises(BookletError, match="c1: the process that sets it died") as raised:
        next(made)
    assert str(raised.value.diagnostic.location) == "1.md"


@together
def test_a_worker_that_hangs_is_the_error_of_its_piece(
    style: Style, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "LONGEST", 2)
    made = workers.set_all(pieces("一", PICTURE), style, Sleepy(tmp_path), 2)
    assert next(made).value
    with pytest.raises(BookletError, match="c1: the process that sets it died, or took over 2 s"):
        next(made)


def test_without_semaphores_one_process_does_it_all(
    style: Style, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied() -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(multiprocessing, "Lock", denied)
    processes.available.cache_clear()
    made = list(workers.set_all(pieces("一", "二"), style, Store(tmp_path), 2))
    processes.available.cache_clear()
    assert len(made) == 2


def test_an_error_in_a_worker_keeps_its_code_and_place(style: Style, tmp_path: Path) -> None:
    made = workers.set_all(pieces("一", "<div>" * 600), style, Store(tmp_path), 2)
    next(made)
    with pytest.raises(BookletError) as raised:
        next(made)
    assert (raised.value.diagnostic.code, raised.value.exit) == ("source/nested", 6)

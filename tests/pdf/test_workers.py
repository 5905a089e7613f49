"""Workers: the same pages as without them, in order; one that dies or hangs is one piece's error."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from booklet import processes
from booklet.cache import Cache, Store
from booklet.diagnostics import BookletError, Noted
from booklet.pdf import workers
from booklet.pdf.lay_out import Style
from booklet.pdf.model import Order, Piece
from booklet.pdf.workers import Press

CSS = '@page { size: 148mm 210mm } body { font: 10.5pt/18pt "Booklet Song" }'
PICTURE = f'<img src="asset:{"0" * 64}.svg" alt="图">'


together = pytest.mark.skipif(not processes.available(), reason="no semaphores here: /dev/shm cannot be written")


class Deadly:
    """What ends the process that takes it in."""

    def __reduce__(self) -> Any:
        return os._exit, (1,)


class Sleepy(Store):
    """A store from which a picture never comes."""

    def get(self, digest: str) -> bytes:
        if digest == "0" * 64:
            time.sleep(60)
        return super().get(digest)


def given(piece: Piece) -> Piece:
    return piece


def ordered(piece: Piece) -> Order:
    return Order(piece.id, partial(given, piece), path=piece.path)


def pieces(*bodies: str) -> list[Piece]:
    html = '<html lang="zh"><head><title>x</title></head><body id="c{}"><p>{}</p></body></html>'
    return [Piece(f"c{n}", "chapter", html.format(n, body), "zh", path=f"{n}.md") for n, body in enumerate(bodies)]


def orders(*bodies: str) -> list[Order]:
    return [ordered(piece) for piece in pieces(*bodies)]


def made(orders: Sequence[Order], press: Press, jobs: int) -> list[Noted[str]]:
    with workers.set_all(orders, press, jobs) as answers:
        return [noted for noted, _ in answers]


def digests(orders: Sequence[Order], press: Press, jobs: int) -> list[str]:
    return [noted.value for noted in made(orders, press, jobs)]


@pytest.fixture
def press(tmp_path: Path) -> Press:
    return Press(Style((CSS,), (tmp_path,)), Cache(tmp_path / "cache"), ())


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    yield
    assert multiprocessing.active_children() == []


def test_many_processes_give_what_one_gives_in_the_same_order(press: Press, tmp_path: Path) -> None:
    many = orders("一" * 4000, "二", "三" * 2000, "四")
    other = replace(press, cache=Cache(tmp_path / "other"))
    assert digests(many, other, 2) == digests(many, press, 1)


@together
def test_a_worker_that_dies_is_the_error_of_its_piece(press: Press) -> None:
    first, second, third = pieces("一", "二", "三")
    deadly = replace(second, formulas={"math:x": Deadly()})  # type: ignore[dict-item]
    with workers.set_all([ordered(piece) for piece in (first, deadly, third)], press, 2) as answers:
        assert next(answers)[0].value
        with pytest.raises(BookletError, match="c1: the process that sets it died") as raised:
            next(answers)
    assert str(raised.value.diagnostic.location) == "1.md"


@together
def test_a_worker_that_hangs_is_the_error_of_its_piece(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "LONGEST", 2)
    press.cache.store = Sleepy(press.cache.store.root)
    with workers.set_all(orders("一", PICTURE), press, 2) as answers:
        assert next(answers)[0].value
        with pytest.raises(BookletError, match="c1: the process that sets it died, or took over 2 s"):
            next(answers)


def test_without_semaphores_one_process_does_it_all(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied() -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(multiprocessing, "Lock", denied)
    processes.available.cache_clear()
    done = made(orders("一", "二"), press, 2)
    processes.available.cache_clear()
    assert len(done) == 2


def test_an_error_in_a_worker_keeps_its_code_and_place(press: Press) -> None:
    with workers.set_all(orders("一", "<div>" * 600), press, 2) as answers:
        next(answers)
        with pytest.raises(BookletError) as raised:
            next(answers)
    assert (raised.value.diagnostic.code, raised.value.exit) == ("source/nested", 6)


def test_what_is_wrong_with_a_sheet_is_said_of_every_piece(press: Press) -> None:
    faulty = replace(press, style=replace(press.style, css=(CSS, "p { no-such-property: 1 }")))
    said = [str(noted.notes) for noted in made(orders("一", "二"), faulty, 1)]
    assert ["no-such-property" in one for one in said] == [True, True]


def test_counters_of_a_sheet_count_in_every_piece(press: Press, tmp_path: Path) -> None:
    text = "@counter-style han { system: cyclic; symbols: 甲 乙; suffix: '' } ol { list-style: han }"
    one = replace(press, style=replace(press.style, css=(CSS, text)))
    plain = replace(press, cache=Cache(tmp_path / "plain"))
    lists = orders("<ol><li>一</li></ol>", "<ol><li>一</li></ol>")
    assert not set(digests(lists, one, 1)) & set(digests(lists, plain, 1))


@together
@pytest.mark.parametrize(("prompt", "count", "apart"), [(True, 1, True), (False, 1, False), (False, 4, True)])
def test_few_pieces_are_worth_a_process_that_is_there_at_once(
    press: Press, monkeypatch: pytest.MonkeyPatch, prompt: bool, count: int, apart: bool
) -> None:
    monkeypatch.setattr(processes, "prompt", lambda: prompt)
    with workers.set_all(orders(*"一二三四"[:count]), press, 2) as answers:
        assert bool(multiprocessing.active_children()) == apart
        assert len(list(answers)) == count

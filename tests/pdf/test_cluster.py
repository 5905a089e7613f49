"""Pieces set elsewhere: the same pages, nothing shared, nothing sent twice; what goes wrong there is said here."""

from __future__ import annotations

import hashlib
import itertools
import pickle
import shutil
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from booklet import fonts
from booklet.cache import Cache, Store
from booklet.diagnostics import BookletError
from booklet.fonts import faces
from booklet.pdf import cluster, workers
from booklet.pdf.cluster import parcel, worker
from booklet.pdf.lay_out import Style
from booklet.pdf.model import Order, Piece
from booklet.pdf.workers import Press
from booklet.resources import themes
from tests import inside, site
from tests.cli.run import booklet

CSS = '@page { size: 148mm 210mm } body { font: 10.5pt/18pt "Booklet Song" }'
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


class Elsewhere(Executor):
    """Another machine: what it is given and what it answers are bytes. `sent`: what it lacked."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def ship(self, data: bytes) -> int:
        self.sent.append(data)
        return len(self.sent) - 1

    def submit(self, function: Any, *task: Any) -> Future[Any]:  # type: ignore[override]
        future: Future[Any] = Future()
        task = (*task[:-1], [self.sent[place] for place in task[-1]])
        try:
            copied = pickle.loads(pickle.dumps((function, task)))
            future.set_result(pickle.loads(pickle.dumps(copied[0](*copied[1]))))
        except Exception as problem:
            future.set_exception(problem)
        return future


@pytest.fixture
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cache:
    """The cache of the other machine."""
    monkeypatch.setattr(worker, "folder", lambda: tmp_path / "away")
    monkeypatch.setattr(faces, "elsewhere", {})
    return Cache(tmp_path / "away")


@pytest.fixture
def press(tmp_path: Path) -> Press:
    own = tmp_path / "theme"
    own.mkdir()
    (own / "theme.toml").write_text('extends = "default"\n')
    return Press(Style((CSS,), (own, themes() / "default")), Cache(tmp_path / "here"), ())


def composed(name: str, store: Store, picture: str) -> Piece:
    """A piece whose words lie in the store, as a chapter's do."""
    words = store.get(name).decode()
    html = '<html lang="zh"><head><title>x</title></head><body id="{0}"><p>{1}</p>{2}</body></html>'
    return Piece(name, "chapter", html.format(f"c{name[:8]}", words, picture), "zh", path="1.md")


def orders(store: Store, *texts: str) -> list[Order]:
    picture = f'<img src="asset:{store.put(DRAWING)}.svg" alt="图">'
    return [Order(text, partial(composed, store.put(text.encode()), store, picture), (text,), "1.md") for text in texts]


def by(there: Elsewhere, asked: list[Order], press: Press) -> list[str]:
    with cluster.over(there, asked, press, there.ship) as answers:
        return [noted.value for noted, _ in answers]


def test_pages_are_those_of_this_machine_and_lie_in_its_cache(press: Press, away: Cache, tmp_path: Path) -> None:
    asked = orders(press.cache.store, "一", "二", "三")
    made = by(Elsewhere(), asked, press)
    assert [found.value for order in asked if (found := workers.known(order, press))] == made
    alone = replace(press, cache=Cache(tmp_path / "alone"))
    with workers.set_all(orders(alone.cache.store, "一", "二", "三"), alone, 1) as answers:
        assert [noted.value for noted, _ in answers] == made


def test_nothing_is_sent_twice(press: Press, away: Cache) -> None:
    there = Elsewhere()
    by(there, orders(press.cache.store, "一", "二", "三"), press)
    assert DRAWING in there.sent
    assert len(there.sent) == len(set(there.sent))
    again = Elsewhere()
    by(again, orders(press.cache.store, "一", "二", "四"), press)
    assert again.sent == ["四".encode()]


def test_workers_that_take_turns_come_to_an_end(press: Press, away: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever worker lacked something, another one may be given the piece again."""
    turns = itertools.cycle([away.root / "a", away.root / "b"])
    monkeypatch.setattr(worker, "folder", lambda: next(turns))
    there = Elsewhere()
    assert len(by(there, orders(press.cache.store, "一"), press)) == 1
    assert len(there.sent) == len(set(there.sent))


def test_what_is_damaged_there_is_sent_again(press: Press, away: Cache) -> None:
    asked = orders(press.cache.store, "一")
    made = by(Elsewhere(), asked, press)
    for path in (away.root / "store").iterdir():
        path.write_bytes(b"damaged")
    shutil.rmtree(away.root / "case", ignore_errors=True)
    empty = Cache(press.cache.root.parent / "empty")
    shutil.copytree(press.cache.store.root, empty.store.root)
    again = Elsewhere()
    assert by(again, orders(empty.store, "一"), replace(press, cache=empty)) == made
    assert DRAWING in again.sent


def test_a_folder_and_a_font_arrive_and_a_theme_of_the_house_stays(press: Press, away: Cache, tmp_path: Path) -> None:
    file = tmp_path / "my.ttf"
    file.write_bytes(fonts.data(fonts.face_of("Booklet Mono", 400, False)))
    [mine] = fonts.named({"song": "my.ttf"}, tmp_path)
    sent = parcel.Packing(press.cache.store).packed(replace(press.style, fonts=(mine,)))
    for digest in sent.needs:
        away.store.put(press.cache.store.get(digest))
    file.unlink()
    shutil.rmtree(press.style.folders[0])
    style = parcel.opened(sent, away, away.store)
    assert style.folders[1] == press.style.folders[1]
    assert (style.folders[0] / "theme.toml").read_text() == 'extends = "default"\n'
    assert style.folders[0].is_relative_to(away.root)
    assert style.fonts == (mine,)
    assert sent.fonts == {mine.sha256}
    faces.elsewhere[mine.sha256] = away.store.root / mine.sha256
    assert 0x41 in fonts.covers(mine)


def test_an_error_keeps_its_code_and_place(press: Press, away: Cache) -> None:
    with pytest.raises(BookletError) as raised:
        by(Elsewhere(), orders(press.cache.store, "<div>" * 600), press)
    assert (raised.value.diagnostic.code, str(raised.value.diagnostic.location)) == ("source/nested", "1.md")


class Answering(Elsewhere):
    """A machine that answers all tasks alike."""

    def __init__(self, answer: worker.Reply | Exception) -> None:
        super().__init__()
        self.answer = answer

    def submit(self, function: Any, *task: Any) -> Future[Any]:  # type: ignore[override]
        future: Future[Any] = Future()
        if isinstance(self.answer, Exception):
            future.set_exception(self.answer)
        else:
            future.set_result(self.answer)
        return future


def test_work_is_refused_where_the_versions_differ(press: Press, away: Cache) -> None:
    nothing = parcel.Packing(press.cache.store).packed(None)
    assert worker.work(nothing, nothing, ("0",), []) == worker.Reply(versions=worker.versions())


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        (BrokenProcessPool(), "pdf/worker", "the process that sets it died"),
        (OSError("closed"), "executor/lost", "the cluster has gone away"),
        (worker.Reply(lacks=(hashlib.sha256(DRAWING).hexdigest(),)), "pdf/worker", "the process that sets it died"),
        (ModuleNotFoundError(name="booklet"), "executor/version", "a worker of the cluster has no booklet"),
        (worker.Reply(versions=("0" * 64,)), "executor/version", "has another version of booklet"),
        (worker.Reply(versions=("weasyprint 1.0",)), "executor/version", "has weasyprint 1.0"),
    ],
)
def test_what_breaks_is_said_as_a_finding(press: Press, answer: Any, code: str, said: str) -> None:
    with pytest.raises(BookletError, match=said) as raised:
        by(Answering(answer), orders(press.cache.store, "一"), press)
    assert raised.value.diagnostic.code == code


@pytest.mark.parametrize("address", ["dask://", "dask://host", "tcp://127.0.0.1:8786", "127.0.0.1:8786"])
def test_an_address_that_is_none_is_refused(press: Press, address: str) -> None:
    with pytest.raises(BookletError) as raised, cluster.set_all(orders(press.cache.store, "一"), press, address):
        pass
    assert raised.value.diagnostic.code == "usage/executor"


def test_a_whole_book_goes_out_and_comes_back(tmp_path: Path, away: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site.make(tmp_path / "site")
    expected = inside.built(folder, Cache(tmp_path / "alone"), epub=False).value
    there = Elsewhere()

    def set_all(orders: list[Order], press: Press, address: str) -> Any:
        return cluster.over(there, orders, press, there.ship)

    monkeypatch.setattr(cluster, "set_all", set_all)
    made = inside.built(folder, Cache(tmp_path / "here"), epub=False, executor="dask://127.0.0.1:1").value
    assert made == expected
    assert there.sent
    assert len(there.sent) == len(set(there.sent))


def test_an_address_is_looked_at_though_nothing_is_to_be_set(tmp_path: Path) -> None:
    folder = site.make(tmp_path / "site")
    wrong = ("build", "--pdf", "--offline", "--json", "--executor", "localhost:8786")
    answer = booklet(*wrong, cwd=folder, XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert (answer.code, answer.json["diagnostics"][0]["code"]) == (2, "usage/executor")

"""The store on disk: nothing is made twice, nothing damaged is trusted."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.cache import Cache, key, mended
from booklet.diagnostics import Location, Noted, finding

NOTE = finding("maths/undefined", "no such thing", Location("a.md", 3, 4), "spell it right")


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path)


def never() -> bytes:
    raise AssertionError("made again")


def entries(cache: Cache) -> list[Path]:
    return [path for path in cache.root.rglob("*") if path.is_file()]


def test_the_same_inputs_are_made_once(cache: Cache) -> None:
    assert cache.remember("ast/1", ["a", b"b"], lambda: b"made") == b"made"
    assert cache.remember("ast/1", ["a", b"b"], never) == b"made"
    with pytest.raises(AssertionError):
        cache.remember("x/2", ["a", b"b"], never)


@pytest.mark.parametrize("damage", [b"", b"short", bytes(200)])
def test_a_damaged_entry_is_made_anew(cache: Cache, damage: bytes) -> None:
    cache.remember("ast/1", ["a"], lambda: b"right")
    entries(cache)[0].write_bytes(damage)
    assert cache.remember("ast/1", ["a"], lambda: b"right again") == b"right again"
    assert cache.remember("ast/1", ["a"], never) == b"right again"


def test_one_flipped_bit_is_damage(cache: Cache) -> None:
    cache.remember("ast/1", ["a"], lambda: b"right")
    [path] = entries(cache)
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    assert cache.remember("ast/1", ["a"], lambda: b"anew") == b"anew"


def test_what_was_noticed_comes_back_with_the_value(cache: Cache) -> None:
    made = cache.remember_json("ast/1", ["a"], lambda: Noted({"n": 1}, (NOTE,)))
    again = cache.remember_json("ast/1", ["a"], lambda: Noted(never()))
    assert made == again == Noted({"n": 1}, (NOTE,))


@pytest.mark.parametrize("damage", [None, b"other bytes"])
def test_a_file_whose_bytes_are_gone_is_made_anew(cache: Cache, damage: bytes | None) -> None:
    digest = cache.remember_file("ast/1", ["a"], lambda: Noted(b"large", (NOTE,))).value
    path = cache.store.root / digest
    path.unlink() if damage is None else path.write_bytes(damage)
    again = cache.remember_file("ast/1", ["a"], lambda: Noted(b"larger"))
    assert cache.store.get(again.value) == b"larger"
    assert cache.remember_file("ast/1", ["a"], lambda: Noted(never())) == again


def test_a_picture_that_was_damaged_is_stored_again(cache: Cache) -> None:
    digest = cache.store.put(b"picture")
    (cache.store.root / digest).write_bytes(b"pict")
    assert cache.store.put(b"picture") == digest
    assert cache.store.get(digest) == b"picture"


def test_nothing_half_written_is_left_when_making_fails(cache: Cache) -> None:
    with pytest.raises(AssertionError):
        cache.remember("ast/1", ["a"], never)
    assert entries(cache) == []


def test_two_at_once_agree(cache: Cache) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: cache.remember("ast/1", ["a"], lambda: b"%d" % (n - n)), range(40)))
    assert set(made) == {b"0"}
    assert len(entries(cache)) == 1


def test_a_sweep_keeps_what_was_used_last(cache: Cache) -> None:
    for n in range(4):
        cache.remember("ast/1", [str(n)], lambda: bytes(1000))
    by_key = {path.name: path for path in entries(cache)}
    for n, age in enumerate((40, 30, 20, 10)):
        os.utime(by_key[key([str(n)])], (age * -1 + 1e9,) * 2)
    cache.remember("ast/1", ["0"], never)  # used now, though it is the oldest
    cache.sweep(limit=2500)
    assert {path.name for path in entries(cache)} == {key(["0"]), key(["3"])}


def test_a_sweep_leaves_what_it_did_not_put_there(cache: Cache) -> None:
    letter = cache.root / "letter.txt"
    cache.remember("ast/1", ["0"], lambda: bytes(1000))
    letter.write_text("mine")
    cache.sweep(limit=0)
    assert [path for path in cache.root.rglob("*") if path.is_file()] == [letter]


def test_what_the_store_gave_was_used(cache: Cache) -> None:
    used, unused = cache.store.put(b"used" * 250), cache.store.put(b"else" * 250)
    for digest in (used, unused):
        os.utime(cache.store.root / digest, (1e9, 1e9))
    cache.store.get(used)
    cache.sweep(limit=1500)
    assert cache.store.has(used)
    assert not cache.store.has(unused)


def test_bytes_that_are_lost_are_made_again(cache: Cache) -> None:
    digest = cache.store.put(b"whole")
    (cache.store.root / digest).write_bytes(b"broken")
    other = cache.store.put(b"other")
    (cache.store.root / other).write_bytes(b"broken")

    def make() -> bytes:
        if not cache.store.has(digest):
            cache.store.put(b"whole")
        return cache.store.get(digest)

    assert mended(cache, make) == b"whole"
    assert not cache.store.has(other), "whatever else is damaged is gone as well"


@given(st.lists(st.text(max_size=3), max_size=4), st.lists(st.text(max_size=3), max_size=4))
def test_no_two_lists_of_inputs_share_a_name(one: list[str], two: list[str]) -> None:
    assert (key(one) == key(two)) == (one == two)

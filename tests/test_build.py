"""The story as a whole, with its cache: cold or warm or damaged, the same bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from booklet import built, chapters, editions, reading
from booklet.cache import Cache
from booklet.epub import binding
from booklet.pdf import joining, workers
from tests import inside, site


class Watched(Cache):
    """A cache that tells which kinds were made."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.made: list[str] = []

    def remember(self, kind, inputs, make):  # type: ignore[no-untyped-def]
        def watched() -> bytes:
            self.made.append(kind)
            return make()

        return super().remember(kind, inputs, watched)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site.make(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def cold(here: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str], tuple[object, ...]]:
    """A filled cache, the digests of what was built with it, and what was said."""
    folder = tmp_path_factory.mktemp("cache")
    return folder, *outcome(here, Cache(folder))


def outcome(here: Path, cache: Cache) -> tuple[list[str], tuple[object, ...]]:
    done = inside.built(here, cache)
    return [hashlib.sha256(item.data).hexdigest() for item in done.value.artifacts], done.notes


def test_a_warm_build_makes_nothing_and_says_the_same(here: Path, cold: tuple[Path, list[str], object]) -> None:
    warm = Watched(cold[0])
    assert outcome(here, warm) == cold[1:]
    assert warm.made == []


def test_other_code_trusts_no_entry(
    here: Path, cold: tuple[Path, list[str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (reading, built, editions, joining, binding):
        monkeypatch.setattr(module, "tool", lambda: "another version")
    other = Watched(cold[0])
    assert outcome(here, other) == cold[1:]
    assert {chapters.CHAPTER, workers.PAGES, joining.LINKED, binding.DRAFT, binding.EPUB} <= set(other.made)


def test_an_edit_sets_one_chapter_again(here: Path, tmp_path: Path, cold: tuple[Path, list[str], object]) -> None:
    edited = site.make(tmp_path / "site", **{"content/posts/two.md": site.TWO.replace("比较", "相比")})
    cache = Watched(cold[0])
    inside.built(edited, cache, epub=False)
    assert cache.made.count(chapters.CHAPTER) == 1
    assert cache.made.count(workers.PAGES) == 1
    assert cache.made.count(joining.LINKED) == 1


def test_a_picture_that_may_come_is_asked_for_again(tmp_path: Path) -> None:
    remote = "![掩码](https://127.0.0.1:9/mask.png)"
    here = site.make(tmp_path / "site", **{"content/posts/two.md": site.TWO + remote})
    cache = Watched(tmp_path / "cache")
    for _ in range(2):
        inside.built(here, cache, epub=False, offline=False)
    assert built.RUN not in cache.made


@pytest.mark.parametrize("damage", ["emptied", "garbled", "gone"])
def test_a_damaged_cache_gives_the_same_book(
    here: Path, tmp_path: Path, cold: tuple[Path, list[str], object], damage: str
) -> None:
    copy = site.copy(cold[0], tmp_path / "cache")
    for number, path in enumerate(sorted(path for path in copy.rglob("*") if path.is_file())):
        if number % 3 == ("emptied", "garbled", "gone").index(damage):
            path.unlink() if damage == "gone" else path.write_bytes(b"" if damage == "emptied" else b"{}" * 40)
    assert outcome(here, Cache(copy)) == cold[1:]

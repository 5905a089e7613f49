"""The ledger survives its file, whatever is in it."""

from __future__ import annotations

import dataclasses
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.diagnostics import BookletError
from booklet.ledger import Change, Edit, Ledger, Release, ReleasedBook, ReleasedFile, dump, load
from booklet.ledger.model import KINDS, Kind

WORDS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)


def releases() -> st.SearchStrategy[Release]:
    edits = st.builds(Edit, WORDS, WORDS, WORDS)
    nothing = st.none() | WORDS
    changes = st.builds(
        Change,
        st.sampled_from(KINDS),
        *[WORDS] * 4,
        number=nothing,
        page=nothing,
        old=nothing,
        edits=st.lists(edits, max_size=2).map(tuple),
        more=st.integers(0, 9),
    )
    count = st.integers(0, 999)
    files = st.builds(
        ReleasedFile, WORDS, st.sampled_from(["pdf", "epub"]), WORDS, count, WORDS, nothing, nothing, nothing
    )
    books = st.builds(ReleasedBook, WORDS, WORDS, WORDS, count, count)
    parts: dict[str, Any] = {
        "books": st.lists(books, max_size=2).map(tuple),
        "files": st.lists(files, max_size=2).map(tuple),
        "changes": st.lists(changes, max_size=3).map(tuple),
    }
    return st.builds(Release, WORDS, st.integers(1, 9), *[WORDS] * 4, **parts)


@given(st.lists(releases(), max_size=3))
def test_what_is_written_is_read(listed: list[Release]) -> None:
    ledger = Ledger(tuple(listed))
    assert load(dump(ledger)) == ledger


def test_the_kinds_are_all_listed() -> None:
    assert set(KINDS) == set(get_args(Kind))


def test_a_revision_has_a_name_of_its_own() -> None:
    first = Release("2026.11", 1, "2026-11-25", "2026-11-25T02:20:07Z", "", "booklet", ())
    assert first.label == "2026.11"
    assert dataclasses.replace(first, revision=2).label == "2026.11-r2"


@pytest.mark.parametrize(
    "text", ["[[releases]\n", "<<<<<<< HEAD\n", "[[releases]]\nversion = '1'\n", "releases = 3\n", "releases = ['x']\n"]
)
def test_a_damaged_file_is_an_error_that_names_it(text: str) -> None:
    with pytest.raises(BookletError) as caught:
        load(text)
    assert caught.value.diagnostic.location and caught.value.diagnostic.location.path == "releases.toml"

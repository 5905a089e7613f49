"""What notes say of two states, and how versions follow from it."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.config.tables import ReleaseTable
from booklet.ledger import Asked, Change, Edit, Ledger, Lock, Release, Snapshot, Text
from booklet.release import between, listing, words
from booklet.release.changes import changes
from booklet.release.edits import edits
from booklet.release.locked import locked
from booklet.release.schedule import due, end_of, last_moment, local, next_moment
from booklet.release.versions import following

BOOK = Snapshot(
    "zh-Hans",
    "书",
    "t",
    "c",
    (Text("a", "甲章", "1"), Text("b", "乙章", "2"), Text("c", "丙章", "3")),
    (
        Asked("q-1", "什么是甲？", "1", "a", ("甲是第一个天干，也是盔甲。",), "x"),
        Asked("q-2", "什么是乙？", "2", "a", ("乙是第二个天干，也指鱼肠。",), "y"),
        Asked("q-3", "什么是丙？", "1", "b", ("丙是第三个天干，五行属火。",), "z"),
    ),
)
ONE, TWO, THREE = BOOK.questions


def told(after: Snapshot) -> list[tuple[str, str, str | None]]:
    return [(change.kind, change.title, change.old) for change in changes(BOOK, after)]


def test_the_same_book_has_no_changes() -> None:
    assert told(BOOK) == []


def test_what_no_question_and_no_chapter_shows_is_a_change_of_the_book() -> None:
    assert told(replace(BOOK, content_hash="d")) == [("revised", "书", None)]


def test_a_chapter_that_moves_is_one_change() -> None:
    a, b, c = BOOK.chapters
    assert told(replace(BOOK, chapters=(c, a, b))) == [("moved", "丙章", None)]


def test_a_chapter_whose_file_has_another_name_is_the_same() -> None:
    renamed = replace(BOOK, chapters=(Text("z", "甲章", "1"), *BOOK.chapters[1:]))
    moved = tuple(replace(q, chapter="z") if q.chapter == "a" else q for q in BOOK.questions)
    assert told(replace(renamed, questions=moved)) == []


def test_everything_about_one_question_is_said() -> None:
    other = replace(ONE, title="甲是什么？", chapter="c", answer=("甲是第一个天干，也是铠甲。",), digest="w")
    found = changes(BOOK, replace(BOOK, questions=(TWO, THREE, other)))
    assert [(c.kind, c.old) for c in found] == [("revised", None), ("retitled", "什么是甲？"), ("moved", "甲章")]
    assert found[0].edits == (Edit("第一个天干，也是", "盔", "铠"),)
    assert {change.number for change in found} == {"3.1"}


def test_a_language_that_comes_or_goes_is_a_change_of_the_book() -> None:
    twin = replace(BOOK, language="en", title="Book")
    assert [(c.kind, c.title, c.subject) for c in between([BOOK], [BOOK, twin])] == [("added", "Book", "book")]
    assert [(c.kind, c.title, c.subject) for c in between([BOOK, twin], [BOOK])] == [("removed", "Book", "book")]


def test_the_lock_remembers_when() -> None:
    first = locked(Lock(), (BOOK,), "1", "2026-01-01", {})
    revised = replace(TWO, digest="new", label="7")
    then = locked(first, (replace(BOOK, questions=(revised, THREE)),), "2", "2026-02-01", {"https://e.org/a": "f" * 64})
    rows = {q.id: q for q in then.books[0].questions}
    assert (rows["q-2"].first_published, rows["q-2"].last_revised) == ("2026-01-01", "2026-02-01")
    assert (rows["q-3"].first_published, rows["q-3"].last_revised) == ("2026-01-01", None)
    assert rows["q-1"].removed == "2026-02-01"
    back = locked(then, (replace(BOOK, questions=(ONE, revised, THREE)),), "3", "2026-03-01", {})
    row = back.books[0].questions[0]
    assert (row.id, row.first_published, row.removed) == ("q-1", "2026-01-01", None)
    assert not back.pictures
    look = locked(
        then, (replace(BOOK, questions=(replace(revised, digest="by another program"), THREE)),), "2-r2", None, {}
    )
    assert look.books[0].questions[0].last_revised == "2026-02-01", "the author did not revise it"


def test_formulas_and_marks_do_not_become_markdown() -> None:
    change = Change("added", "q-1", "为什么 `a*b` 与 <c> 不同？", "甲_章", "zh-Hans", "1.1")
    text = listing([change], words("zh-Hans"))
    assert r"\`a\*b\` 与 \<c\>" in text and r"甲\_章" in text


LINES = st.lists(st.sampled_from(["甲乙丙丁", "甲乙丁", "one two three", "one three", "x = 1", ""]), max_size=5)


@given(LINES, LINES)
def test_edits_are_there_where_lines_differ(before: list[str], after: list[str]) -> None:
    found, more = edits(before, after)
    flat = [" ".join(" ".join(lines).split()) for lines in (before, after)]
    assert bool(found) or flat[0] == flat[1] or before == after or not any(flat)
    assert more == 0 or len(found) == 5
    assert all(edit.gone != edit.new for edit in found if edit.gone or edit.new)


def test_an_edit_says_where_it_is_and_is_one_where_pieces_lie_near() -> None:
    before = ["第一段不变。", "梯度消失时网络学不动，要用残差连接。"]
    after = ["第一段不变。", "梯度爆炸时网络学不稳，要用梯度裁剪。", "新的一段。"]
    found, more = edits(before, after)
    assert more == 0
    assert found[0] == Edit("梯度", "消失", "爆炸")
    assert found[-1].new.endswith("新的一段。")


def release(version: str, moment: str = "2026-11-01T00:00:00Z") -> Release:
    return Release(version, 1, moment[:10], moment, "", "booklet", ())


DAY = datetime.date(2026, 11, 25)
VERSIONS = {
    "first of the month": ((), (), "calendar", "2026.11"),
    "second": (("2026.11",), (), "calendar", "2026.11.1"),
    "third": (("2026.11", "2026.11.1"), (), "calendar", "2026.11.2"),
    "another month": (("2026.10", "2026.10.1"), (), "calendar", "2026.11"),
    "first of all": ((), (), "semver", "1.0.0"),
    "a question goes": (("1.0.0", "1.4.2"), ("added", "removed"), "semver", "2.0.0"),
    "a question comes": (("1.4.2",), ("revised", "added"), "semver", "1.5.0"),
    "an answer is revised": (("1.9.0", "1.10.0"), ("revised",), "semver", "1.10.1"),
    "from the calendar to numbers": (("2026.10",), ("revised",), "semver", "1.0.0"),
}


@pytest.mark.parametrize("name", VERSIONS)
def test_versions(name: str) -> None:
    listed, kinds, scheme, expected = VERSIONS[name]
    found = [Change(kind, "q-1", "", "", "zh") for kind in kinds]  # type: ignore[arg-type]
    assert following(Ledger(tuple(map(release, listed))), found, DAY, scheme) == expected  # type: ignore[arg-type]


MONTHLY = ReleaseTable(schedule="0 6 1 * *", timezone="Asia/Shanghai")


def at(text: str, table: ReleaseTable = MONTHLY) -> datetime.datetime:
    return local(datetime.datetime.fromisoformat(text), table)


DUE = {
    "the first release": (None, "2026-11-03T00:00:00Z", True),
    "the minute before": ("2026-10-05T00:00:00Z", "2026-10-31T21:59:00Z", False),
    "the minute: six in Shanghai is the evening before in UTC": ("2026-10-05T00:00:00Z", "2026-10-31T22:00:00Z", True),
    "again on the same day": ("2026-10-31T22:03:00Z", "2026-11-01T09:00:00Z", False),
    "weeks later, for nothing was new on the day": ("2026-10-05T00:00:00Z", "2026-11-20T09:00:00Z", True),
    "years later": ("2024-01-01T00:00:00Z", "2026-11-20T09:00:00Z", True),
}


@pytest.mark.parametrize("name", DUE)
def test_due(name: str) -> None:
    last, now, expected = DUE[name]
    ledger = Ledger((release("1", last),)) if last else Ledger()
    assert due(MONTHLY, ledger, at(now)) is expected


def test_a_day_is_the_configurations_day() -> None:
    assert at("2026-10-31T22:00:00+00:00").date() == datetime.date(2026, 11, 1)
    assert end_of(DAY, MONTHLY).isoformat() == "2026-11-25T23:59:59+08:00"
    assert due(MONTHLY, Ledger((release("1", "2026-10-05T00:00:00Z"),)), end_of(datetime.date(2026, 11, 1), MONTHLY))


MOMENTS = st.datetimes(datetime.datetime(2020, 1, 1), datetime.datetime(2030, 1, 1))


@given(MOMENTS, st.sampled_from(["UTC", "Asia/Shanghai", "Europe/Berlin", "America/New_York"]))
def test_moments_lie_around_now(moment: datetime.datetime, zone: str) -> None:
    table = ReleaseTable(schedule="30 2 * * 1", timezone=zone)
    now = local(moment.replace(tzinfo=datetime.UTC), table)
    assert last_moment("30 2 * * 1", now) <= now < next_moment("30 2 * * 1", now)

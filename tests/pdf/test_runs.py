"""Long lists in pieces."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from booklet.pdf.compose.runs import LEAST, WHOLE, runs

BOOKS = st.lists(st.text("abcdef0123456789", min_size=3, max_size=8), min_size=1, max_size=400, unique=True)


def divided(names: list[str], one_sided: bool = True, lines: int = 4) -> list[list[str]]:
    return [list(run) for run in runs(names, lambda name: lines, str, one_sided)]


@given(BOOKS)
def test_runs_hold_all_chapters_in_order_and_none_is_short_but_the_last(names: list[str]) -> None:
    made = divided(names)
    assert [name for run in made for name in run] == names
    assert all(len(run) * 4 >= LEAST for run in made[:-1])


@given(BOOKS, st.data())
def test_a_new_chapter_changes_a_few_runs_wherever_it_stands(names: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(names)))
    before, after = divided(names), divided([*names[:place], "new", *names[place:]])
    if len(before) > 1 and len(after) > 1:
        changed = [run for run in after if run not in before]
        first = after.index(changed[0])
        assert changed == after[first : first + len(changed)]
        assert after[:first] == before[:first]


def test_a_book_of_300_chapters_changes_few_runs() -> None:
    names = [f"chapter-{n:04}" for n in range(300)]
    before = divided(names)
    assert len(before) > 5
    for place in range(0, 301, 7):
        after = divided([*names[:place], "the-new-one", *names[place:]])
        assert sum(run not in before for run in after) <= len(after) // 2


def test_a_list_that_is_not_long_is_one_piece_and_so_is_one_on_two_sides() -> None:
    short = [f"c{n}" for n in range(WHOLE // 4)]
    assert divided(short) == [short]
    long = [f"c{n}" for n in range(WHOLE)]
    assert divided(long, one_sided=False) == [long]

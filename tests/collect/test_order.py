"""The order of posts: as the rule says, total, and independent of the order in which files are found."""

from __future__ import annotations

import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from booklet.collect.order import ordered
from booklet.collect.posts import with_ids
from booklet.model import Post


def post(path: str, title: str, date: str | None = None, **front: object) -> Post:
    return Post(path, title, "zh-Hans", path, "text", 1, date=date, front=dict(front))


def paths(posts: tuple[Post, ...]) -> list[str]:
    return [item.path for item in posts]


def test_numbered_posts_come_before_an_earlier_dated_one_without_a_number() -> None:
    found = [
        post("h.md", "大模型面试题-幻觉篇", "2025-01-01"),
        post("b2.md", "📝 大模型面试题-基础篇（2）", "2025-08-07"),
        post("b1.md", "大模型面试题-基础篇（1）", "2025-08-01"),
    ]
    assert paths(ordered(found)) == ["b1.md", "b2.md", "h.md"]


def test_weight_wins_and_zero_is_unset() -> None:
    found = [
        post("a.md", "A-一（1）", weight=2),
        post("b.md", "A-一（2）", weight=1),
        post("c.md", "A-一（3）", weight=0),
    ]
    result = ordered(found)
    assert paths(result) == ["b.md", "a.md", "c.md"]
    assert [(x.ordered_by.key, x.ordered_by.value) for x in result[:2]] == [("weight", "1"), ("weight", "2")]


def test_a_blog_without_series_stays_in_date_order_whatever_the_form_of_the_date() -> None:
    found = [
        post("c.md", "丙", "2025-03-01T00:00:00+08:00"),
        post("a.md", "甲", "2025-02-28"),
        post("b.md", "乙", "2025-02-28 20:00:00"),
    ]
    assert paths(ordered(found)) == ["a.md", "c.md", "b.md"]


def test_an_explicit_list_is_the_order() -> None:
    found = [post("a.md", "甲"), post("b.md", "乙")]
    assert paths(ordered(found, explicit=["b.md", "a.md"])) == ["b.md", "a.md"]


TITLES = st.sampled_from(["题-基础（1）", "题-基础（2）", "题-进阶", "别的：上", "别的：下", "散", "Part 3"])
DATES = st.sampled_from([None, "2024-01-01", "2024-01-01T10:00:00Z", "2025-05-05 00:00:00+08:00"])
POSTS = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), TITLES, DATES, st.integers(0, 2)), unique_by=lambda item: item[0]
)


@given(POSTS, st.randoms())
def test_the_order_does_not_depend_on_the_order_of_files(
    items: list[tuple[str, str, str | None, int]], rng: random.Random
) -> None:
    found = [post(f"{name}.md", title, date, weight=weight) for name, title, date, weight in items]
    shuffled = found[:]
    rng.shuffle(shuffled)
    assert paths(ordered(found)) == paths(ordered(shuffled))
    assert sorted(paths(ordered(found))) == sorted(item.path for item in found)


@given(st.lists(st.text("aA1-_ 大模型.", min_size=1, max_size=6), min_size=1, max_size=6, unique=True))
def test_chapter_ids_are_unique_slugs_that_start_with_a_letter(names: list[str]) -> None:
    ids = [item.chapter_id for item in with_ids([post(f"{name}.md", name) for name in names], Path())]
    assert len(set(ids)) == len(ids)
    assert all(identifier.isascii() and identifier[0].isalpha() for identifier in ids)


def test_weighted_sections_stand_together_and_those_of_no_weight_come_last() -> None:
    sections = {("docs/b", "zh-Hans"): 1, ("docs/a", "zh-Hans"): 2, ("docs", "zh-Hans"): 5}
    found = [
        post("docs/a/one.md", "一", weight=1),
        post("docs/b/two.md", "二", weight=2),
        post("docs/b/three.md", "三", weight=1),
        post("docs/own.md", "四"),
        post("notes/x.md", "五", weight=1),
    ]
    wanted = ["docs/own.md", "docs/b/three.md", "docs/b/two.md", "docs/a/one.md", "notes/x.md"]
    assert paths(ordered(found, sections=sections)) == wanted


def test_series_order_counts_inside_its_series() -> None:
    found = [
        post("a2.md", "二", "2024-02-01", series=["甲"], series_order=2),
        post("b1.md", "壹", "2024-03-01", series=["乙"], series_order=1),
        post("a1.md", "一", "2024-04-01", series=["甲"], series_order=1),
        post("b2.md", "贰", "2024-01-15", series=["乙"], series_order=2),
        post("a0.md", "零", "2024-01-16", series=["甲"]),
    ]
    result = ordered(found)
    assert paths(result) == ["b1.md", "b2.md", "a1.md", "a2.md", "a0.md"]
    assert result[0].ordered_by.key == "series_order"


def test_numbers_in_paths_count_by_value() -> None:
    found = [post(f"c/3.{n}_x.md", f"3.{n}") for n in (10, 2, 1)]
    assert paths(ordered(found)) == ["c/3.1_x.md", "c/3.2_x.md", "c/3.10_x.md"]

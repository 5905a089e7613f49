"""The order of the posts, and why each stands where it stands."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from booklet.collect import titles
from booklet.collect.cascade import Section
from booklet.collect.choose import series
from booklet.collect.dates import moment
from booklet.model import Post, Why

LATE = "9999"
"""Undated posts come last."""
Key = Callable[["Place"], Hashable]
Weights = Mapping[tuple[str, str], int]
"""Folder and language of each section that has a weight."""
Chain = tuple[tuple[int, str], ...]
LAST = 1 << 30


@dataclass(frozen=True, slots=True)
class Place:
    """A post, its title taken apart, and its date as a sortable text."""

    post: Post
    title: titles.Title
    date: str


def weights(sections: Sequence[Section]) -> Weights:
    """The weights that sections give themselves."""
    found = {(s.path.rpartition("/")[0], s.language): whole(s.front.get("weight")) for s in sections}
    return {place: weight for place, weight in found.items() if weight}


def ordered(
    posts: Sequence[Post], how: str = "auto", explicit: Sequence[str] = (), sections: Weights | None = None
) -> tuple[Post, ...]:
    """An explicit list; else `weight`; else `series_order`; else by title. A total order: the path decides ties.

    `how` = "weight", "title", "date" or "path" allows only that key. Where sections have weights, their posts stand
    together in that order, a section's own before those of the sections inside it.
    """
    if explicit:
        places = {path: n for n, path in enumerate(explicit)}
        inside = sorted(posts, key=lambda post: places[post.path])
        return tuple(_because(post, "posts", str(places[post.path] + 1)) for post in inside)
    if how == "date":
        return tuple(_because(p, "date", p.date or "") for p in sorted(posts, key=lambda p: (stamp(p), natural(p))))
    if how == "path":
        return tuple(_because(p, "path", p.path) for p in sorted(posts, key=natural))
    if how == "title":
        return _by_title(posts)
    groups: dict[Chain, list[Post]] = {}
    for post in posts:
        groups.setdefault(_chain(post, sections or {}), []).append(post)
    return tuple(post for chain in sorted(groups) for post in _by_weight(groups[chain]))


def _chain(post: Post, sections: Weights) -> Chain:
    """The weighted sections that a post lies in, the outermost first; posts in none of them come last."""
    folders = post.path.split("/")[:-1]
    above = ["/".join(folders[:n]) for n in range(1, len(folders) + 1)]
    found = [(sections[place], folder) for folder in above if (place := (folder, post.language)) in sections]
    return tuple(found) if found else ((LAST, ""),)


def natural(post: Post) -> tuple[list[tuple[int, int, str]], str]:
    """The path, its numbers by value: `3.2` before `3.10`."""
    parts = re.split(r"(\d+)", post.path)
    return [(1, int(part), "") if part.isdecimal() and part.isascii() else (0, 0, part) for part in parts], post.path


def whole(value: Any) -> int:
    """A weight; 0, text and nothing mean unset."""
    return (
        int(value) if isinstance(value, int | float) or (isinstance(value, str) and value.lstrip("-").isdigit()) else 0
    )


def stamp(post: Post) -> str:
    """The date in UTC as text, so that all forms sort together."""
    time = moment(post.date) if post.date else None
    return time.astimezone(datetime.UTC).isoformat() if time else LATE


def _because(post: Post, key: str, value: str) -> Post:
    return replace(post, ordered_by=Why(key, value))


def _by_weight(posts: Sequence[Post]) -> tuple[Post, ...]:
    """Weighted posts first; those without a weight after them, by title."""
    return _by_number(posts, "weight", _by_title)


def _by_number(
    posts: Sequence[Post], key: str, others: Callable[[Sequence[Post]], tuple[Post, ...]]
) -> tuple[Post, ...]:
    """Posts with a number by it; then the others by another rule."""
    with_number = [post for post in posts if whole(post.front.get(key))]
    rest = [post for post in posts if not whole(post.front.get(key))]
    inside = sorted(with_number, key=lambda post: (whole(post.front[key]), stamp(post), natural(post)))
    return (*(_because(p, key, str(whole(p.front[key]))) for p in inside), *(others(rest) if rest else ()))


def _by_title(posts: Sequence[Post]) -> tuple[Post, ...]:
    """Groups of one series by their earliest date; inside, those with a `series_order` first."""
    groups = _earliest(posts, lambda place: series(place.post) or f"\0{place.post.path}")
    return tuple(post for group in groups for post in _by_number(group, "series_order", _by_ordinal))


def _by_ordinal(group: Sequence[Post]) -> tuple[Post, ...]:
    """Posts whose titles are numbered stem by stem, then the others by date."""
    places = [_place(post) for post in group]
    numbered = [place.post for place in places if place.title.ordinal is not None]
    result: list[Post] = []
    for stem in _earliest(numbered, lambda place: (place.title.series, place.title.stem)):
        inside = sorted(map(_place, stem), key=lambda p: (p.title.ordinal or 0, p.date, natural(p.post)))
        result += [_because(p.post, "ordinal", f"{p.title.stem} {p.title.ordinal}".strip()) for p in inside]
    plain = sorted((p for p in places if p.title.ordinal is None), key=lambda p: (p.date, natural(p.post)))
    return (*result, *(_because(p.post, "date", p.post.date or "") for p in plain))


def _place(post: Post) -> Place:
    return Place(post, titles.parse(post.title), stamp(post))


def _earliest(posts: Sequence[Post], key: Key) -> list[list[Post]]:
    """Groups of posts with an equal key, in the order of their earliest date."""
    groups: dict[Any, list[Post]] = {}
    for post in posts:
        groups.setdefault(key(_place(post)), []).append(post)
    return sorted(groups.values(), key=lambda group: min((stamp(post), natural(post)) for post in group))

"""The order of the posts, and why each stands where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from booklet.collect import titles
from booklet.collect.frontmatter import moment
from booklet.model import Post, Why

LATE = "9999"
"""Undated posts come last."""


@dataclass(frozen=True, slots=True)
class Place:
    """A post, its title taken apart, and its date as a sortable text."""

    post: Post
    title: titles.Title
    date: str


def ordered(posts: Sequence[Post], how: str = "auto", explicit: Sequence[str] = ()) -> tuple[Post, ...]:
    """An explicit list; else `weight`; else `series_order`; else by title. A total order: the path decides ties.

    `how` = "weight", "title", "date" or "path" allows only that key.
    """
    if explicit:
        places = {path: n for n, path in enumerate(explicit)}
        inside = sorted(posts, key=lambda post: places[post.path])
        return tuple(_because(post, "posts", str(places[post.path] + 1)) for post in inside)
    keys = {"auto": ("weight", "series_order"), "weight": ("weight",)}.get(how, ())
    for key in keys:
        if any(whole(post.front.get(key)) for post in posts):
            return _by_number(posts, key)
    if how == "date":
        return tuple(_because(p, "date", p.date or "") for p in sorted(posts, key=lambda p: (stamp(p), p.path)))
    if how == "path":
        return tuple(_because(p, "path", p.path) for p in sorted(posts, key=lambda p: p.path))
    return _by_title(posts)


def whole(value: Any) -> int:
    """A weight; 0, text and nothing mean unset."""
    return (
        int(value) if isinstance(value, int | float) or (isinstance(value, str) and value.lstrip("-").isdigit()) else 0
    )


def stamp(post: Post) -> str:
    """The date in UTC as text, so that all forms sort together."""
    import datetime

    time = moment(post.date) if post.date else None
    return time.astimezone(datetime.UTC).isoformat() if time else LATE


def _because(post: Post, key: str, value: str) -> Post:
    return replace(post, ordered_by=Why(key, value))


def _by_number(posts: Sequence[Post], key: str) -> tuple[Post, ...]:
    """Numbered posts first; those without a number after them, by title."""
    with_number = [post for post in posts if whole(post.front.get(key))]
    rest = [post for post in posts if not whole(post.front.get(key))]
    inside = sorted(with_number, key=lambda post: (whole(post.front[key]), stamp(post), post.path))
    return (*(_because(p, key, str(whole(p.front[key]))) for p in inside), *(_by_title(rest) if rest else ()))


def _by_title(posts: Sequence[Post]) -> tuple[Post, ...]:
    """Groups of one series name by their earliest date; inside, numbered ones stem by stem, then the others by date."""
    places = [Place(post, titles.parse(post.title), stamp(post)) for post in posts]
    groups = _earliest(places, lambda place: place.title.series or f"\0{place.post.path}")
    result: list[Post] = []
    for group in groups:
        numbered = [place for place in group if place.title.ordinal is not None]
        for stem in _earliest(numbered, lambda place: place.title.stem):
            inside = sorted(stem, key=lambda p: (p.title.ordinal or 0, p.date, p.post.path))
            result += [_because(p.post, "ordinal", f"{p.title.stem} {p.title.ordinal}".strip()) for p in inside]
        plain = sorted((p for p in group if p.title.ordinal is None), key=lambda p: (p.date, p.post.path))
        result += [_because(p.post, "date", p.post.date or "") for p in plain]
    return tuple(result)


def _earliest(places: Sequence[Place], key: Any) -> list[list[Place]]:
    """Groups of places with an equal key, in the order of their earliest date."""
    groups: dict[str, list[Place]] = {}
    for place in places:
        groups.setdefault(key(place), []).append(place)
    return sorted(groups.values(), key=lambda group: min((place.date, place.post.path) for place in group))

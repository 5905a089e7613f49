"""Which posts belong to the book."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase

from booklet.collect import titles
from booklet.config import PartTable, Selection
from booklet.model import Post

QUESTION = re.compile(
    r"^[ \t>]*(?:[-*+]\s+|\d+[.)]\s+)?#{1,6}\s+"
    r"(?:.*[?？]\s*(?:[（(].*[)）])?\s*$|(?:问题|题目?|Q)\s*\d|\d+[.、])",
    re.M,
)
KEYS = ("posts", "sections", "title", "tags", "categories", "series", "include")


def matching(post: Post, selection: Selection | PartTable, title: str | None, section: str) -> tuple[str, ...] | None:
    """Which keys let the post in (empty: no key is set), or None when one of them keeps it out."""
    if any(fnmatchcase(post.path, pattern) for pattern in selection.exclude):
        return None
    tests: dict[str, tuple[object, Callable[[], bool]]] = {
        "posts": (selection.posts, lambda: post.path in selection.posts),
        "sections": (selection.sections, lambda: section in selection.sections),
        "title": (title, lambda: re.search(title or "", post.title) is not None),
        "tags": (selection.tags, lambda: _any(selection.tags, post.tags)),
        "categories": (selection.categories, lambda: _any(selection.categories, post.categories)),
        "series": (selection.series, lambda: _any(selection.series, _series(post))),
        "include": (selection.include, lambda: any(fnmatchcase(post.path, pattern) for pattern in selection.include)),
    }
    asked = [key for key, (wanted, _) in tests.items() if wanted]
    return tuple(asked) if all(tests[key][1]() for key in asked) else None


def _any(wanted: Sequence[str], given: Sequence[str]) -> bool:
    return bool({word.casefold() for word in wanted} & {word.casefold() for word in given})


def _series(post: Post) -> list[str]:
    return [str(item) for item in post.front.get("series") or ()]


def series(post: Post) -> str:
    """The series of a post: what its front matter says, else the name that its title begins with."""
    return next(iter(_series(post)), "") or titles.parse(post.title).series


def has_questions(post: Post) -> bool:
    """A cheap look at the Markdown: does any heading ask?"""
    return QUESTION.search(post.body) is not None


def largest_series(posts: Sequence[Post]) -> str | None:
    """The series name that most posts with questions share, when at least two do, or one that is numbered."""
    asking = [(series(post), post) for post in posts if has_questions(post)]
    counts = Counter(name for name, _ in asking if name)
    if not counts:
        return None
    numbered = Counter(name for name, post in asking if name and post.ordinal)
    name = max(sorted(counts), key=lambda series: (counts[series], numbered[series]))
    return name if counts[name] > 1 or numbered[name] else None

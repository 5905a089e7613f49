"""`booklet.toml` as it is written for a site without one: what was found is set, all else is shown as a comment."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from booklet.collect import Wanted, choose, collect
from booklet.collect.posts import slug
from booklet.config import Config
from booklet.diagnostics import BookletError
from booklet.model import Collected


class Page(Template):
    """`§{name}` is filled in: `$` and `{{ }}` belong to the files that are written."""

    delimiter = "§"


def template(name: str) -> Page:
    """One of the files that this package writes."""
    return Page(files("booklet.init").joinpath("templates", name).read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class _Key:
    """`hint`: what stands there where nothing was found."""

    name: str
    value: Any
    hint: str = ""

    def __str__(self) -> str:
        import tomli_w

        line = tomli_w.dumps({self.name: self.value if self.value else []}, indent=0).replace("\n", "")
        return line.replace(",]", "]") if self.value else f"# {self.name} = {self.hint}"


def settings(root: Path, wanted: Wanted) -> str:
    """The text of the file: the book is the one that booklet makes without any configuration."""
    found = collect(root, Config(), wanted).value
    twins = sorted({left.detail for left in found.left_out if left.reason == "language"})
    keys = {
        "title": _Key("title", found.title),
        "authors": _Key("authors", _authors(found), '["…"]'),
        "language": _Key("language", found.site.language),
        "slug": _Key("slug", slug(found.title)),
        "content": _Key("content", found.site.content if found.site.content != "content" else "", '"content"'),
        "selection": _selected(root, found, wanted),
    }
    values = {name: str(key) for name, key in keys.items()}
    return template("booklet.toml").substitute(values, twins="".join(map(_twin, twins)))


def _authors(found: Collected) -> list[str]:
    """Those of the posts, the busiest first."""
    counts = Counter(name for post in found.posts for name in post.authors)
    return sorted(counts, key=lambda name: (-counts[name], name))


def _selected(root: Path, found: Collected, wanted: Wanted) -> _Key:
    """A key of `[collect]` that takes the same posts as booklet took by itself."""
    taken = [post.path for post in found.posts]
    for key in _candidates(found):
        config = Config.model_validate({"collect": {key.name: key.value}})
        try:
            if [post.path for post in collect(root, config, wanted).value.posts] == taken:
                return key
        except BookletError:
            continue
    return _Key("posts", taken)


def _candidates(found: Collected) -> Iterator[_Key]:
    """The one that will take posts to come, first."""
    first = found.posts[0]
    if found.posts[0].included_by == ("series",):
        name = choose.series(first)
        yield _Key("title", f"^{re.escape(name)}\\b")
        yield _Key("title", f"^{re.escape(name)}")
        yield _Key("title", re.escape(name))
        yield _Key("series", [name])
    yield _Key("sections", sorted({post.section for post in found.posts if post.section}))


def _twin(language: str) -> str:
    """A place for what differs in another language."""
    head = f"[language.{language}.book]"
    return f'\n# {head:24}  # `booklet build --language {language}`\n# title = "…"\n'

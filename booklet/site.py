"""The nouns of a site: what its configuration and its pages' front matter say. `booklet.model` gives them to all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Json = Any


@dataclass(frozen=True, slots=True)
class Why:
    """Which key decided something, and its value: ('weight', '3')."""

    key: str
    value: str


BY_PATH = Why("path", "")


@dataclass(frozen=True, slots=True)
class Opener:
    """What the front matter says of the first page of a chapter."""

    contents: bool | None = None
    """True: sections and questions; False: none; None, where nothing is said: the questions."""
    updated: bool = True
    words: bool = True
    reading: bool = True
    pictures: tuple[str, ...] = ()
    """Where its picture may lie, as the author names it; the first that is there is taken."""
    alt: str = ""
    caption: str = ""


PLAIN = Opener()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A post that is not in the book, and why."""

    path: str
    title: str
    reason: Literal["draft", "future", "expired", "language", "filter", "hidden", "empty"]
    detail: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site that is not in the book, so that links to it can be made absolute."""

    path: str
    url: str
    """As `Post.url`."""
    aliases: tuple[str, ...] = ()
    published: bool = True


@dataclass(frozen=True, slots=True)
class Site:
    """What the Hugo configuration says that matters to a book."""

    content: str
    """The content folder, POSIX, relative to the project root."""
    language: str
    base_url: str | None = None
    static: tuple[str, ...] = ("static",)
    passthrough: bool | None = None
    """Does Goldmark hand maths through untouched? None where no configuration says so."""
    archetypes: tuple[str, ...] = ()
    """Lines of the site's archetypes that a post would keep only by oversight."""
    title: str = ""
    params: Json = field(default_factory=dict)
    """The site's own parameters, keys in lower case."""
    anchors: str = "github"
    """How Goldmark makes the ids of headings: github, github-ascii or blackfriday."""

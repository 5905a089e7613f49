"""Where each address of the site leads: to a chapter of the book, to the site itself, or to nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urljoin, urlsplit

from booklet.convert.anchors import anchor, loose
from booklet.model import Chapter, Collected, Post, Site

LANGUAGE = r"(\.[a-z]{2}(-[a-z0-9]+)*)?"
PAGE = re.compile(r"\.(md|markdown)$", re.I)
NOWHERE = ""
"""The destination of a page that the site does not publish either."""


@dataclass(frozen=True, slots=True)
class Map:
    """Destinations: `#chapter` in the book; an address below the site's own, or an absolute URL; `NOWHERE`."""

    site: Site
    urls: Mapping[str, str]
    """Address as `key` makes it → destination."""
    paths: Mapping[str, str]
    """Path of a Markdown file from the project root, in lower case, with and without language and ending."""
    names: Mapping[str, str]
    """Name of a file → destination, where it is the only one of that name: what `ref "name"` finds."""
    files: Mapping[str, str]
    """Address, as `key` makes it, of what is no page → the address itself."""
    own: Mapping[str, str]
    """Path of a post in the book → its address."""
    anchors: Mapping[str, Mapping[str, str]]
    """Chapter id → anchor → id in the book."""

    def page(self, path: str, here: str) -> str | None:
        """The destination of a path that stands in the post `here`; None for what the site does not know."""
        found = [places.get(name) for places, name in self._candidates(path, here)]
        return next((place for place in found if place is not None), None)

    def _candidates(self, path: str, here: str) -> Iterator[tuple[Mapping[str, str], str]]:
        plain = unquote(path).replace("\\", "/")
        folder = str(PurePosixPath(here).parent)
        below = plain.lstrip("/")
        for start in (self.site.content,) if plain.startswith("/") else (folder, self.site.content, "."):
            yield self.paths, normpath(f"{start}/{below}").lower()
        for joined in (plain, urljoin(self.own.get(here, "/"), plain), f"/{below}"):
            for address in (key(joined), key(joined.removeprefix(self._folder())), key(tidy(joined))):
                if joined.startswith("/") and (address or not joined.strip("/")):
                    yield self.urls, address
                    yield self.files, address
        if PAGE.search(plain) or "/" not in plain:
            yield self.names, PAGE.sub("", PurePosixPath(plain).name).lower()
        language, _, rest = plain.strip("/").partition("/")
        if re.fullmatch(r"[a-z]{2}(-[a-z0-9]+)*", language, re.I) and rest:
            yield self.urls, key(rest)

    def _folder(self) -> str:
        """`/blog/` of a site at `https://example.org/blog/`."""
        return f"{urlsplit(self.site.base_url or '').path.rstrip('/')}/"

    def heading(self, chapter: str, fragment: str) -> str | None:
        """The id of a heading, or of anything that the author gave an id to; None for one that the chapter lacks."""
        anchors = self.anchors.get(chapter, {})
        wanted = unquote(fragment)
        exact = anchors.get(wanted) or anchors.get(wanted.lower())
        if exact:
            return exact
        near = {place for name, place in anchors.items() if loose(name) == loose(wanted)}
        return near.pop() if len(near) == 1 and loose(wanted) else None


def key(path: str) -> str:
    """An address as far as it tells pages apart: no case, no slashes at the ends, no `index.html`."""
    plain = unquote(path).strip("/").lower()
    return re.sub(r"(^|/)index$", "", re.sub(r"\.html?$", "", plain)) if plain else ""


def tidy(path: str) -> str:
    """As Hugo writes paths: spaces as hyphens, no punctuation."""
    return "".join(c for c in re.sub(r"\s+", "-", path) if c.isalnum() or c in "./\\_#+~-@")


def site_map(collected: Collected, chapters: Iterable[Chapter]) -> Map:
    """All that a link may name: published addresses and aliases before files, files before bare names."""
    pages = [
        (page.path, page.url, page.aliases, page.url if page.published else NOWHERE) for page in collected.elsewhere
    ]
    own = [(post.path, _local(post), post.aliases, f"#{post.chapter_id}") for post in collected.posts]
    urls: dict[str, str] = {}
    paths: dict[str, str] = {}
    for path, _, aliases, destination in (*pages, *own):
        urls |= {key(name): destination for name in aliases}
        if path:
            paths |= dict.fromkeys(_files(path), destination)
    for path, url, _, destination in (*pages, *own):
        urls |= {key(url): destination} if url.startswith("/") else {}
        paths |= {path.lower(): destination} if path else {}
    listed = Counter(_name(path) for path, *_ in (*pages, *own))
    names = {_name(path): place for path, _, _, place in pages if listed[_name(path)] == 1}
    names |= {_name(path): place for path, _, _, place in own}
    files = {key(name): name for name in collected.files}
    anchors = {chapter.id: _anchors(chapter) for chapter in chapters}
    addresses = {post.path: _local(post) for post in collected.posts}
    return Map(collected.site, urls, paths, names, files, addresses, anchors)


def _local(post: Post) -> str:
    return post.url if post.url.startswith("/") else "/"


def _anchors(chapter: Chapter) -> dict[str, str]:
    """The chapter's own title counts: its heading may have been the post's first."""
    return {anchor(chapter.title): chapter.id, **dict(chapter.anchors)}


def _files(path: str) -> list[str]:
    """`a/x.zh.md` is found as that, as `a/x.md` and as `a/x`; `a/x/index.md` as `a/x`."""
    low = path.lower()
    bare = re.sub(rf"{LANGUAGE}\.(md|markdown)$", "", low)
    return [low, f"{bare}.md", bare, re.sub(r"/_?index$", "", bare)]


def _name(path: str) -> str:
    """The name of a file or bundle, without language and ending."""
    bare = re.sub(rf"{LANGUAGE}\.(md|markdown)$", "", path.lower())
    return PurePosixPath(re.sub(r"/_?index$", "", bare)).name

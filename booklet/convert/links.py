"""Links of the posts: to a chapter or heading of the book, to the site, to the outside, or to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.diagnostics import Diagnostic, Location, Noted, finding
from booklet.model import Chapter, Collected, Post, Site

SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.I)
ALLOWED = ("http", "https", "mailto", "tel", "ftp", "doi")


@dataclass(frozen=True, slots=True)
class Map:
    """Where each address of the site leads."""

    site: Site
    chapters: Mapping[str, str]
    """Address without slashes, suffix and case → chapter id."""
    anchors: Mapping[str, Mapping[str, str]]
    """Chapter id → anchor → id in the book."""
    elsewhere: frozenset[str]
    """Addresses of posts that the book leaves out."""


def site_map(collected: Collected, chapters: Iterable[Chapter]) -> Map:
    """All addresses that a link may use for a post: its path, its `url` and `slug`, its aliases, its bare name."""
    posts = {address: post.chapter_id for post in collected.posts for address in _bare(post)}
    posts |= {address: post.chapter_id for post in collected.posts for address in _addresses(post, collected.site)}
    left = frozenset(_of_path(post.path, collected.site) for post in collected.left_out)
    return Map(collected.site, posts, {chapter.id: dict(chapter.anchors) for chapter in chapters}, left)


def _addresses(post: Post, site: Site) -> list[str]:
    own = _of_path(post.path, site)
    front = post.front if isinstance(post.front, dict) else {}
    slug = [str(PurePosixPath(own).parent / str(front["slug"]))] if front.get("slug") else []
    url = [str(front["url"])] if front.get("url") else []
    return [own, *(address(text) for text in (*slug, *url, *post.aliases))]


def _bare(post: Post) -> list[str]:
    """`ref "name"` finds a page by its name alone."""
    return [address(PurePosixPath(_without_language(post.path)).name)]


def _of_path(path: str, site: Site) -> str:
    inside = path.removeprefix(site.content.rstrip("/") + "/")
    return address(_without_language(inside))


def _without_language(path: str) -> str:
    """`posts/x.en.md` and `posts/x/index.zh-cn.md` are addressed as `posts/x`."""
    stem = re.sub(r"(\.[a-z]{2}(-[a-z0-9]+)*)?\.(md|markdown|html?)$", "", path, flags=re.I)
    return re.sub(r"(^|/)_?index$", "", stem)


def address(target: str) -> str:
    """An address as far as it tells pages apart."""
    path = unquote(urlsplit(target).path).strip("/")
    return re.sub(r"(/?_?index)?(\.[a-z]{2}(-[a-z0-9]+)*)?\.(md|markdown|html?)$", "", path, flags=re.I).lower()


def resolve(chapter: Chapter, places: Map) -> Noted[Nodes]:
    """The chapter's blocks with every link resolved; one that leads nowhere is only its words, and a warning."""
    notes: list[Diagnostic] = []

    def visit(item: Node) -> Node | Nodes | None:
        if item["t"] != "Link":
            return None
        attr, words, (target, title) = item["c"]
        found = destination(target, chapter, places)
        if found is None:
            notes.append(_unresolved(target, chapter, ast.value(item, "line")))
            return list(words)
        kept = [attr[0], attr[1], [pair for pair in attr[2] if pair[0] != "line"]]
        return ast.node("Link", kept, words, [found, title])

    blocks = ast.rewrite(chapter.blocks, visit)
    return Noted(blocks, tuple(notes))


def destination(target: str, chapter: Chapter, places: Map) -> str | None:
    """`#id` inside the book, an absolute URL outside it, None where nothing is found."""
    if target.startswith("#"):
        return _anchor(chapter.id, target[1:], places)
    inside = _inside(target, places)
    if inside is None:
        return target if SCHEME.match(target)[0][:-1].lower() in ALLOWED else None  # type: ignore[index]
    path, _, fragment = inside.partition("#")
    known = _known(path, chapter, places)
    if known in places.chapters:
        return _anchor(places.chapters[known], fragment, places)
    return _on_the_site(inside, known, places)


def _inside(target: str, places: Map) -> str | None:
    """The target as a path of the site; None when it leads out."""
    base = places.site.base_url
    if base and target.lower().startswith(base.lower().rstrip("/") + "/"):
        return "/" + target[len(base.rstrip("/")) + 1 :]
    if target.startswith("ref:"):
        return target[4:]
    return "https:" + target if target.startswith("//") else None if SCHEME.match(target) else target


def _known(path: str, chapter: Chapter, places: Map) -> str:
    """The address among those of the map that a path means: as it is, beside the post, or without a language prefix."""
    here = PurePosixPath(chapter.path.removeprefix(places.site.content.rstrip("/") + "/")).parent
    candidates = [address(path), address(urljoin(f"/{here}/", path)), address("/".join(path.strip("/").split("/")[1:]))]
    usual = (c for c in candidates if c and (c in places.chapters or c in places.elsewhere))
    return next(usual, candidates[0])


def _anchor(chapter: str, fragment: str, places: Map) -> str | None:
    """The id of a heading, of the chapter where no fragment is given, None for one that the page lacks."""
    anchors = places.anchors.get(chapter, {})
    wanted = unquote(fragment)
    if not wanted:
        return f"#{chapter}"
    found = anchors.get(wanted) or anchors.get(wanted.lower())
    return f"#{found}" if found else None


def _on_the_site(path: str, known: str, places: Map) -> str | None:
    """A page that is on the site but not in the book, by its public address."""
    base = places.site.base_url
    if not base or known not in places.elsewhere:
        return None
    fragment = path.partition("#")[2]
    return f"{base.rstrip('/')}/{known}/" + (f"#{fragment}" if fragment else "")


def _unresolved(target: str, chapter: Chapter, line: str | None) -> Diagnostic:
    shown = target.removeprefix("ref:")
    return finding(
        "links/unresolved",
        f"the link to {shown} leads nowhere; its words are kept",
        Location(chapter.path, int(line) if line else None),
        "name a post of the site by its path (`/posts/name/`), or a heading by its id",
    )

"""Links of the posts: to a chapter or heading of the book, to the site, to the outside, or to nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import quote, urljoin, urlsplit

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.sitemap import NOWHERE, Map
from booklet.diagnostics import Diagnostic, Location, Noted, finding
from booklet.model import Chapter, Lead

SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):", re.I)
ALLOWED = ("http", "https", "mailto", "tel", "ftp", "doi")
REFERENCE = "ref:"
"""How the dialect writes `{{< ref "x" >}}` as a link's target."""
HINT = "name a post of the site by its path (`/posts/name/`), or a heading by its id"
BASE = "set `baseURL` in the Hugo configuration, so that the book can name the page's address"
Found = tuple[str | None, str]
"""The target in the book, None where the words stay alone; and what is wrong, if anything is."""


def resolve(chapter: Chapter, places: Map) -> Noted[tuple[Lead, ...]]:
    """The chapter's links, each with where it leads; one that leads nowhere is only its words, and a warning."""
    notes: list[Diagnostic] = []
    found: list[Lead] = []
    for lead in chapter.leads:
        target, problem = destination(lead.target or "", chapter, places)
        if problem:
            hint = BASE if problem.endswith("baseURL") else HINT
            shown = (lead.target or "").removeprefix(REFERENCE)
            where = Location(chapter.path, lead.line)
            notes.append(finding("links/unresolved", f"the link to {shown} {problem}", where, hint))
        found.append(replace(lead, target=target))
    return Noted(tuple(found), tuple(notes))


def followed(blocks: Nodes, targets: Mapping[str, str | None]) -> Nodes:
    """The blocks with every link where `targets` has it: as it is written → `#id`, a URL, or None for its words."""

    def visit(item: Node) -> Node | Nodes | None:
        if item["t"] != "Link":
            return None
        attr, inside, (target, title) = item["c"]
        words = unlinked(inside)
        found = targets[target]
        if found is None:
            return list(words)
        kept = [attr[0], attr[1], [pair for pair in attr[2] if pair[0] != "line"]]
        return ast.node("Link", kept, words, [found, title])

    result: Nodes = ast.rewrite(blocks, visit)
    return result


def unlinked(words: Nodes) -> Nodes:
    """Without links: HTML knows no link inside a link (HTML §4.5.1)."""

    def visit(item: Node) -> Nodes | None:
        return list(item["c"][1]) if item["t"] == "Link" else None

    result: Nodes = ast.rewrite(words, visit)
    return result


def destination(target: str, chapter: Chapter, places: Map) -> Found:
    """`#id` inside the book, an absolute URL outside it, None where nothing is found."""
    target = _completed(target.strip())
    if target.startswith("#"):
        found = places.heading(chapter.id, target.lstrip("#")) if target.strip("#") else chapter.id
        return (f"#{found}", "") if found else (None, f"names no heading of this post; {KEPT}")
    inside = _inside(target, places)
    if inside is None:
        scheme = SCHEME.match(target)
        return (target, "") if scheme and scheme[1].lower() in ALLOWED else (None, f"leads nowhere; {KEPT}")
    path, _, fragment = inside.partition("#")
    fragment = fragment.lstrip("#")
    page = places.page(path.partition("?")[0], chapter.path) if path else f"#{chapter.id}"
    if page is None or page == NOWHERE:
        outside = target if re.match("https?:", target, re.I) else None
        what = "leads nowhere" if page is None else "leads to a page that the site does not publish"
        return outside, "" if outside else f"{what}; {KEPT}"
    return _in_the_book(page[1:], fragment, places) if page.startswith("#") else _on_the_site(page, fragment, places)


KEPT = "its words are kept"


def _completed(target: str) -> str:
    """`//host/…` and `www.host/…` as a browser's user means them."""
    if target.startswith("//"):
        return f"https:{target}"
    return f"https://{target}" if re.match(r"www\.[\w-]+\.\w", target, re.I) else target


def _inside(target: str, places: Map) -> str | None:
    """The target as a path of the site; None when it leads out."""
    if target.startswith(REFERENCE):
        return target.removeprefix(REFERENCE)
    if not SCHEME.match(target):
        return target
    base, asked = urlsplit(places.site.base_url or ""), urlsplit(target)
    same = base.hostname and asked.hostname == base.hostname and asked.scheme in ("http", "https")
    folder = f"{base.path.rstrip('/')}/"
    if not same or not f"{asked.path}/".startswith(folder):
        return None
    return f"/{asked.path[len(folder) :]}" + (f"#{asked.fragment}" if asked.fragment else "")


def _in_the_book(chapter: str, fragment: str, places: Map) -> Found:
    """A heading of the page, or its beginning."""
    if not fragment:
        return f"#{chapter}", ""
    found = places.heading(chapter, fragment)
    return (f"#{found}", "") if found else (f"#{chapter}", f"leads to the beginning: its page has no #{fragment}")


def _on_the_site(page: str, fragment: str, places: Map) -> Found:
    """A page that is on the site but not in the book, by its public address."""
    base = places.site.base_url
    if not page.startswith("/"):
        return page, ""
    if not base:
        return None, f"leads to a page outside the book; {KEPT}, for the site has no baseURL"
    address = urljoin(f"{base.rstrip('/')}/", quote(page.lstrip("/"), safe="/%#?=&+@~,;:!$'()*-._"))
    return address + (f"#{fragment}" if fragment else ""), ""

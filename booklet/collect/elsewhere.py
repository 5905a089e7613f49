"""What the site publishes beside the book, so that a link to it can be made absolute."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from booklet.collect import addresses
from booklet.collect import files as on_disk
from booklet.collect.cascade import Section
from booklet.collect.posts import published
from booklet.collect.site import Hugo
from booklet.model import Page, Post


@dataclass(frozen=True, slots=True)
class Read:
    """All that was read: pages in every language, and sections."""

    posts: tuple[Post, ...]
    sections: tuple[Section, ...]


def pages(read: Read, chosen: Iterable[str], hugo: Hugo, clock: datetime.date) -> tuple[Page, ...]:
    """Posts that are not chosen, the site's sections, and its lists of tags and categories.

    `chosen`: paths of the posts in the book.
    """
    inside = frozenset(chosen)
    public = {post.path: published(post, clock) for post in read.posts}
    shown = [post for post in read.posts if public[post.path]]
    left = [
        Page(post.path, post.url, post.aliases, public[post.path]) for post in read.posts if post.path not in inside
    ]
    return (*left, *_sections(read, hugo), *_lists(shown, hugo))


def _sections(read: Read, hugo: Hugo) -> Iterator[Page]:
    """Sections with a page of their own; the home page and the first folders, which are sections without one."""
    for section in read.sections:
        page = addresses.Page(section.folder, "", None, section.front, section.language, is_section=True)
        url = addresses.address(page, hugo)
        yield Page(section.path, url, addresses.aliases(page, url))
    folders = {(name, post.language) for post in read.posts for name in ("", post.section)}
    for name, language in sorted(folders):
        yield Page("", addresses.address(addresses.Page(name, "", None, {}, language, is_section=True), hugo))


def _lists(shown: Sequence[Post], hugo: Hugo) -> Iterator[Page]:
    for taxonomy in hugo.taxonomies:
        terms: set[tuple[str, str]] = set()
        for post in shown:
            given = post.front.get(taxonomy) or ()
            start = f"{addresses.prefix(post.language, hugo)}/{taxonomy}/"
            terms |= {(start, "")} | {(start, addresses.urlized(str(t)).lower()) for t in given if isinstance(t, str)}
        yield from (Page("", f"{start}{term}/" if term else start) for start, term in sorted(terms))


def files(root: Path, hugo: Hugo, read: Sequence[Post]) -> frozenset[str]:
    """Addresses of everything in the static folders and beside the pages."""
    found = {f"/{name}" for folder in hugo.site.static for name in on_disk.others(root, folder)}
    moved = {post.bundle: post.url.rstrip("/") for post in read if post.bundle and post.url.startswith("/")}
    for content in hugo.roots:
        if content.folder == ".":
            continue
        for name in on_disk.others(root, content.folder):
            above = f"{content.folder}/{name}".rpartition("/")[0]
            found.add(f"{moved[above]}/{name.rpartition('/')[2]}" if above in moved else f"/{name}")
    return frozenset(found)

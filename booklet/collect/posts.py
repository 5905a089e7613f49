"""One file → one `Post`."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path, PurePosixPath
from typing import Any

from booklet.collect import addresses, cascade, languages, opener, titles
from booklet.collect.dates import moment
from booklet.collect.files import Found, is_section
from booklet.collect.frontmatter import BROKEN, Document
from booklet.collect.keys import SHAPES, Wrong
from booklet.collect.site import Hugo, root_of
from booklet.diagnostics import Location, failure
from booklet.model import Post

RESERVED = re.compile(r"^(q|part)-")
HEADING = re.compile(r"^ {0,3}#[ \t]+(?P<title>.+?)(?:[ \t]+#+)?[ \t]*$")
FENCE = re.compile(r"^ {0,3}(```+|~~~+)")


@dataclass(frozen=True, slots=True)
class Placed:
    """A file of the site, read; its language, and its path in the content folder without language and ending."""

    found: Found
    document: Document
    language: str
    inside: str
    front: dict[str, Any]
    """Keys in lower case, shapes checked."""

    @property
    def is_section(self) -> bool:
        return is_section(self.found.path)


def place(found: Found, document: Document, hugo: Hugo) -> Placed:
    """BookletError (exit 6) for a known key whose value has the wrong shape, with its line."""
    front = shaped(document, found.path)
    root = root_of(found.path, hugo.roots)
    inside = found.path if root.folder == "." else found.path[len(root.folder) + 1 :]
    usual = root.language or str(front.get("language") or hugo.default or hugo.site.language)
    language, path = languages.of_file(inside, usual, hugo.codes)
    return Placed(
        found, document, language, re.sub(r"(^|/)_?index$", "", PurePosixPath(path).with_suffix("").as_posix()), front
    )


def shaped(document: Document, path: str) -> dict[str, Any]:
    """The front matter as a book reads it: keys in lower case, known ones in their shape, empty ones left out.

    Keys under `params` count like those beside it, as in Hugo.
    """
    inner = document.front.get("params")
    front: dict[str, Any] = {}
    for table in (inner if isinstance(inner, dict) else {}, document.front):
        seen: set[str] = set()
        for key, value in table.items():
            low = key.lower()
            if low in seen and low in SHAPES:
                hint = "Hugo does not tell upper from lower case here: keep one"
                where = Location(path, document.line(key))
                raise failure(BROKEN, f"the key {key!r} is given twice", where, hint)
            seen.add(low)
            if value is None or (value == "" and low in SHAPES):
                continue
            if (good := _in_shape(low, value, Location(path, document.line(key)))) is not None:
                front[low] = good
    return front


def _in_shape(key: str, value: Any, where: Location) -> Any:
    try:
        return SHAPES[key](value) if key in SHAPES else value
    except Wrong as problem:
        raise failure(BROKEN, f"`{key}` {problem}, not {_short(value)}", where) from None


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:59] + "…"


def handed(placed: Placed, sections: Sequence[cascade.Section], hugo: Hugo) -> dict[str, Any]:
    """What the sections and the site hand down to a page, shapes checked: the line is that of a section's `cascade`."""
    given = cascade.handed(placed.inside, placed.language, sections, hugo.cascade)
    where = next((s.path for s in reversed(sections) if placed.inside.startswith(s.folder)), placed.found.path)
    shaped = {key: _in_shape(key, value, Location(where)) for key, value in given.items() if value not in (None, "")}
    return {key: value for key, value in shaped.items() if value is not None}


def make(placed: Placed, hugo: Hugo, handed: dict[str, Any], root: Path) -> Post:
    """The post of a file. `handed`: what its sections hand down, shapes checked."""
    front = {**handed, **placed.front}
    found, document = placed.found, placed.document
    name = _title(front, document, found.path)
    date = _first(front, ("date", "publishdate", "pubdate", "published", "lastmod", "modified"))
    page = addresses.Page(placed.inside, name, date, front, placed.language)
    url = addresses.address(page, hugo)
    return Post(
        path=found.path,
        title=name,
        language=placed.language,
        chapter_id="",
        body=document.body,
        body_line=document.body_line,
        date=date,
        lastmod=_first(front, ("lastmod", "modified", "updated")),
        description=str(front.get("description") or front.get("summary") or ""),
        authors=tuple(_first(front, ("authors", "author")) or ()),
        tags=tuple(_first(front, ("tags", "tag")) or ()),
        categories=tuple(_first(front, ("categories", "category")) or ()),
        aliases=addresses.aliases(page, url),
        front=front,
        section=placed.inside.partition("/")[0] if "/" in placed.inside else "",
        url=front.get("externalurl") or url,
        opener=opener.read(front, root, found.bundle),
        bundle=found.bundle,
        ordinal=titles.parse(name).ordinal,
    )


def _first(front: dict[str, Any], keys: Sequence[str]) -> Any:
    return next((front[key] for key in keys if front.get(key)), None)


def _title(front: dict[str, Any], document: Document, path: str) -> str:
    """The front matter's title; without one, the first heading of the first level; else the file's or bundle's name."""
    return front.get("title") or headline(document.body) or stem(path).replace("-", " ")


def headline(body: str) -> str:
    """The words of the first `# heading` outside of code, or nothing."""
    fence = ""
    for line in body.split("\n"):
        mark = FENCE.match(line)
        if mark and (not fence or (mark[1].startswith(fence) and not line.strip(" `~"))):
            fence = "" if fence else mark[1]
        elif not fence and (found := HEADING.match(line)):
            return _bare(found["title"])
    return ""


def _bare(title: str) -> str:
    """Without Markdown's marks: links as their words, no emphasis, no `{#id}`."""
    words = re.sub(r"\s*\{[#.][^}]*\}\s*$", "", title)
    words = re.sub(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])", r"\1", words)
    return re.sub(r"\s+", " ", re.sub(r"[*`]|(?<!\w)_+|_+(?!\w)|<[^>]+>", "", words)).strip()


def stem(path: str) -> str:
    """The name of a file without language and ending; of an index file, its folder's."""
    pure = PurePosixPath(path)
    name = re.sub(r"(\.[a-z]{2,3}(-[a-z0-9]+)*)?\.(md|markdown)$", "", pure.name, flags=re.I)
    return pure.parent.name if name == "index" and pure.parent.name else name


def published(post: Post, clock: datetime.date) -> bool:
    """Does the site show the page to anyone? A hidden one it does, to who knows its address."""
    reason = unfit(post, clock, drafts=False, future=False, expired=False)
    return reason is None or reason[0] == "empty" or (reason[0] == "hidden" and not _unrendered(post.front))


def unfit(post: Post, clock: datetime.date, drafts: bool, future: bool, expired: bool) -> tuple[str, str] | None:
    """Why a post may not be published: reason and detail; None when it may."""
    front = post.front
    goes = str(front.get("publishdate") or post.date or "")
    ends = str(front.get("expirydate") or front.get("unpublishdate") or "")
    if front.get("draft") is True and not drafts:
        return "draft", "draft: true"
    if not future and _day(goes) and _day(goes) > clock.isoformat():
        return "future", goes
    if not expired and _day(ends) and _day(ends) <= clock.isoformat():
        return "expired", ends
    if hidden := _hidden(front):
        return "hidden", hidden
    return ("empty", _empty(front)) if not post.body.strip() else None


def _hidden(front: dict[str, Any]) -> str:
    named = next((key for key in ("hidden", "headless", "bookhidden") if front.get(key) is True), "")
    return f"{named}: true" if named else _unrendered(front)


def _unrendered(front: dict[str, Any]) -> str:
    """`build: {render: never}`: a page that is there for others to take from."""
    options = front.get("build") or front.get("_build")
    said = str(options.get("render", "always")).lower() if isinstance(options, dict) else "always"
    if said in ("never", "false", "link"):
        return f"build.render: {said}"
    return "headless: true" if front.get("headless") is True else ""


def _day(text: str) -> str:
    time = moment(text) if text else None
    return time.date().isoformat() if time else ""


def _empty(front: dict[str, Any]) -> str:
    return f"leads to {front['externalurl']}" if front.get("externalurl") else "no text"


def with_ids(chosen: Sequence[Post], root: Path) -> list[Post]:
    """Posts with unique chapter ids; where two names give one slug, all but the first take their folder's as well."""
    seen: set[str] = set()
    result: list[Post] = []
    for post in sorted(chosen, key=lambda post: post.path):
        named = [slug(stem(post.path)), slug(f"{PurePosixPath(post.path).parent.name}-{stem(post.path)}")]
        candidates = chain(named, (f"{named[0]}-{n}" for n in count(2)))
        free = next(name for name in candidates if name not in seen)
        seen.add(free)
        result.append(replace(post, chapter_id=free))
    return result


def _pinyin(name: str) -> str:
    from pypinyin import lazy_pinyin

    return "-".join(lazy_pinyin(name))


def slug(name: str) -> str:
    """ASCII letters, digits, hyphens; Han characters as pinyin; starts with a letter, never like a question's id."""
    words = name if name.isascii() else _pinyin(name)
    plain = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
    return plain if plain[:1].isalpha() and not RESERVED.match(plain) else f"c-{plain}".rstrip("-")

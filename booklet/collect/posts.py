"""One file → one `Post`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from booklet.collect import languages, titles
from booklet.collect.files import Found
from booklet.collect.frontmatter import BROKEN, Document, moment
from booklet.diagnostics import Location, failure
from booklet.model import Post, Site

RESERVED = re.compile(r"^(q|part)-")


def make(found: Found, document: Document, where: Site, codes: frozenset[str], handed: dict[str, Any]) -> Post:
    """The post of a file. Keys are found whatever their case, as in Hugo; unknown ones are kept in `front`."""
    front = {**{key.lower(): value for key, value in handed.items()}, **_flat(document.front)}
    inside = found.path.removeprefix(where.content.rstrip("/") + "/")
    language, _ = languages.of_file(inside, str(front.get("language") or where.language), codes)
    return Post(
        path=found.path,
        title=_title(front, found.path),
        language=language,
        chapter_id="",
        body=document.body,
        body_line=document.body_line,
        date=_date(front, ("date", "publishdate", "pubdate", "published"), found.path),
        lastmod=_date(front, ("lastmod", "modified", "updated"), found.path),
        description=str(front.get("description") or front.get("summary") or ""),
        authors=_words(front, ("authors", "author"), found.path),
        tags=_words(front, ("tags", "tag"), found.path),
        categories=_words(front, ("categories", "category"), found.path),
        aliases=_words(front, ("aliases",), found.path),
        front=front,
        bundle=found.bundle,
        ordinal=titles.parse(_title(front, found.path)).ordinal,
    )


def _flat(front: dict[str, Any]) -> dict[str, Any]:
    return {key.lower(): value for key, value in front.items()}


def _title(front: dict[str, Any], path: str) -> str:
    """A title of any scalar type; without one, the file's or bundle's name."""
    value = front.get("title")
    if isinstance(value, dict | list):
        raise failure(BROKEN, "`title` must be a text", Location(path, 1))
    return str(value).strip() if value not in (None, "") else stem(path).replace("-", " ")


def stem(path: str) -> str:
    """The name of a file without language and ending; of an index file, its folder's."""
    pure = PurePosixPath(path)
    name = re.sub(r"(\.[a-z]{2,3}(-[a-z0-9]+)*)?\.(md|markdown)$", "", pure.name, flags=re.I)
    return pure.parent.name if name == "index" and pure.parent.name else name


def _date(front: dict[str, Any], keys: Sequence[str], path: str) -> str | None:
    value = next((front[key] for key in keys if front.get(key)), None)
    if value is None:
        return None
    if not isinstance(value, str) or moment(value) is None:
        hint = "write it as 2025-09-19 or 2025-09-19T17:45:10+08:00"
        raise failure(BROKEN, f"`{keys[0]}` is no date: {value!r}", Location(path, 1), hint)
    return value.strip()


def _words(front: dict[str, Any], keys: Sequence[str], path: str) -> tuple[str, ...]:
    """A list of texts, or one text, or `{name: …}` tables as some themes write authors."""
    value = next((front[key] for key in keys if front.get(key)), ())
    items = value if isinstance(value, list) else [value] if value else []
    if any(isinstance(item, list) for item in items):
        raise failure(BROKEN, f"`{keys[0]}` must be a list of texts", Location(path, 1))
    named = [item.get("name", "") if isinstance(item, dict) else item for item in items]
    return tuple(str(item).strip() for item in named if str(item).strip())


def section(path: str, where: Site) -> str:
    """The section of a post: the first folder below the content folder."""
    return path.removeprefix(where.content.rstrip("/") + "/").partition("/")[0]


def unfit(post: Post, clock: datetime.date, drafts: bool, future: bool, expired: bool) -> tuple[str, str] | None:
    """Why a post may not be published: reason and detail; None when it may."""
    front = post.front
    goes = str(front.get("publishdate") or post.date or "")
    ends = str(front.get("expirydate") or "")
    if front.get("draft") is True and not drafts:
        return "draft", "draft: true"
    if not future and _day(goes) and _day(goes) > clock.isoformat():
        return "future", goes
    if not expired and _day(ends) and _day(ends) <= clock.isoformat():
        return "expired", ends
    if front.get("hidden") is True or front.get("headless") is True:
        return "hidden", "hidden: true" if front.get("hidden") else "headless: true"
    return ("empty", _empty(front)) if not post.body.strip() else None


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
        candidates = [slug(stem(post.path)), slug(f"{PurePosixPath(post.path).parent.name}-{stem(post.path)}")]
        candidates += [f"{candidates[0]}-{n}" for n in range(2, len(chosen) + 2)]
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

"""Where Hugo publishes a page: `/posts/name/`, by file name, `slug`, `url`, `permalinks` and language."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from booklet.collect.dates import moment
from booklet.collect.site import Hugo

TOKEN = re.compile(r":([a-z]+|\d+)(\[[^\]]*\])?", re.I)
KEPT = "./\\_#+~-@"
"""Beside letters, figures and marks, what Hugo leaves in a path."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the address of a page depends on. `inside`: its path in the content folder, without language and ending."""

    inside: str
    title: str
    date: str | None
    front: Mapping[str, Any]
    language: str
    is_section: bool = False


def address(page: Page, hugo: Hugo) -> str:
    """The address below the site's own, from `/` on: `/zh/posts/name/`."""
    own = str(page.front.get("url") or "")
    if re.match(r"https?://", own):
        return own
    pattern = own or _pattern(page, hugo)
    path = expand(pattern, page) if pattern else _slugged(page)
    if not hugo.keep_case and not own:
        path = path.lower()
    absolute = path if own.startswith("/") else f"{prefix(page.language, hugo)}/{path.strip('/')}"
    return _ended(f"/{absolute.strip('/')}", hugo.ugly and not page.is_section)


def prefix(language: str, hugo: Hugo) -> str:
    """`/zh` for the pages of a language that has a folder of its own in addresses, else nothing."""
    key = hugo.key(language)
    shared = key == hugo.default and not hugo.in_subfolder
    return "" if shared or key not in hugo.languages or hugo.languages[key].get("baseurl") else f"/{key}"


def aliases(page: Page, own: str) -> tuple[str, ...]:
    """The `aliases` of a page, a relative one beside its own address."""
    beside = own.strip("/").rpartition("/")[0]
    given = page.front.get("aliases") or ()
    return tuple(str(name) if str(name).startswith(("/", "http")) else f"/{beside}/{name}" for name in given)


def _ended(path: str, ugly: bool) -> str:
    """`/a/` or, with ugly addresses, `/a.html`; a name that has an ending keeps it."""
    if re.search(r"\.(html?|xml|json|txt|php)$", path):
        return path
    return f"{path}.html" if ugly and path != "/" else f"{path.rstrip('/')}/"


def _pattern(page: Page, hugo: Hugo) -> str:
    return "" if page.is_section else hugo.permalinks.get(page.inside.partition("/")[0].lower(), "")


def _slugged(page: Page) -> str:
    """The file's path, its last part replaced by `slug`."""
    pure = PurePosixPath(page.inside)
    if page.front.get("slug") and not page.is_section:
        return "/".join((*map(urlized, pure.parts[:-1]), urlized(str(page.front["slug"]))))
    return "/".join(map(urlized, pure.parts))


def expand(pattern: str, page: Page) -> str:
    """A permalink pattern filled in; a token that nothing is known of stays as it is."""
    return TOKEN.sub(lambda match: _value(match[1].lower(), match[2] or "", page) or match[0], pattern)


def _value(token: str, part: str, page: Page) -> str:
    name = PurePosixPath(page.inside).name
    folders = PurePosixPath(page.inside).parts[:-1]
    slug = urlized(str(page.front.get("slug") or ""))
    title = urlized(page.title)
    known = {
        "section": folders[0] if folders else "",
        "sections": "/".join(_slice(folders, part)),
        "title": title,
        "slug": slug or title,
        "filename": urlized(name),
        "slugorfilename": slug or urlized(name),
        "contentbasename": urlized(name),
        "slugorcontentbasename": slug or urlized(name),
    }
    time = moment(page.date) if page.date else None
    return known.get(token) or (_of_date(token, time) if time else "")


def _of_date(token: str, time: datetime.datetime) -> str:
    """Hugo's own tokens, and Go's (`:2006`, `:01`, `:02`)."""
    names = {
        "year": "%Y",
        "2006": "%Y",
        "06": "%y",
        "month": "%m",
        "01": "%m",
        "day": "%d",
        "02": "%d",
    }
    if token in ("monthname", "january"):
        return MONTHS[time.month - 1]
    if token in ("weekday", "weekdayname"):
        return str(time.isoweekday() % 7) if token == "weekday" else WEEKDAYS[time.weekday()]
    if token == "yearday":
        return str(time.timetuple().tm_yday)
    return time.strftime(names[token]) if token in names else ""


MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def _slice(folders: tuple[str, ...], part: str) -> tuple[str, ...]:
    """`[1:]`, `[:1]`, `[last]`, `[0]` of `:sections`."""
    inside = part.strip("[]").replace("last", "-1")
    if not inside:
        return folders
    if ":" in inside:
        start, _, end = inside.partition(":")
        return folders[int(start or 0) : int(end) if end else None]
    return folders[int(inside) :][:1] if int(inside) >= 0 else folders[int(inside) :]


def urlized(text: str) -> str:
    """A part of a path as Hugo writes it: spaces as hyphens, without punctuation."""
    hyphened = re.sub(r"\s+", "-", text.strip())
    return "".join(c for c in hyphened if c in KEPT or unicodedata.category(c)[0] in "LMN")

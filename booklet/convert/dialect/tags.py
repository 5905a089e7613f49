"""HTML tags in prose: which are tags, and which only look like it (`vector<int>`)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from booklet.convert.dialect.source import Markup

STRICT = re.compile(
    r"<(?P<close>/)?(?P<name>[A-Za-z][A-Za-z0-9-]*)"
    r"(?P<rest>(?:\s+[A-Za-z_:@][\w:.@-]*(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*)\s*/?>"
)
LOOSE = re.compile(r"<(?P<close>/)?(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>[\s\"'/][^<>]*)?>")
ATTRIBUTE = re.compile(r"([\w:.@-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")

LINE = frozenset(
    "a abbr acronym area b bdi bdo big blink br button cite code data del dfn em font i img input ins kbd label map "
    "mark marquee math meter nobr output picture progress q rb rp rt rtc ruby s samp select slot small source span "
    "strike strong sub sup svg template textarea time track tt u var wbr".split()
)
BLOCK = frozenset(
    "address article aside audio base blockquote body canvas caption center col colgroup dd details dialog dir div "
    "dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html "
    "iframe legend li link main menu meta nav noframes noscript object ol optgroup option p param script search "
    "section style summary table tbody td tfoot th thead title tr ul video".split()
)
KNOWN = LINE | BLOCK
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
BY_NAME = frozenset(
    "area audio base body button canvas data dir embed form frame head html iframe input legend link main map menu "
    "meta nav object option output param script search select slot style table template textarea time title var "
    "video".split()
)
"""Where nothing closes such a tag and it has no attribute, the author speaks of it."""


@dataclass(frozen=True, slots=True)
class Partners:
    """The names of all tags that a text opens, and of those that it closes."""

    opened: frozenset[str]
    closed: frozenset[str]


def partners(text: str) -> Partners:
    found = re.findall(r"<(/?)([A-Za-z][A-Za-z0-9-]*)(?=[\s/>])", text)
    names = [frozenset(name.lower() for sign, name in found if sign == wanted) for wanted in ("", "/")]
    return Partners(*names)


def tags(text: str, start: int, end: int, known: Partners) -> Iterator[tuple[int, int, Markup]]:
    """The tags of `text[start:end]`: from, to, value (whose line is 0)."""
    place = start
    while (place := text.find("<", place, end)) >= 0:
        match = STRICT.match(text, place, end) or _loose(text, place, end)
        if match and _is_tag(match, text, known):
            yield place, match.end(), _markup(match)
            place = match.end()
        else:
            place += 1


def _loose(text: str, place: int, end: int) -> re.Match[str] | None:
    """Attributes that no standard allows, in a tag that HTML has."""
    match = LOOSE.match(text, place, end)
    return match if match and match["name"].lower() in KNOWN else None


def _markup(match: re.Match[str]) -> Markup:
    name = match["name"].lower()
    found = ATTRIBUTE.findall(match["rest"] or "")
    attributes = tuple((key.lower(), html.unescape(a or b or c)) for key, a, b, c in found)
    return Markup(match[0], name, 0, bool(match["close"]), attributes, name in KNOWN)


def _is_tag(match: re.Match[str], text: str, known: Partners) -> bool:
    name, rest = match["name"].lower(), (match["rest"] or "").strip(" /\n\t")
    if rest:
        return name in KNOWN or "=" in rest
    if name in VOID and name not in BY_NAME:
        return True
    paired = name in (known.opened if match["close"] else known.closed)
    behind = _behind_a_word(text, match.start())
    if name in KNOWN:
        return paired or not (name in BY_NAME or behind)
    return paired and not behind


def _behind_a_word(text: str, place: int) -> bool:
    """`vector<b>`: what stands straight behind a letter of code is a parameter of a type."""
    before = text[place - 1 : place]
    return before.isascii() and (before.isalnum() or before == "_")

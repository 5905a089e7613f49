"""Liquid tags (`{% note info %} … {% endnote %}`): Hexo's and Jekyll's, shown by the shortcodes of the same sense."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from booklet.diagnostics import Diagnostic, Location, Noted, finding
from booklet.shortcodes.call import Call, Page, fence, literal
from booklet.shortcodes.rows import ROWS
from booklet.shortcodes.traced import Edit, Traced

TAG = re.compile(r"\{%-?[ \t]*(/?\w[\w-]*)((?:\"[^\"]*\"|'[^']*'|[^\n\"']|\n(?!\n))*?)-?%\}")
CODE = re.compile(
    r"\{%-?[ \t]*(codeblock|highlight)\b([^%]*?)-?%\}[ \t]*\n?(.*?)\n?[ \t]*\{%-?[ \t]*end\1[ \t]*-?%\}", re.S
)
WORD = re.compile(r"(?:([\w-]+)=)?(?:\"([^\"]*)\"|'([^']*)'|([^\s,\"']+))")
SILENT = frozenset("raw endraw toc more katex mathjax cache if else elsif endif for endfor assign capture".split())
INNER = "\ufdd9"
SAME = {"cq": "blockquote", "centerquote": "blockquote", "folding": "fold", "hidetoggle": "fold", "btn": "button"}
SAME |= {"asset_img": "img", "image": "figure", "post_link": "ref", "asset_link": "link", "codeblock": "highlight"}
SAME |= {"bilibili": "bilibili", "youtube": "youtube", "vimeo": "vimeo", "gist": "gist", "mmedia": "video"}


class _NoFiles:
    """Leftovers name no file of the site."""

    def read(self, name: str) -> str | None:
        return None

    def find(self, pattern: str) -> tuple[str, ...]:
        return ()


PAGE = Page({}, {}, "", _NoFiles())


def edits(body: Traced, is_prose: Callable[[int], bool]) -> Noted[list[Edit]]:
    """What to put for every tag outside code. A tag that nothing is known of goes, with a note at its line."""
    listings = [match for match in CODE.finditer(body.text) if is_prose(match.start())]
    inside = [match.span() for match in listings]
    found = [
        match
        for match in TAG.finditer(body.text)
        if is_prose(match.start()) and not any(start <= match.start() < end for start, end in inside)
    ]
    closed = {match[1].lower().removeprefix("end").lstrip("/") for match in found if _closes(match)}
    made: list[Edit] = [(*match.span(), _listing(match)) for match in listings]
    notes: list[Diagnostic] = []
    opened: dict[str, list[str]] = {}
    for match in found:
        name = match[1].lower()
        if _closes(match):
            ends = opened.get(name.removeprefix("end").lstrip("/"))
            made.append((*match.span(), f"\n\n{ends.pop()}" if ends else ""))
        elif name in SILENT:
            made.append((*match.span(), ""))
        else:
            begin, end = _shown(match, name in closed)
            if name in closed:
                opened.setdefault(name, []).append(end)
            elif not begin:
                notes.append(_note(match[1], body.line(match.start())))
            made.append((*match.span(), f"{begin}\n\n" if name in closed else begin))
    return Noted(made, tuple(notes))


def _listing(match: re.Match[str]) -> str:
    """`{% codeblock Title lang:js %}`, `{% highlight js %}`."""
    positional, _ = _arguments(match[2])
    named = re.search(r"lang:(\w+)", match[2])
    usual = positional[0] if positional and match[1] == "highlight" else ""
    return f"\n{fence(match[3], named[1] if named else usual)}\n"


def _closes(match: re.Match[str]) -> bool:
    return match[1].lower().startswith(("end", "/"))


def _shown(match: re.Match[str], paired: bool) -> tuple[str, str]:
    """The Markdown of a tag: what stands before its text, and what after it."""
    name = SAME.get(match[1].lower(), match[1].lower())
    positional, named = _arguments(match[2])
    if name == "label":
        return literal(match[2].partition("@")[2].strip() or match[2].strip()), ""
    if name == "ref" and positional:
        words = " ".join(positional[1:]) or (positional[0] if positional else "")
        return f"[{words}](ref:{positional[0]})", ""
    if name == "button" and len(positional) > 1:
        named = {"href": positional[0], "text": positional[1]}
    row = ROWS.get(name)
    if row is None:
        return "", ""
    made = row.make(Call(name, PAGE, positional, named, INNER if paired else "", INNER if paired else "", paired))
    begin, sign, end = made.partition(INNER)
    return (begin.strip(), end.strip()) if sign else (made, "")


def _arguments(words: str) -> tuple[tuple[str, ...], Mapping[str, str]]:
    found = [(key, a or b or c) for key, a, b, c in WORD.findall(words)]
    return tuple(value for key, value in found if not key), {key: value for key, value in found if key}


def _note(name: str, line: int) -> Diagnostic:
    message = f"the tag {{% {name} %}} of another system is left out"
    return finding("source/leftover", message, Location("", line), "write what it shows as Markdown")

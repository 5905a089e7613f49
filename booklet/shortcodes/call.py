"""What a shortcode's row gets, and what it may put into its Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

# Noncharacters that fence what no later step may read as Markdown: shown as it is, TeX in a line, TeX on its own.
LITERAL, LITERAL_END = "\ufdd4", "\ufdd5"
INLINE, DISPLAY, TEX_END = "\ufdd6", "\ufdd7", "\ufdd8"
PRIVATE = re.compile("(?P<kind>[\ufdd4\ufdd6\ufdd7])(?P<inner>[^\ufdd4-\ufdd8]*)[\ufdd5\ufdd8]")


class Files(Protocol):
    """The files of the site that a shortcode may name."""

    def read(self, name: str) -> str | None:
        """The text of a file beside the post, in the content folder or in the project; None where there is none."""

    def find(self, pattern: str) -> tuple[str, ...]:
        """The files of the post's bundle that a pattern like `gallery/*` means, in order."""


@dataclass(frozen=True, slots=True)
class Page:
    """The page that a call stands on."""

    front: Mapping[str, Any]
    params: Mapping[str, Any]
    """The site's own parameters."""
    language: str
    files: Files


Where = Literal["text", "address", "code"]


@dataclass(frozen=True, slots=True)
class Call:
    """A call as the author wrote it. `inner` is Markdown with the calls inside it done; "" when it stands alone."""

    name: str
    page: Page
    positional: tuple[str, ...] = ()
    named: Mapping[str, str] = field(default_factory=dict)
    inner: str = ""
    raw: str = ""
    """What stands between the tags, untouched but for the indentation of the opening tag."""
    paired: bool = False
    tight: bool = False
    """In a table's row or a heading, where a block cannot stand."""
    where: Where = "text"
    """Among words, in the place of a link's or tag's address, or in code."""

    def get(self, *keys: str, place: int | None = None, default: str = "") -> str:
        """The parameter of the first of these names that is given, else the one at a place."""
        for key in keys:
            if key in self.named:
                return self.named[key]
        if place is not None and 0 <= place < len(self.positional):
            return self.positional[place]
        return default


Make = Callable[[Call], str]


@dataclass(frozen=True, slots=True)
class Row:
    """How a shortcode is shown: as Markdown in which HTML stands for what Markdown has no sign for."""

    make: Make
    text: bool = False
    """It gives a word or an address, so that it is run in code as well."""
    again: bool = False
    """What it gives may hold shortcodes that have not been done."""


def literal(words: str) -> str:
    """Words that are shown as they are, whatever signs they hold."""
    return f"{LITERAL}{words}{LITERAL_END}"


def formula(tex: str, display: bool) -> str:
    return f"{DISPLAY if display else INLINE}{tex}{TEX_END}"


def tag(name: str, inner: str, **attributes: str) -> str:
    """A block between tags, Markdown inside; attributes without a value are left out. `class_` is `class`."""
    pairs = ((key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items() if value)
    written = "".join(f' {key}="{escaped(value)}"' for key, value in pairs)
    return f"<{name}{written}>\n\n{inner}\n\n</{name}>"


def inline(name: str, inner: str, **attributes: str) -> str:
    """The same within a line."""
    return tag(name, inner, **attributes).replace("\n\n", "")


def escaped(words: str) -> str:
    """Words as the value of an attribute, on one line."""
    return html.escape(" ".join(words.split()))


def link(words: str, address: str, title: str = "") -> str:
    """`[words](address)`; only the words where there is no address."""
    if not address.strip():
        return words
    target = address.strip().replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")
    return f"[{words or literal(address)}](<{target}>{f' {quoted(title)}' if title else ''})"


def quoted(words: str) -> str:
    """A title behind an address."""
    return '"' + " ".join(words.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'


def picture(source: str, caption: str = "", alt: str = "", **attributes: str) -> str:
    """A picture; with a caption it is a figure of its own."""
    pairs = "".join(f' {key}="{escaped(value)}"' for key, value in attributes.items() if value)
    image = f'<img src="{escaped(source)}" alt="{escaped(alt)}"{pairs}>'
    if not caption:
        return image
    return f"<figure>\n\n{image}\n\n<figcaption>\n\n{caption}\n\n</figcaption>\n\n</figure>"


def fence(text: str, info: str) -> str:
    """A listing. The fence is longer than any in the text."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks}{info}\n{text.strip(chr(10))}\n{ticks}"

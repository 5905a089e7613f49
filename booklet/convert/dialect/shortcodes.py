"""Hugo's shortcodes: `{{< name … >}}` and `{{% name … %}}`, alone, paired, or escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

ESCAPED = re.compile(r"\{\{([<%])/\*(.*?)\*/([>%])\}\}", re.S)
TAG = re.compile(
    r"\{\{(?P<kind>[<%])(?!/\*)\s*(?P<close>/)?\s*(?P<name>[\w./-]+)(?P<args>(?:\s+|\"[^\"]*\"|`[^`]*`|[^\"`])*?)\s*(?P<self>/)?\s*(?:[>%])\}\}",
    re.S,
)
ARGUMENT = re.compile(
    r"(?:(?P<key>[\w-]+)\s*=\s*)?(?:\"(?P<quoted>(?:\\.|[^\"\\])*)\"|`(?P<raw>[^`]*)`|(?P<bare>[^\s\"`=]+))"
)


@dataclass(frozen=True, slots=True)
class Shortcode:
    """One tag. `close` is true for `{{< /name >}}`."""

    name: str
    close: bool
    positional: tuple[str, ...]
    named: tuple[tuple[str, str], ...]
    start: int
    end: int

    def argument(self, place: int = 0, key: str = "") -> str | None:
        """A parameter by place or by name."""
        return dict(self.named).get(key) if key else (self.positional[place : place + 1] or (None,))[0]


def tags(text: str, start: int, end: int) -> Iterator[Shortcode]:
    """The shortcode tags of a stretch of text, in order."""
    for match in TAG.finditer(text, start, end):
        positional, named = _arguments(match["args"])
        yield Shortcode(match["name"], bool(match["close"]), positional, named, match.start(), match.end())


def _arguments(text: str) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    positional: list[str] = []
    named: list[tuple[str, str]] = []
    for match in ARGUMENT.finditer(text):
        value = next((match[kind] for kind in ("quoted", "raw", "bare") if match[kind] is not None), "")
        if match["key"]:
            named.append((match["key"], value))
        else:
            positional.append(value)
    return tuple(positional), tuple(named)

"""From a row of tags to calls that hold what stands between their tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from booklet.shortcodes.scan import Escaped, Found, Malformed, Tag


@dataclass(slots=True)
class Pair:
    """A call: its opening tag, and its closing one with what stands between; a call alone has neither."""

    tag: Tag
    close: Tag | None = None
    parts: list[Part] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.tag.start

    @property
    def end(self) -> int:
        return self.close.end if self.close else self.tag.end


Part = Pair | Tag | Escaped | Malformed
"""A lone `Tag` is a closing one that nothing opens."""


def pair(found: Iterable[Found]) -> list[Part]:
    """Calls in order. A closing tag belongs to the nearest open one of its name; what stays open stands alone."""
    whole: list[Part] = []
    opened: list[Pair] = []
    waiting: Counter[str] = Counter()
    for item in found:
        level = opened[-1].parts if opened else whole
        if not isinstance(item, Tag) or item.alone or (item.close and not waiting[item.name]):
            level.append(Pair(item) if isinstance(item, Tag) and not item.close else item)
        elif item.close:
            while opened[-1].tag.name != item.name:
                _release(opened, whole, waiting)
            last = opened.pop()
            last.close = item
            waiting[item.name] -= 1
        else:
            call = Pair(item)
            level.append(call)
            opened.append(call)
            waiting[item.name] += 1
    while opened:
        _release(opened, whole, waiting)
    return whole


def _release(opened: list[Pair], whole: list[Part], waiting: Counter[str]) -> None:
    """The innermost open tag stands alone: what came after it belongs to the level that it is on."""
    last = opened.pop()
    waiting[last.tag.name] -= 1
    (opened[-1].parts if opened else whole).extend(last.parts)
    last.parts = []

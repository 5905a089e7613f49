"""Titles of a series: `📝 LLM面试题-基础篇（2）` is the series LLM面试题, the stem 基础篇, the ordinal 2."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
THIRDS = {"上": 1, "中": 2, "下": 3}
NUMBER = r"(?P<n>\d+|[〇零一二三四五六七八九十百两]+)"
ORDINALS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"[（(]\s*{NUMBER}\s*[)）]\s*$",
        rf"第\s*{NUMBER}\s*[篇章部讲节回课期弹集]\s*$",
        rf"\b(?:part|chapter|vol\.?|volume|episode|no\.?)\s*{NUMBER}\s*$",
        rf"#\s*{NUMBER}\s*$",
        r"[（(]?\s*(?P<third>[上中下])\s*篇?\s*[)）]?\s*$",
        rf"(?<=[^\d.])\s*{NUMBER}\.?\s*$",
    )
)
LEADING = re.compile(
    rf"^(?:{NUMBER}[.、．](?!\d)\s*|第\s*(?P<m>\d+|[〇零一二三四五六七八九十百两]+)\s*[篇章部讲节]\s*[：:\s-]*)"
)
SEPARATOR = re.compile(r"\s*(?:[：|·｜]|——|—|–|(?<=\s)-(?=\s)|-|:(?=\s|[^\d/]))\s*")
FRAMES = re.compile(r"^[【\[「『《〖]([^】\]」』》〗]*)[】\]」』》〗]\s*")


@dataclass(frozen=True, slots=True)
class Title:
    """A title taken apart. `series` is empty where neither a separator nor an ordinal stands."""

    series: str
    stem: str
    ordinal: int | None


def parse(text: str) -> Title:
    """Decoration off, ordinal off the end (or the front), then series and stem at the first separator."""
    bare = undecorated(text)
    rest, ordinal = _ordinal(bare)
    series, stem = _split(rest)
    if ordinal is None:
        stem, ordinal = _leading(stem)
    if ordinal is not None and not series:
        series = stem
    return Title(series, stem, ordinal)


def undecorated(text: str) -> str:
    """Without emoji, and with brackets around a beginning opened: `【面试】基础` → `面试-基础`."""
    words = "".join(
        c for c in text if unicodedata.category(c) not in ("So", "Sk", "Cf", "Mn") and c not in "\ufe0f\u200d"
    )
    words = FRAMES.sub(lambda match: f"{match[1]}-", words.strip())
    return re.sub(r"\s+", " ", words).strip(" -—|:：·")


def _ordinal(text: str) -> tuple[str, int | None]:
    for pattern in ORDINALS:
        match = pattern.search(text)
        if match and match.start() > 0:
            found = match.groupdict()
            value = THIRDS[found["third"]] if found.get("third") else number(found["n"])
            if value is not None and value < 1000:
                return text[: match.start()].rstrip(" -—|:：·"), value
    return text, None


def _leading(stem: str) -> tuple[str, int | None]:
    match = LEADING.match(stem)
    if not match or match.end() == len(stem):
        return stem, None
    return stem[match.end() :], number(match["n"] or match["m"])


def _split(text: str) -> tuple[str, str]:
    parts = SEPARATOR.split(text, maxsplit=1)
    return (parts[0].strip(), parts[1].strip()) if len(parts) == 2 and all(parts) else ("", text)


def number(text: str) -> int | None:
    """Arabic or Chinese digits below a thousand: 12, 十二, 二十, 一百零五."""
    if text.isdigit():
        return int(text)
    total, digit = 0, 0
    for c in text:
        if c in DIGITS:
            digit = DIGITS[c]
        else:
            total += (digit or 1) * {"十": 10, "百": 100}[c]
            digit = 0
    return total + digit

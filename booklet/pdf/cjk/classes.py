"""What a character is to the compositor (CLREQ 3.1.2, 3.1.6; JLREQ 3.9)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

CLOSING = "，。、；：！？）》〉」』】〕〗］｝”’"
"""Their right half is empty where they are as wide as a Han character."""
OPENING = "（《〈「『【〔〖［｛“‘"
"""Their left half is empty."""
CENTRED = {"zh-Hant": "，。、；：！？", "ja": "：；！？"}
"""Marks whose ink stands in the middle of the em in these languages: nothing of them is empty (CLREQ 3.1.1)."""
SPACES = " \u00a0"
JOINERS = "\u2060\u200b\u200c\u200d\ufeff\u00ad\ufe0e\ufe0f"
"""They have no width: what stands before them and what stands after are neighbours."""
RIGID = "·～–—…/⋯・"
"""Nothing is put between these and their neighbours, nor inside `——` and `……` (CLREQ 3.1.3)."""
HAN = re.compile(
    "[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3041-\u30fa\u30fc-\u30ff\u3105-\u312f\u31a0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U00020000-\U000323af]"
)
"""Ideographs, kana, bopomofo, full-width letters: what stands in the square."""
PAIR = re.compile(f"[{CLOSING}](?=[\u200b\u2060]*[{CLOSING}{OPENING}])|(?<=[{OPENING}])[{OPENING}]")
"""The mark of two adjacent ones that is set half as wide, so that both take one and a half em (CLREQ 3.1.6.1)."""
Class = Literal["han", "open", "close", "space", "joiner", "rigid", "other"]


@lru_cache(maxsize=8192)
def class_of(character: str) -> Class:
    """The class of one character."""
    if HAN.match(character):
        return "han"
    if character in CLOSING:
        return "close"
    if character in OPENING:
        return "open"
    if character in SPACES:
        return "space"
    if character in JOINERS:
        return "joiner"
    return "rigid" if character in RIGID else "other"


@lru_cache(maxsize=64)
def script(language: str | None) -> str | None:
    """zh-Hans, zh-Hant or ja for languages that are set in squares; None for all others, Korean among them."""
    parts = (language or "").replace("_", "-").lower().split("-")
    if parts[0] == "ja":
        return "ja"
    if parts[0] not in ("zh", "cmn", "yue", "lzh"):
        return None
    return "zh-Hant" if {"hant", "tw", "hk", "mo"} & set(parts[1:]) else "zh-Hans"


def ends_empty(character: str, language: str) -> bool:
    """Is the right half of this mark empty, so that it may stand beyond the measure?"""
    return character in CLOSING and character not in CENTRED.get(language, "")


def starts_empty(character: str) -> bool:
    """Is the left half of this mark empty?"""
    return character in OPENING

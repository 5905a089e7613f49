"""What authors write for how hard a question is, and for how many points an answer is worth."""

from __future__ import annotations

import re
from collections.abc import Mapping

LEVELS: Mapping[int, str] = {
    1: "入门 初级 基础 简单 容易 易 低 新手 easy beginner basic junior entry",
    2: "较易 偏易 较简单 偏简单 较低 中下 中低 中等偏下 中等偏易",
    3: "中 中级 中等 进阶 一般 适中 普通 中等难度 medium intermediate moderate middle normal",
    4: "较难 偏难 较高 中上 中高 中等偏上 中等偏难",
    5: "难 困难 高级 高 深入 很难 极难 专家 hard difficult advanced expert senior",
}
WORDS = {word: level for level, words in LEVELS.items() for word in words.split()}
FULL, EMPTY = "★⭐🌟■●◆", "☆□○◇✩"
STARS = re.compile(f"[{FULL}{EMPTY}]+")
NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s*(?:[/／]\s*(\d+))?\s*(?:颗?星|级|stars?)?", re.I)
LIGHTS = re.compile("[\ufe0f\u200b🟢🟡🟠🔴🟣⚪🔵]")
BETWEEN = re.compile(r"[\s/／、~～–—-]+|到|至")
AROUND = " \t（）()[]【】,，。.；;"
TOP = 5

FIGURE = r"\d+(?:\.\d+)?"
UNIT = r"\s*(?:分(?![钟类之布层批块组词支母子析割片辨配别享解])|points?\b|pts?\b|marks?\b)"
RANGE = re.compile(rf"(?P<low>{FIGURE})\s*分?\s*(?:[-–—－~～〜]|至|到|to)\s*(?P<high>{FIGURE}){UNIT}", re.I)
LEAST = re.compile(rf"(?:[≥>]=?\s*(?P<a>{FIGURE}){UNIT}|(?P<b>{FIGURE}){UNIT}\s*(?:及?以上|or more|and above))", re.I)
MOST = re.compile(rf"(?:[≤<]=?\s*(?P<a>{FIGURE}){UNIT}|(?P<b>{FIGURE}){UNIT}\s*(?:及?以下|or less|and below))", re.I)
WORTH = re.compile(rf"(?:[得给计加占]\s*)?(?P<low>[+＋]?{FIGURE}){UNIT}", re.I)
OPEN, CLOSE = "（([【", "）)]】"
TOTAL = re.compile(r"^\W*(?:总分|满分|共|合计|总计|total|out of)", re.I)
Points = tuple[float | None, float | None]
"""The least and the most that such an answer is worth; None where the author sets no bound."""


def difficulty(text: str) -> int | None:
    """1 (easy) to 5 from `★★★☆☆`, `⭐⭐`, `3/5`, `中等`, `Basic ★★☆☆☆`, `中等/困难`; None for anything else."""
    bare = LIGHTS.sub("", text).strip(AROUND)
    stars = STARS.findall(bare)
    if len(stars) == 1:
        rest = STARS.sub(" ", bare).strip(AROUND)
        return _stars(stars[0]) if not rest or _words(rest) else None
    if number := NUMBER.fullmatch(bare):
        return _scaled(float(number[1]), int(number[2] or TOP))
    return _words(bare)


def _stars(run: str) -> int | None:
    """Of five, unless empty ones say of how many."""
    return _scaled(sum(mark in FULL for mark in run), len(run) if any(mark in EMPTY for mark in run) else TOP)


def _scaled(value: float, top: int) -> int | None:
    """`value` of `top`, 1 being the easiest; a scale of three is 1, 3, 5."""
    if not 1 <= value <= top or top < 2:
        return None
    return round(1 + (value - 1) * (TOP - 1) / (top - 1) + 1e-9)


def _words(text: str) -> int | None:
    """One word, or two and what lies between."""
    known = WORDS.get(text.casefold())
    if known:
        return known
    found = [WORDS.get(word.casefold().strip(AROUND)) for word in BETWEEN.split(text) if word]
    levels = [level for level in found if level]
    return round(sum(levels) / len(levels) + 1e-9) if levels and len(levels) == len(found) == 2 else None


def points(text: str) -> tuple[Points, int, int] | None:
    """The points that a criterion names, and from where to where the text names them, their brackets included.

    A range counts wherever it stands (`优秀（8-10分）：…`), a single value only at either end or in brackets,
    and never the sum of all (`满分 10 分`).
    """
    for pattern, bounds in ((RANGE, _range), (LEAST, _least), (MOST, _most)):
        if found := pattern.search(text):
            return bounds(found), *_bracketed(text, *found.span())
    if TOTAL.match(text):
        return None
    for found in WORTH.finditer(text):
        start, end = _bracketed(text, *found.span())
        if end > found.end() or not text[:start].strip() or not text[end:].strip("。.；; "):
            value = _number(found["low"].lstrip("+＋"))
            return (value, value), start, end
    return None


def _range(found: re.Match[str]) -> Points:
    low, high = sorted((_number(found["low"]), _number(found["high"])))
    return low, high


def _least(found: re.Match[str]) -> Points:
    return _number(found["a"] or found["b"]), None


def _most(found: re.Match[str]) -> Points:
    return None, _number(found["a"] or found["b"])


def _number(text: str) -> float:
    return float(text) if "." in text else int(text)


def _bracketed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with the brackets round it, if it has some, and the space before them."""
    left, right = text[:start].rstrip(), text[end:]
    if left and left[-1] in OPEN and right.lstrip()[:1] and right.lstrip()[0] in CLOSE:
        return len(left[:-1].rstrip()), len(text) - len(right.lstrip()) + 1
    return start, end

"""Outlines of glyphs as PDF path operators."""

from __future__ import annotations

import re
from functools import lru_cache

COMMAND = re.compile(r"([MLHVQTCSZ])|(-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?)", re.I)
SIZES = {"M": 2, "L": 2, "H": 1, "V": 1, "Q": 4, "T": 2, "C": 6, "S": 4, "Z": 0}
Point = tuple[float, float]


def number(value: float) -> str:
    """A number as PDF writes it, no longer than it must be."""
    return f"{value:.3f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


@lru_cache(maxsize=4096)
def operators(path: str) -> str:
    """An SVG path in absolute commands (SVG 1.1 §8.3) → `m`, `l`, `c`, `h` (PDF 32000-1 §8.5.2), not yet painted."""
    result: list[str] = []
    here: Point = (0, 0)
    start: Point = (0, 0)
    control: Point | None = None
    for command, n in _segments(path):
        if command == "M":
            here = start = (n[0], n[1])
            result.append(_join(here, "m"))
        elif command == "Z":
            result.append("h")
            here = start
        elif command in "LHV":
            here = {"L": (n[0], n[-1]), "H": (n[0], here[1]), "V": (here[0], n[0])}[command]
            result.append(_join(here, "l"))
        else:
            curve, control, here = _curve(command, n, here, control)
            result.append(curve)
            continue
        control = None
    return " ".join(result)


def _segments(path: str) -> list[tuple[str, list[float]]]:
    """Commands with their numbers; a command may be left out where it repeats, M then means L."""
    segments: list[tuple[str, list[float]]] = []
    command, numbers = "", list[float]()
    for letter, digits in COMMAND.findall(path):
        if letter:
            if letter.islower() and letter != "z":
                raise ValueError(f"relative path command {letter}")
            command, numbers = letter.upper(), []
            if command == "Z":
                segments.append(("Z", []))
            continue
        numbers.append(float(digits))
        if len(numbers) == SIZES[command]:
            segments.append((command, numbers))
            command, numbers = ("L" if command == "M" else command), []
    return segments


def _curve(command: str, n: list[float], here: Point, control: Point | None) -> tuple[str, Point, Point]:
    """A quadratic or cubic curve as cubic operator, its last control point, its end."""
    mirrored = (2 * here[0] - control[0], 2 * here[1] - control[1]) if control else here
    end: Point = (n[-2], n[-1])
    if command in "QT":
        q = (n[0], n[1]) if command == "Q" else mirrored
        first = (here[0] + 2 / 3 * (q[0] - here[0]), here[1] + 2 / 3 * (q[1] - here[1]))
        second = (end[0] + 2 / 3 * (q[0] - end[0]), end[1] + 2 / 3 * (q[1] - end[1]))
        return _join(first, _join(second, _join(end, "c"))), q, end
    first = (n[0], n[1]) if command == "C" else mirrored
    second = (n[-4], n[-3])
    return _join(first, _join(second, _join(end, "c"))), second, end


def _join(point: Point, rest: str) -> str:
    return f"{number(point[0])} {number(point[1])} {rest}"


@lru_cache(maxsize=4096)
def box(path: str) -> tuple[float, float, float, float]:
    """A square that holds the whole path, control points and all."""
    values = [value for _, numbers in _segments(path) for value in numbers]
    return (min(values) - 1, min(values) - 1, max(values) + 1, max(values) + 1)

"""What is wrong with a formula, in words; and what is silently wrong with one that parses."""

from __future__ import annotations

import re
from typing import Any

CIRCLED = re.compile(r"\\textcircled\s*(?:\{\s*(\d\d?)\s*\}|(\d))")
COMMENT = re.compile(r"(?<!\\)%(?=[^\n]*\S)")
GLUED = re.compile(
    r"(?<!\\)\\\\(?P<word>alpha|beta|log|frac|sum|text|mathbf|tilde|hat|theta|lambda|sigma|mu|exp|cdot)\b"
)
NAMED = re.compile(r"\\[A-Za-z]+|\\.|[{}]")


def prepared(tex: str) -> str:
    """TeX with what MathJax lacks rewritten: `\\textcircled{3}` as ③."""
    return CIRCLED.sub(lambda match: rf"\text{{{chr(0x245F + int(match[1] or match[2]))}}}", tex)


def faults(tex: str) -> tuple[str, ...]:
    """Warnings about a formula that renders."""
    found = []
    if COMMENT.search(tex):
        found.append("a % without a backslash hides the rest of its line; write \\%")
    if match := GLUED.search(tex):
        found.append(f"\\\\{match['word']} is a line end and the letters “{match['word']}”; write \\{match['word']}")
    return tuple(found)


def message(tex: str, answer: dict[str, Any]) -> str:
    """MathJax's sentence, the TeX on a line, and a caret under the command that it names."""
    sentence = f"the formula does not parse: {answer['error']}"
    flat = " ".join(tex.split())
    place = _culprit(flat, answer)
    if place is None:
        return f"{sentence}\n    {flat[:72]}"
    start = max(0, place - 40)
    return f"{sentence}\n    {flat[start : start + 72]}\n    {' ' * (place - start)}^"


def _culprit(tex: str, answer: dict[str, Any]) -> int | None:
    """Where the first command stands that the message names."""
    for name in NAMED.findall(str(answer["error"])):
        if len(name) > 1 and (match := re.search(re.escape(name) + r"(?![A-Za-z])", tex)):
            return match.start()
    position = answer.get("position")
    return position if isinstance(position, int) and 0 <= position < len(tex) else None

"""What is wrong with a formula, in words; and what is silently wrong with one that parses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

CIRCLED = re.compile(r"\\textcircled\s*(?:\{\s*(\d\d?)\s*\}|(\d))")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What no XML holds."""
URL = re.compile(r"\\url\s*\{([^{}]*)\}")
SPECIAL, ESCAPED = re.compile(r"([#$%&_])"), r"\\\1"
COMMENT = re.compile(r"(?<!\\)(?:\\\\)*%(?=[^\n]*\S)")
NAMED = re.compile(r"\\[A-Za-z]+|\\.|[{}]")
BRACE = re.compile(r"\\.|[{}]", re.S)
COLOUR = re.compile(r'math(?:color|background)="([^"]*)"')
SHOWN = 72
BEFORE = 40
"""Characters: of the line that shows the TeX, and of it before the caret."""


def legible(tex: str) -> str:
    """TeX without what no XML holds, on one line."""
    return " ".join(CONTROL.sub("", tex).split())


def prepared(tex: str) -> str:
    """TeX with what MathJax lacks rewritten: `\\textcircled{3}` as ③, `\\url{…}` as its characters."""
    circled = CIRCLED.sub(lambda match: rf"\text{{{chr(0x245F + int(match[1] or match[2]))}}}", CONTROL.sub("", tex))
    return URL.sub(lambda match: rf"\texttt{{{SPECIAL.sub(ESCAPED, match[1])}}}", circled)


def faults(tex: str, glued: Sequence[str], mathml: str) -> tuple[str, ...]:
    """Warnings about a formula that renders. `glued`: the commands whose backslash is doubled."""
    found = []
    if match := COMMENT.search(tex):
        found.append(pointed("a % without a backslash hides the rest of its line; write \\%", tex, match.end() - 1))
    for word in glued:
        sentence = f"\\\\{word} is a line end and the letters “{word}”; write \\{word}"
        found.append(pointed(sentence, tex, tex.find(f"\\\\{word}")))
    found += [
        pointed(f"the colour {colour!r} is not known; it is set in black", tex, tex.find(colour))
        for colour in dict.fromkeys(COLOUR.findall(mathml))
        if not known_colour(colour)
    ]
    return tuple(found)


def known_colour(colour: str) -> bool:
    """Is it a name or a triple of CSS?"""
    from PIL import ImageColor

    try:
        ImageColor.getrgb(colour)
    except ValueError:
        return colour in ("transparent", "currentColor", "currentcolor")
    return True


def unresolved(label: str) -> str:
    """The warning for a reference to nothing."""
    return f"no formula of this post has the label {label!r}; the reference shows ???"


def duplicate(label: str) -> str:
    """The warning for a second formula of the same label."""
    return f"the label {label!r} is given twice; references lead to the first formula"


def message(tex: str, answer: dict[str, Any]) -> str:
    """MathJax's sentence, the TeX on a line, and a caret under the command that it names."""
    if answer.get("limit"):
        return pointed(str(answer["error"]), tex, None)
    return pointed(f"the formula does not parse: {answer['error']}", tex, _culprit(tex, answer))


def pointed(sentence: str, tex: str, place: int | None) -> str:
    """A sentence, the TeX on a line, and a caret under a place of it."""
    flat = " ".join(tex.split())
    if place is None or place < 0:
        return f"{sentence}\n    {flat[:SHOWN]}"
    flat_place = len(" ".join(tex[: place + 1].split())) - 1
    start = max(0, flat_place - BEFORE)
    return f"{sentence}\n    {flat[start : start + SHOWN]}\n    {' ' * (flat_place - start)}^"


def _culprit(tex: str, answer: dict[str, Any]) -> int | None:
    """Where the first command stands that the message names."""
    for name in NAMED.findall(str(answer["error"])):
        if len(name) > 1 and (match := re.search(re.escape(name) + r"(?![A-Za-z])", tex)):
            return match.start()
    if "close brace" in str(answer["error"]):
        return _open_brace(tex)
    position = answer.get("position")
    return min(position, len(tex) - 1) if isinstance(position, int) and position >= 0 and tex else None


def _open_brace(tex: str) -> int | None:
    """Where the last brace stands that nothing closes."""
    waiting: list[int] = []
    for match in BRACE.finditer(tex):
        if match[0] == "{":
            waiting.append(match.start())
        elif match[0] == "}" and waiting:
            waiting.pop()
    return waiting[-1] if waiting else None

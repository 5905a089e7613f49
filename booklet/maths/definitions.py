"""The names that a formula needs defined where it stands alone, in a MathJax that knows nothing of the book."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from booklet.maths.macros import PRELUDE

COMMAND = re.compile(r"\\([A-Za-z]+)")
NEW = re.compile(
    r"\\(?:(?:re|provide)?newcommand|renewcommand|DeclareMathOperator)\*?\s*\{?\s*\\(?P<new>[A-Za-z]+)\s*\}?\s*"
    r"(?:\[\d\]\s*)?(?:\[[^\]]*\]\s*)?(?=\{)|\\[gx]?def\s*\\(?P<def>[A-Za-z]+)[^{}\\]*(?=\{)"
)
DEFINES = re.compile("newcommand|def|DeclareMathOperator")


def needed(tex: str, before: Iterable[str], macros: Mapping[str, str]) -> str:
    """The definitions that `tex` uses, in front of which they are to stand; empty for most formulas.

    `before`: the formulas that stand earlier in the chapter; `macros`: those of the book.  The last definition of a
    name holds, as it does in the book.
    """
    known = dict(BUILT_IN)
    known |= {name.lstrip("\\"): _definition(name.lstrip("\\"), value) for name, value in macros.items()}
    for earlier in filter(DEFINES.search, before):
        known |= dict(_defined(earlier))
    own = dict(_defined(tex))
    used: dict[str, str] = {}
    _collect(tex, {name: text for name, text in known.items() if name not in own}, used)
    return "".join(used.values())


def _collect(tex: str, known: Mapping[str, str], used: dict[str, str]) -> None:
    """What a definition uses itself is defined before it."""
    for name in COMMAND.findall(tex):
        if name in known and name not in used:
            body = known[name].removeprefix(f"\\def\\{name}")
            _collect(body, {key: text for key, text in known.items() if key != name}, used)
            used.setdefault(name, known[name])


def _definition(name: str, value: str | list[str | int]) -> str:
    body = str(value if isinstance(value, str) else value[0])
    arguments = "".join(f"#{n}" for n in range(1, 10) if f"#{n}" in body)
    if not isinstance(value, str):
        arguments = "".join(f"#{n}" for n in range(1, int(value[1]) + 1))
    return f"\\def\\{name}{arguments}{{{body}}}"


def _defined(tex: str) -> Iterator[tuple[str, str]]:
    """The names that a formula defines, each with its definition as it was written."""
    for found in NEW.finditer(tex):
        end, depth = found.end(), 0
        while end < len(tex):
            depth += (tex[end] == "{") - (tex[end] == "}")
            end += 2 if tex[end] == "\\" else 1
            if depth == 0:
                yield found["new"] or found["def"], tex[found.start() : end]
                break


BUILT_IN = {name: _definition(name, value) for name, value in PRELUDE.items()}
"""What KaTeX knows and MathJax does not."""

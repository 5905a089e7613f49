"""Formulas of a chapter, in order → their renderings."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any, Protocol

from booklet.maths import drawing, engine, lint, mathml

ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
STATEFUL = re.compile(
    r"\\(?:(?:re|provide)?newcommand|renewcommand|newenvironment|[gex]?def|let|DeclareMathOperator|label|ref|eqref|tag)\b"
    r"|\\begin\{(?:equation|align|gather|multline|flalign|alignat|eqnarray)\}"
)
FORMAT = "maths/3"


class Cache(Protocol):
    """The part of `booklet.cache.Cache` that is needed here."""

    def remember(self, kind: str, inputs: Sequence[bytes | str], make: Callable[[], bytes]) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Request:
    """A formula. `readings`: the ways to read its backslashes; the first that renders wins."""

    readings: tuple[str, ...]
    display: bool


@dataclass(frozen=True, slots=True)
class Options:
    """`macros` of the book, as `[maths] macros` has them: name → TeX."""

    macros: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A formula's renderings; without them `error` says why, in one sentence and the TeX with a caret under it."""

    tex: str
    mathml: str | None = None
    drawing: Any = None
    error: str | None = None
    warnings: tuple[str, ...] = ()


def goldmark(tex: str) -> str:
    """What Goldmark leaves of TeX: a backslash before ASCII punctuation goes (CommonMark 2.4)."""
    return ESCAPED.sub(r"\1", tex)


def render(requests: Sequence[Request], options: Options | None = None, cache: Cache | None = None) -> list[Rendered]:
    """All formulas of one chapter. Macros, numbers and labels hold from one to the next, and end with the chapter."""
    asked = options or Options()
    if _stateful(requests):
        return _remembered(requests, asked, cache)
    known: dict[Request, Rendered] = {}
    for request in dict.fromkeys(requests):
        known[request] = _remembered([request], asked, cache)[0]
    return [known[request] for request in requests]


def _stateful(requests: Sequence[Request]) -> bool:
    """Does one of them leave something behind: a macro, a label, a number?"""
    return any(STATEFUL.search(reading) for request in requests for reading in request.readings)


def _remembered(requests: Sequence[Request], options: Options, cache: Cache | None) -> list[Rendered]:
    """Formulas that depend on nothing else."""

    def make() -> bytes:
        return json.dumps([asdict(item) for item in _render(requests, options)], ensure_ascii=False).encode()

    inputs = [
        engine.version(),
        json.dumps(dict(options.macros), sort_keys=True),
        json.dumps([asdict(r) for r in requests]),
    ]
    data = cache.remember(FORMAT, inputs, make) if cache else make()
    return [Rendered(**{**item, "warnings": tuple(item["warnings"])}) for item in json.loads(data)]


@lru_cache(maxsize=1)
def _engine(macros: str) -> engine.Engine:
    """The engine for a set of macros: it takes 0.2 s to start, so the last one is kept."""
    return engine.Engine(
        {"macros": json.loads(macros), "katexMacros": {f"\\{k}": v for k, v in json.loads(macros).items()}}
    )


def _render(requests: Sequence[Request], options: Options) -> list[Rendered]:
    from booklet.maths.macros import PRELUDE

    names = {**PRELUDE, **{name.lstrip("\\"): tex for name, tex in options.macros.items()}}
    running = _engine(json.dumps(names, sort_keys=True))
    rendered = [_one(request, running) for request in requests]
    if _stateful(requests):
        running.reset()
    return rendered


def _one(request: Request, running: engine.Engine) -> Rendered:
    first: dict[str, Any] | None = None
    for tex in request.readings:
        [answer] = running.render([(lint.prepared(tex), request.display)])
        if "error" not in answer:
            drawn = drawing.parse(answer["svg"])
            return Rendered(tex, mathml.clean(answer["mathml"], tex, request.display), drawn, None, lint.faults(tex))
        first = first or answer
    assert first is not None
    return Rendered(request.readings[0], error=lint.message(request.readings[0], first))

"""Formulas of a chapter, in order → their renderings."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from typing import Any, Protocol

from booklet.maths import engine, lint, mathml
from booklet.maths.drawing import drawing

ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
NUMBERED = re.compile(r"\\begin\s*\{(?:equation|align|gather|multline|flalign|alignat|eqnarray)\}")
REFERRING = re.compile(r"\\(?:eq)?ref\s*\{([^{}]*)\}")
LABELLED = re.compile(r"\\label\s*\{([^{}]*)\}")
ARGUMENT = re.compile(r"#(\d)")
FORMAT, FOLDS = "maths/5", "folds/1"


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
    """`macros` of the book, as `[maths] macros` has them: name → TeX, `#1` to `#9` its arguments."""

    macros: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A formula's renderings; without them `error` says why, in one sentence and the TeX with a caret under it."""

    tex: str
    mathml: str | None = None
    drawing: Any = None
    error: str | None = None
    warnings: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    """What it is called and what its equation number says: (("eq:loss", "2"),)."""
    numbers: int = 0
    """How many equation numbers it takes."""
    unresolved: tuple[str, ...] = ()
    """Labels that it refers to and that nothing has."""
    recipe: Any = None
    """How it was rendered, for `fold`."""


@dataclass(frozen=True, slots=True)
class _Context:
    """What a formula can know of those before it, as far as it can matter to it; a part of its cache key."""

    macros: tuple[str, ...] = ()
    """The formulas before it that define something."""
    number: int = 0
    labels: tuple[tuple[str, str], ...] = ()
    """Those that it refers to, and their numbers."""
    again: bool = False
    """Is this the second time, for the sake of numbers that come later?"""


def goldmark(tex: str) -> str:
    """What Goldmark leaves of TeX: a backslash before ASCII punctuation goes (CommonMark 2.4)."""
    return ESCAPED.sub(r"\1", tex)


def render(requests: Sequence[Request], options: Options | None = None, cache: Cache | None = None) -> list[Rendered]:
    """All formulas of one chapter. Macros, numbers and labels hold from one to the next, and end with the chapter."""
    asked = options or Options()
    known: dict[tuple[Request, _Context], Rendered] = {}
    macros: tuple[str, ...] = ()
    labels: dict[str, str] = {}
    number = 0
    results: list[Rendered] = []
    contexts: list[_Context] = []
    for request in requests:
        tex = " ".join(request.readings)
        context = _Context(macros, number if NUMBERED.search(tex) else 0, _labels(tex, labels))
        result = _known(request, context, asked, cache, known)
        results.append(result)
        contexts.append(context)
        number += result.numbers
        results[-1], labels = _claimed(result, labels)
        if result.error is None and engine.DEFINING.search(result.tex):
            macros = (*macros, lint.prepared(result.tex))
    return [
        _referred(request, context, result, labels, asked, cache)
        for request, context, result in zip(requests, contexts, results, strict=True)
    ]


def _labels(tex: str, known: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The labels that a formula refers to, without its own."""
    named = sorted({*REFERRING.findall(tex)} - {*LABELLED.findall(tex)})
    return tuple((name, known[name]) for name in named if name in known)


def _claimed(result: Rendered, labels: Mapping[str, str]) -> tuple[Rendered, dict[str, str]]:
    """A label belongs to the first formula that has it."""
    twice = tuple(lint.duplicate(name) for name, _ in result.labels if name in labels)
    return replace(result, warnings=(*result.warnings, *twice)), {**dict(result.labels), **labels}


def _referred(
    request: Request,
    context: _Context,
    result: Rendered,
    labels: Mapping[str, str],
    options: Options,
    cache: Cache | None,
) -> Rendered:
    """A formula that refers to later ones, once their numbers are known; what is nowhere is a warning."""
    lost = tuple(lint.unresolved(name) for name in result.unresolved if name not in labels)
    if any(name in labels for name in result.unresolved):
        found = tuple((name, labels[name]) for name in REFERRING.findall(result.tex) if name in labels)
        informed = replace(context, labels=tuple(sorted(set(found))), again=True)
        again = _remembered(request, informed, options, cache)
        result = replace(result, mathml=again.mathml, drawing=again.drawing, recipe=again.recipe)
    return replace(result, warnings=(*result.warnings, *lost))


def _known(
    request: Request,
    context: _Context,
    options: Options,
    cache: Cache | None,
    known: dict[tuple[Request, _Context], Rendered],
) -> Rendered:
    """A formula's rendering: equal formulas in equal circumstances are rendered once."""
    if (request, context) not in known:
        known[request, context] = _remembered(request, context, options, cache)
    return known[request, context]


def _inputs(request: Request, context: _Context, options: Options) -> list[str]:
    """Everything that a rendering depends on."""
    return [engine.version(), json.dumps([dict(options.macros), asdict(request), asdict(context)], sort_keys=True)]


def _remembered(request: Request, context: _Context, options: Options, cache: Cache | None) -> Rendered:
    def make() -> bytes:
        return json.dumps(asdict(_render(request, context, options)), ensure_ascii=False).encode()

    if cache is None:
        return _render(request, context, options)
    found = json.loads(cache.remember(FORMAT, _inputs(request, context, options), make))
    found["labels"] = tuple((name, tag) for name, tag in found["labels"])
    found |= {name: tuple(found[name]) for name in ("warnings", "unresolved")}
    return Rendered(**found)


@lru_cache(maxsize=1)
def _engine(macros: str) -> engine.Engine:
    """The engine for a book's macros: it takes 0.2 s to start, so the last one is kept."""
    from booklet.maths.macros import PRELUDE

    own: dict[str, str] = {name.lstrip("\\"): tex for name, tex in json.loads(macros).items()}
    arguments = {name: max((int(n) for n in ARGUMENT.findall(tex)), default=0) for name, tex in own.items()}
    for_mathjax = {name: [tex, arguments[name]] if arguments[name] else tex for name, tex in own.items()}
    for_katex = {f"\\{name}": tex for name, tex in own.items()}
    return engine.Engine({"macros": {**PRELUDE, **for_mathjax}, "katexMacros": for_katex})


def fold(recipe: Any, em: float, options: Options | None = None, cache: Cache | None = None) -> Any:
    """The drawing of a display formula, folded for a measure in em; it may still be wider. `recipe`: of `Rendered`."""
    asked = options or Options()

    def make() -> bytes:
        formula, macros = recipe
        answer = _running(asked).render({**formula, "em": em}, tuple(macros))
        return json.dumps(None if "error" in answer else drawing(answer["parts"])).encode()

    circumstances = json.dumps([dict(asked.macros), recipe, em], sort_keys=True)
    return json.loads(cache.remember(FOLDS, [engine.version(), circumstances], make) if cache else make())


def _running(options: Options) -> engine.Engine:
    return _engine(json.dumps(dict(options.macros), sort_keys=True))


def _render(request: Request, context: _Context, options: Options) -> Rendered:
    """The first reading that renders and has no doubled backslash before a command, else the first that renders."""
    running = _running(options)
    glued: Rendered | None = None
    failed: dict[str, Any] | None = None
    for tex in request.readings:
        known = {"number": context.number, "labels": dict(context.labels), "again": context.again}
        formula = {"tex": lint.prepared(tex), "display": request.display, **known}
        answer = running.render(formula, context.macros)
        done = _finished(tex, request.display, answer) if "error" not in answer else None
        if done and done.error is None:
            done = replace(done, recipe=[formula, list(context.macros)])
            if not answer["glued"]:
                return done
            glued = glued or done
            continue
        failed = failed or ({"error": done.error, "limit": True} if done else answer)
        if failed.get("limit"):
            break
    if glued is not None:
        return glued
    assert failed is not None
    return Rendered(request.readings[0], error=lint.message(request.readings[0], failed))


def _finished(tex: str, display: bool, answer: dict[str, Any]) -> Rendered:
    """Drawing and MathML of what the engine gave; an error where it is nested too deeply for an XML reader."""
    from lxml import etree

    try:
        drawn = drawing(answer["parts"])
        clean = mathml.clean(answer["mathml"], tex, display)
    except (etree.XMLSyntaxError, RecursionError):
        return Rendered(tex, error="the formula is nested too deeply to be drawn")
    return Rendered(
        tex,
        clean,
        drawn,
        None,
        lint.faults(tex, answer["glued"], answer["mathml"]),
        tuple(answer.get("labels", {}).items()),
        answer.get("numbers", 0),
        tuple(dict.fromkeys(REFERRING.findall(tex))) if answer.get("unresolved") else (),
    )

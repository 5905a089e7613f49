"""MathJax inside QuickJS, with limits: whatever an author writes, the run goes on."""

from __future__ import annotations

import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from booklet.diagnostics import failure

THREAD_STACK = 32 << 20
"""Bytes, whatever the platform gives a thread: half a MB on macOS, where a deep formula would crash the process."""
SCRIPT_STACK = 4 << 20
"""Bytes. Well below the thread's, so that JavaScript sees an error where the process would crash."""
SECONDS = 1.5
MEMORY = 128 << 20
LONGEST = 20_000
"""Characters. No formula that a person wrote is longer."""
DEFINING = re.compile(
    r"\\(?:(?:re|provide)?newcommand|renewcommand|newenvironment|[gex]?def|let|DeclareMathOperator)(?![A-Za-z])"
)
"""What leaves something behind for the formulas after it."""


@cache
def bundle() -> Path:
    """The folder of the maths bundle. BookletError `dependency/maths` (exit 5) when it is missing or incomplete."""
    folder = Path(str(files("booklet.maths"))) / "bundle"
    if not all((folder / name).exists() for name in ("maths.js", "stamp", "ranges")):
        hint = "in a checkout run `make`; an installed booklet is damaged: install it again"
        raise failure("dependency/maths", "the maths bundle (MathJax) is not there", hint=hint)
    return folder


@cache
def version() -> str:
    """The digest of everything that the bundle is made from, a part of cache keys."""
    return (bundle() / "stamp").read_text()


class Engine:
    """One MathJax. After a formula that ran into a limit the next one starts on a fresh engine (0.2 s)."""

    def __init__(self, options: dict[str, Any] | None = None) -> None:
        self._options = json.dumps(options or {})
        self._context: Any = None
        self._learned: tuple[str, ...] = ()
        self._outlines: list[str] = []
        usual = threading.stack_size(THREAD_STACK)
        try:  # the engine lives and dies in this one thread
            self._thread = ThreadPoolExecutor(1, "maths")
            self._thread.submit(self._boot).result()
        finally:
            threading.stack_size(usual)

    def render(self, formula: dict[str, Any], macros: tuple[str, ...] = ()) -> dict[str, Any]:
        """`tex` and `display`, and perhaps `number` and `labels` → `via`, `parts`, `mathml`, `labels`, … as
        `tools/maths/maths.js` gives them, or `error`: what is wrong in MathJax's words, with `limit` where a limit
        was met.  `macros`: the formulas before this one that define something.
        """
        return self._thread.submit(self._one, formula, macros).result()

    def accepted(self, tex: str, display: bool) -> bool:
        """Would KaTeX draw it by itself, without its error colour?"""
        request = json.dumps({"tex": tex, "display": display})
        return bool(self._thread.submit(lambda: self._context.eval("maths.accepted")(request)).result())

    def close(self) -> None:
        self._thread.submit(self._drop).result()
        self._thread.shutdown()

    def _drop(self) -> None:
        self._context = None

    def _boot(self) -> None:
        import quickjs  # the distribution quickjs-ng

        context = quickjs.Context()
        context.set_max_stack_size(SCRIPT_STACK)
        context.set_memory_limit(MEMORY)
        for script in sorted((bundle() / "ranges").glob("*.js")):  # text only: each runs when a formula needs it
            context.set(f"range:{script.stem}", script.read_text("utf-8"))
        context.eval((bundle() / "maths.js").read_text("utf-8"))
        context.eval("maths.start")(self._options)
        self._call = context.eval("maths.render")
        context.set_time_limit(SECONDS)  # of processor time, for each call
        self._context, self._learned, self._outlines = context, (), []

    def _learn(self, macros: tuple[str, ...]) -> None:
        """Macros of another post are forgotten (0.03 s), those of this one defined."""
        import quickjs

        if self._context is not None and self._learned != macros[: len(self._learned)]:
            try:
                self._context.eval("maths.start")(self._options)
                self._learned = ()
            except quickjs.JSException:  # a start leaves some of the old documents behind, until memory is full
                self._context = None
        if self._context is None:
            self._boot()
        for tex in macros[len(self._learned) :]:
            self._whole(json.loads(self._call(json.dumps({"tex": tex, "display": False}))))
        self._learned = macros

    def _whole(self, answer: dict[str, Any]) -> dict[str, Any]:
        """With outlines where the engine, which sends each only once, gives their numbers."""
        self._outlines += answer.pop("outlines")
        for part in answer.get("parts", ()):
            for item in part["items"]:
                if item[0] in ("fill", "stroke") and isinstance(item[3], int):
                    item[3] = self._outlines[item[3]]
        return answer

    def _one(self, formula: dict[str, Any], macros: tuple[str, ...]) -> dict[str, Any]:
        import quickjs

        tex: str = formula["tex"]
        if len(tex) > LONGEST:
            return {"error": f"the formula has {len(tex):,} characters, more than {LONGEST:,}", "limit": True}
        try:
            self._learn(macros)
            result = self._whole(json.loads(self._call(json.dumps(formula))))
        except (quickjs.JSException, ValueError) as problem:  # out of time, memory or stack
            self._context = None
            return {
                "error": f"the formula is too large to draw ({(str(problem) or 'limit').splitlines()[0]})",
                "limit": True,
            }
        if DEFINING.search(tex):
            self._learned = (*macros, tex)
        return result

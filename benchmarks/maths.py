"""How many formulas render, and how fast: `benchmarks/maths.py FILE.jsonl…` (or a folder of them).

Each line of a file is `{"tex": …, "display": bool, "macros": {…}}`.  Prints coverage per file and every failure with
its reason, where a rendering in the error colour or with the word `undefined` counts as one, and every formula that
KaTeX itself accepts and booklet does not.  Then, each in a process of its own: TeX to drawings from a cold start, and
a document of sixty pages laid out with a thousand formulas and without any.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from booklet.cache import Cache
from booklet.maths import Options, Request, engine, goldmark, render
from booklet.model import Formula
from booklet.pdf import displays, formulas, lay_out, link
from booklet.pdf.model import Piece, Plan

OWN = Path(__file__).with_name("formulas.jsonl")
REFUSAL = "#fe01fe"
SHOWN = 90
CSS = '@page { size: 148mm 210mm; margin: 20mm } body { font: 10.5pt/18pt "Booklet Song"; text-align: justify }'
CSS += " p { margin: 0; text-indent: 2em } .display { text-align: center; margin: 9pt 0 }"
WORDS = "注意力的分数摊得太开，梯度就会趋近于零，所以要除以一个随维度增长的数。"
Row = dict[str, object]


def main(arguments: Sequence[str]) -> None:
    for file in [OWN, *(file for name in arguments for file in found(Path(name)))]:
        coverage(file)
    for measure in (cold, warm, pages):
        print(measure(), flush=True)


def found(path: Path) -> Iterator[Path]:
    yield from sorted(path.rglob("*.jsonl")) if path.is_dir() else [path]


def coverage(file: Path) -> None:
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    katex = engine.Engine()
    failures = [(row, why) for row in rows if (why := failure(row))]
    accepted = [row for row, _ in failures if any(katex.accepted(tex, bool(row["display"])) for tex in readings(row))]
    good = len(rows) - len(failures)
    print(f"{file.name}: {good} of {len(rows)} render ({100 * good / len(rows):.2f} %)", end="; ")
    print(f"of those that do not, KaTeX alone accepts {len(accepted)}", flush=True)
    for row, why in failures:
        sentence = " ".join(str(why).split("\n")[0].split())
        mark = "KaTeX takes it: " if row in accepted else ""
        print(f"    {row.get('id') or row.get('path', '')}: {mark}{sentence} | {flat(row)[:SHOWN]}")


def flat(row: Row) -> str:
    return " ".join(str(row["tex"]).split())


def readings(row: Row) -> tuple[str, ...]:
    """As it is, else as Goldmark leaves it: the program's own order where a site says nothing."""
    tex = str(row["tex"])
    return tuple(dict.fromkeys((tex, goldmark(tex))))


def failure(row: Row) -> str | None:
    """Why a formula does not render."""
    macros = {name.lstrip("\\"): str(value) for name, value in dict(row.get("macros") or {}).items()}  # type: ignore[call-overload]
    [result] = render([Request(readings(row), bool(row["display"]))], Options(macros))
    if result.error is not None:
        return result.error
    drawn = json.dumps(result.drawing) + (result.mathml or "").split("alttext")[0]
    own = str(row["tex"])
    return next((f"drawn with {sign}" for sign in (REFUSAL, "undefined") if sign in drawn and sign not in own), None)


def thousand() -> list[Request]:
    """As a study guide has them: most in a line, every tenth displayed."""
    inline = r"\frac{{x_{{{n}}}^2}}{{\sqrt{{{n}}}}} + \sum_{{i=1}}^{{{n}}} \alpha_i"
    display = r"\mathcal{{L}}_{{{n}}}(\theta) = -\frac{{1}}{{N}} \sum_{{i=1}}^{{N}} \log p_\theta(x_i \mid x_{{<i}})"
    return [Request(((display if n % 10 == 0 else inline).format(n=n),), n % 10 == 0) for n in range(1000)]


def alone(work: object, *arguments: object) -> tuple[object, float, float]:
    """What a function gives in a process of its own, the seconds of processor time that it took, the peak in MB."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (work, arguments))  # type: ignore[no-any-return]


def _measured(work: object, arguments: tuple[object, ...]) -> tuple[object, float, float]:
    start = time.process_time()
    result = work(*arguments)  # type: ignore[operator]
    return result, time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _drawn(requests: Sequence[Request]) -> int:
    return len(render(requests))


def cold() -> str:
    _, seconds, memory = alone(_drawn, thousand())
    return f"TeX to drawing and MathML: {1000 / seconds:.0f} a second, engine's start included; peak {memory:.0f} MB"


class Counting(Cache):
    """A cache that knows how often it had to make something."""

    made = 0

    def remember(self, kind: str, inputs: Sequence[bytes | str], make: Callable[[], bytes]) -> bytes:
        def counted() -> bytes:
            self.made += 1
            return make()

        return super().remember(kind, inputs, counted)


def warm() -> str:
    """A second build of the same chapter."""
    with tempfile.TemporaryDirectory() as folder:
        render(thousand(), None, Cache(Path(folder)))
        cache = Counting(Path(folder))
        start = time.perf_counter()
        render(thousand(), None, cache)
        return f"from the cache: {cache.made} rendered, {1000 / (time.perf_counter() - start):.0f} a second"


def pages() -> str:
    """Sixty pages, with a thousand formulas and without."""
    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(Path(folder))
        drawn = render(thousand(), None, cache)
    values = [Formula(r.tex, q.display, "", 1, r.mathml, r.drawing) for q, r in zip(thousand(), drawn, strict=True)]
    plain, without, _ = alone(_set, values, False)
    full, with_formulas, memory = alone(_set, values, True)
    return (
        f"1,000 formulas in {full[0]} pages: {with_formulas / without:.2f} times the time of the {plain[0]} pages "  # type: ignore[index]
        f"without ({with_formulas:.1f} s, {without:.1f} s); {full[1] / 1e6:.2f} MB, peak {memory:.0f} MB"  # type: ignore[index]
    )


def _set(values: Sequence[Formula], shown: bool) -> tuple[int, int]:
    """Pages and bytes of the finished PDF."""
    places = [displays.shown(formula, 28) if shown else "" for formula in values]
    pairs = zip(values[::2], places[::2], places[1::2], strict=True)
    body = "".join(
        f'<p>{WORDS}{other}{WORDS}</p><div class="display">{image}</div>'
        if formula.display
        else f"<p>{WORDS}{image}{WORDS}{other}</p>"
        for formula, image, other in pairs
    )
    whole = f'<html lang="zh-Hans"><title>x</title><body>{body}</body></html>'
    used = {formulas.key(formula): formula for formula in values} if shown else {}
    with tempfile.TemporaryDirectory() as folder:
        style = lay_out.Style((CSS,), Path(folder))
        laid = lay_out.lay_out(Piece("x", "chapter", whole, "zh-Hans", used), style, lambda _: b"").value
        return laid.pages, len(link.link([laid], Plan("x", "zh-Hans", ())).value.pdf)


if __name__ == "__main__":
    main(sys.argv[1:])

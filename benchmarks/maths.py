"""How many formulas render, and how fast: `benchmarks/maths.py FILE.jsonl…` (or a folder of them).

Each line of a file is `{"tex": …, "display": bool, "macros": {…}}`.  Prints coverage per file and every failure with
its reason; a rendering in the error colour or with the word `undefined` counts as one.  Then, in one run, the time to
lay out a document with and without a thousand formulas.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from booklet.maths import Options, Request, goldmark, render
from booklet.model import Formula
from booklet.pdf.formulas import img, key
from booklet.pdf.lay_out import Style, lay_out
from booklet.pdf.model import Piece

CSS = '@page { size: 148mm 210mm; margin: 20mm } body { font: 10.5pt/18pt "Booklet Song" }'
OWN = Path(__file__).with_name("formulas.jsonl")


def main(arguments: Sequence[str]) -> None:
    files = [OWN, *(file for name in arguments for file in found(Path(name)))]
    for file in files:
        coverage(file)
    speed()
    page()


def found(path: Path) -> Iterator[Path]:
    yield from sorted(path.rglob("*.jsonl")) if path.is_dir() else [path]


def coverage(file: Path) -> None:
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    failures = [(row, why) for row in rows if (why := failure(row))]
    good = len(rows) - len(failures)
    print(f"{file.name}: {good} of {len(rows)} render ({100 * good / len(rows):.2f} %)", flush=True)
    for row, why in failures:
        sentence = " ".join(str(why).split("\n")[0].split())
        print(f"    {row.get('id') or row.get('path', '')}: {sentence} | {' '.join(row['tex'].split())[:90]}")


def failure(row: dict[str, object]) -> str | None:
    """Why a formula does not render, read as the program reads it: as it is, else as Goldmark leaves it."""
    tex = str(row["tex"])
    macros = {name.lstrip("\\"): str(value) for name, value in dict(row.get("macros") or {}).items()}  # type: ignore[call-overload]
    [result] = render([Request(tuple(dict.fromkeys((tex, goldmark(tex)))), bool(row["display"]))], Options(macros))
    if result.error is None and any(
        str(item[4]).lower() == "#fe01fe" for item in result.drawing["items"] if len(item) > 4
    ):
        return "drawn in the error colour"
    return result.error


def thousand() -> list[str]:
    return [rf"\frac{{x_{{{n}}}^2}}{{\sqrt{{{n}}}}} + \sum_{{i=1}}^{{{n}}} \alpha_i" for n in range(1000)]


def speed() -> None:
    render([Request(("x",), False)])
    start = time.perf_counter()
    render([Request((tex,), False) for tex in thousand()])
    print(f"TeX to drawing and MathML: {1000 / (time.perf_counter() - start):.0f} formulas a second in one process")


def page() -> None:
    """A document of some sixty pages, with a thousand formulas and without."""
    drawn = render([Request((tex,), False) for tex in thousand()])
    formulas = [Formula(item.tex, False, "", 1, item.mathml, item.drawing) for item in drawn]
    words = "注意力的分数摊得太开，梯度就会趋近于零，所以要除以一个随维度增长的数。" * 3
    plain = "".join(f"<p>{words}</p>" for _ in formulas)
    full = "".join(f"<p>{words}{img(formula)}</p>" for formula in formulas)
    times = {name: timed(html, formulas) for name, html in (("without", plain), ("with", full))}
    seconds, pages, size = times["with"]
    ratio = seconds / times["without"][0]
    print(f"1,000 formulas in {pages} pages: {ratio:.2f} times the layout without, {size / 1e6:.2f} MB")


def timed(html: str, formulas: Sequence[Formula]) -> tuple[float, int, int]:
    whole = f'<html lang="zh-Hans"><title>x</title><body>{html}</body></html>'
    piece = Piece("x", "chapter", whole, "zh-Hans", {key(formula): formula for formula in formulas})
    with tempfile.TemporaryDirectory() as folder:
        lay_out(Piece("w", "chapter", "<p>x", "zh-Hans"), Style((CSS,), Path(folder)), lambda _: b"")
        start = time.perf_counter()
        laid = lay_out(piece, Style((CSS,), Path(folder)), lambda _: b"").value
        return time.perf_counter() - start, laid.pages, len(laid.pdf)


if __name__ == "__main__":
    main(sys.argv[1:])

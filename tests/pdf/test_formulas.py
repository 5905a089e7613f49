"""Formulas on paper: where their ink is, what a reader of the file finds, and that nothing leaves the measure."""

from __future__ import annotations

import copy
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from booklet.cache import Cache
from booklet.maths import Request, render
from booklet.model import Formula
from booklet.pdf import displays, formulas, lay_out, link
from booklet.pdf.model import Piece, Plan
from tests import inside, judges, site

EM = 20
"""px of the text on the test pages."""
SCALE = 10
"""Pixels of a picture to a px of the page."""
CSS = (
    f'@page {{ size: 600px 120px; margin: 20px }} body {{ font: {EM}px/40px "Booklet Song"; margin: 0 }}'
    " p { margin: 0 } i { display: inline-block; width: 1em; height: 1em; background: #000 }"
    " img.math { overflow: visible }"
)


def formula(tex: str, display: bool = False) -> Formula:
    [r] = render([Request((tex,), display)])
    assert r.error is None
    return Formula(r.tex, display, "", 1, r.mathml, r.drawing, r.error, r.recipe)


def pdf(body: str, *shown: Formula) -> bytes:
    html = f'<html lang="zh-Hans"><title>x</title><body><p>{body}</p></body></html>'
    piece = Piece("x", "chapter", html, "zh-Hans", {formulas.key(f): f for f in shown})
    laid = lay_out.lay_out(piece, lay_out.Style((CSS,), Path()), lambda _: b"").value
    return link.link([laid], Plan("x", "zh-Hans", ())).value.pdf


def picture(data: bytes) -> Image.Image:
    return pypdfium2.PdfDocument(data)[0].render(scale=SCALE * 96 / 72).to_pil().convert("L")


def inked(image: Image.Image) -> list[tuple[float, float, float, float]]:
    """The boxes of ink that white columns part: left, top, right, bottom in em."""
    black = image.point(lambda value: 255 * (value < 128))
    columns = [x for x in range(black.width) if black.crop((x, 0, x + 1, black.height)).getbbox()]
    runs: list[list[int]] = []
    for x in columns:
        if runs and x - runs[-1][1] < SCALE:
            runs[-1][1] = x + 1
        else:
            runs.append([x, x + 1])
    boxes = ((a, black.crop((a, 0, b, black.height)).getbbox(), b) for a, b in runs)
    return [tuple(n / SCALE / EM for n in (a, box[1], b, box[3])) for a, box, b in boxes if box]  # type: ignore[misc]


def off(shown: Formula, text: str) -> float:
    """How far the formula's ink is from that of HTML which should look the same, in em: baseline and sizes."""
    apart = '<span style="padding-left:2em"></span>'
    plain, drawn = inked(picture(pdf(f"{text}{apart}{displays.shown(shown, 28)}", shown)))
    widths = (plain[2] - plain[0]) - (drawn[2] - drawn[0])
    return max(abs(widths), abs(plain[1] - drawn[1]), abs(plain[3] - drawn[3]))


def shifted(shown: Formula, by: float) -> Formula:
    """The same formula, drawn lower by so many em."""
    drawing = copy.deepcopy(shown.drawing)
    for item in drawing["items"]:
        item[2][5] += 1000 * by
    return Formula(shown.tex, shown.display, "", 1, shown.mathml, drawing)


SAME = pytest.mark.parametrize(("tex", "text"), [(r"\rule{1em}{1em}", "<i></i>"), (r"\text{中}", "中")])


@SAME
def test_baseline_and_size_are_those_of_the_text(tex: str, text: str) -> None:
    assert off(formula(tex), text) < 0.02


@SAME
def test_a_shift_of_a_twentieth_of_an_em_is_seen(tex: str, text: str) -> None:
    assert off(shifted(formula(tex), 0.05), text) > 0.03


VARIED = (
    r"\frac{a}{b} + \sqrt{x} + \begin{array}{c|c} 1 & 2 \\ \hline 3 & 4 \end{array}"
    r" \left( \begin{matrix} a \\ b \\ c \\ d \end{matrix} \right) \textcolor{red}{x} \boxed{y} \cancel{z} \text{中文}"
)


def test_without_private_functions_it_looks_the_same() -> None:
    """Two writers of one drawing, and a page that they must agree on."""
    shown = formula(VARIED)
    html = displays.shown(shown, 28)
    drawn = picture(pdf(html, shown))
    with mock.patch.object(lay_out.cjk, "fits", return_value=False):
        plain = picture(pdf(html, shown))
    boxes = [image.point(lambda value: 255 * (value < 128)).getbbox() for image in (drawn, plain)]
    assert max(abs(a - b) for a, b in zip(*boxes, strict=True)) <= SCALE / 4  # type: ignore[arg-type]
    different = sum(abs(a - b) > 128 for a, b in zip(drawn.tobytes(), plain.tobytes(), strict=True))
    black = sum(value < 128 for value in drawn.tobytes())
    assert different < 0.03 * black


def test_another_weasyprint_is_a_notice() -> None:
    shown = formula("x")
    piece = Piece("x", "chapter", f"<p>{displays.shown(shown, 28)}", "zh-Hans", {formulas.key(shown): shown})
    with mock.patch.object(lay_out.cjk, "fits", return_value=False):
        notes = lay_out.lay_out(piece, lay_out.Style((CSS,), Path()), lambda _: b"").notes
    assert "pdf/plain-formulas" in [note.code for note in notes]


LONG = "a = " + " + ".join("bcdefghijklmnopqrstuvwxyz")
WIDE = r"\begin{pmatrix} " + " & ".join(f"a_{{{n}}}" for n in range(24)) + r" \end{pmatrix}"
INLINE = r"\mathcal{L}(\theta) = -\frac{1}{N}\sum_{i=1}^{N} \log p_\theta(x_i \mid x_{<i})"
INLINE += r" + \lambda \lVert\theta\rVert_2^2 + \beta"
POST = rf"""---
title: "公式"
date: 2026-01-02
---

行内的 ${INLINE}$ 与 $\underbrace{{{LONG}}}_{{\text{{不能断}}}}$，见 $\eqref{{eq:loss}}$。

$${LONG}$$

$${LONG} \tag{{长}}$$

$${WIDE}$$

$$\begin{{equation}} \mathcal{{L}} = 0 \label{{eq:loss}} \end{{equation}}$$

- 一层 ${INLINE}$

  $${LONG}$$

  - 二层 ${INLINE}$

    $$\begin{{align}} {LONG.replace("=", "&=")} \\ &= z \end{{align}}$$

> 引文 ${INLINE}$
>
> $${WIDE}$$

| 甲 | 乙 | 丙 |
|---|---|---|
| ${INLINE}$ | ${LONG}$ | 很长的一段话，占去表格里剩下的地方 |

1. 题注[^1]

[^1]: 脚注里的 ${INLINE}$。

## 1. 标题里的 ${INLINE}$ 是什么？

答。
"""
MEASURES = {"A5": (18, 294), "B5": (20, 378), "A4": (25, 420), "Letter": (28, 420)}
"""Inner margin in mm and measure in pt, as the default theme has them."""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The PDF of one post on each paper."""
    folder = tmp_path_factory.mktemp("formulas")
    cache = Cache(folder / "cache")
    made: dict[str, bytes] = {}
    for paper in MEASURES:
        toml = f'[book]\ntitle = "公式"\nlanguage = "zh-Hans"\npaper = "{paper}"\n'
        toml += '[collect]\nposts = ["content/posts/f.md"]\n'
        here = site.make(folder / paper, **{"booklet.toml": toml, "content/posts/f.md": POST})
        [artifact] = inside.built(here, cache, epub=False).value.artifacts
        made[paper] = artifact.data
    return made


@pytest.mark.parametrize("paper", MEASURES)
def test_nothing_leaves_the_measure(books: dict[str, bytes], paper: str) -> None:
    inner, measure = MEASURES[paper]
    left = inner * 72 / 25.4
    for n, page in enumerate(pypdfium2.PdfDocument(books[paper])):
        image = page.render(scale=2).to_pil().convert("RGB")
        dark = image.convert("L").point(lambda value: 255 * (value < 90))
        if n < 3 or image.getpixel((2, 2)) != (255, 255, 255):
            continue
        outside = [(0, 0, int(2 * left) - 2, dark.height), (int(2 * (left + measure)) + 2, 0, dark.width, dark.height)]
        tab = (outside[1][0], 0, dark.width, dark.height)
        assert dark.crop(outside[0]).getbbox() is None, f"page {n}: left of the measure"
        assert _without_red(image, dark, tab).getbbox() is None, f"page {n}: right of the measure"


def _without_red(image: Image.Image, dark: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    """The chapter's tab stands in the outer margin, red."""
    red = image.split()[0].point(lambda value: 255 * (value > 120))
    part = dark.crop(box)
    part.paste(0, mask=red.crop(box))
    return part


def elements(document: pikepdf.Pdf) -> Iterator[Any]:
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == pikepdf.Name.Formula:
            yield item


def test_a_formula_is_one_element_however_many_lines_it_takes(books: dict[str, bytes], tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(books["A5"])
    with pikepdf.open(file) as document:
        found = list(elements(document))
        assert {str(item.Alt) for item in found} >= {INLINE, LONG, WIDE, rf"{LONG} \tag{{长}}"}
        assert max(len(item.K) for item in found if str(item.Alt) == INLINE) > 4
        assert not [item for item in found if str(item.Alt).startswith("math")]


def test_verapdf_has_nothing_to_say(books: dict[str, bytes], tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(books["A5"])
    assert judges.verapdf("ua1,3a", file) == []


def test_a_formula_is_copied_as_its_tex(books: dict[str, bytes], tmp_path: Path) -> None:
    poppler = shutil.which("pdftotext")
    if not poppler:
        pytest.skip("pdftotext (Debian's poppler-utils) is not here, and set-up does not bring it")
    file = tmp_path / "a.pdf"
    file.write_bytes(books["A5"])
    text = subprocess.run([str(poppler), str(file), "-"], capture_output=True, check=True).stdout.decode()
    flat = "".join(text.split())
    for tex in (INLINE, LONG, WIDE, r"\begin{equation} \mathcal{L} = 0 \label{eq:loss} \end{equation}"):
        assert "".join(tex.split()) in flat
    assert "见(1)。" in flat


def test_rooms_are_those_of_the_places() -> None:
    span = {"t": "Span", "c": [["", ["formula"], [["n", "0"]]], []]}
    nested = {"t": "BulletList", "c": [[{"t": "BlockQuote", "c": [{"t": "Plain", "c": [span]}]}]]}
    assert displays.rooms([nested], 28) == {0: 22}

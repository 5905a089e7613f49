"""Backslashes mean different things from site to site: which readings of a formula are tried, in which order."""

from __future__ import annotations

import pytest

from booklet.convert.dialect.maths import readings
from booklet.maths import Request, goldmark, render

ROWS = r"\begin{aligned} \\tilde{u} &= a \\ &= b \end{aligned}"


@pytest.mark.parametrize(
    ("tex", "escapes", "passthrough", "meant"),
    [
        (r"\\tilde{u} \_ \mid v", "auto", False, r"\tilde{u} _ \mid v"),
        (r"\\tilde{u}", "auto", None, r"\tilde{u}"),
        (r"\\tilde{u}", "auto", True, r"\\tilde{u}"),
        (r"\\tilde{u}", "verbatim", False, r"\\tilde{u}"),
        (r"a \\\\ b", "goldmark", None, r"a \\ b"),
        (r"\begin{matrix} a \\ b \end{matrix}", "auto", False, r"\begin{matrix} a \\ b \end{matrix}"),
        (r"\begin{matrix} a \\\\ b \end{matrix}", "auto", False, r"\begin{matrix} a \\ b \end{matrix}"),
        (r"\left\\{ x \right\\}", "auto", None, r"\left\{ x \right\}"),
        (r"\left\{ x \right\}", "auto", None, r"\left\{ x \right\}"),
        (ROWS, "auto", False, ROWS.replace(r"\\tilde", r"\tilde")),
    ],
)
def test_the_reading_that_is_meant_renders(tex: str, escapes: str, passthrough: bool | None, meant: str) -> None:
    [result] = render([Request(readings(tex, goldmark(tex), escapes, passthrough), True)])
    assert (result.tex, result.error) == (meant, None)

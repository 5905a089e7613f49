"""Formulas as plain text, for contents entries."""

from __future__ import annotations

import pytest

from booklet import maths
from booklet.maths.words import words

CASES = {
    r"\sqrt{d_k}": "√dₖ",
    r"\tilde u": "ũ",
    r"\frac{a}{b+c}": "a/(b+c)",
    r"x^2+y_{ij}": "x²+yᵢⱼ",
    r"e^{-x}": "e^(−x)",
    r"10^{-5}": "10⁻⁵",
    r"\alpha": "α",
    r"W_\text{词}": "W_词",
}


@pytest.mark.parametrize("tex", CASES)
def test_a_formula_reads_as_one_would_type_it(tex: str) -> None:
    [made] = maths.render([maths.Request((tex,), False)])
    assert made.mathml is not None
    assert words(made.mathml) == CASES[tex]

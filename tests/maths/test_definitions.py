"""What a formula needs defined where it stands alone."""

from __future__ import annotations

import pytest

from booklet.maths.definitions import needed


@pytest.mark.parametrize(
    ("tex", "before", "macros", "wanted"),
    [
        (r"x^2", [], {}, ""),
        (r"x \in \R", [], {}, r"\def\R{\mathbb{R}}"),
        (r"\bm{x}", [], {}, r"\def\bm#1{\boldsymbol{#1}}"),
        (r"\E{x}", [], {"\\E": r"\mathbb{E}[#1]"}, r"\def\E#1{\mathbb{E}[#1]}"),
        (r"\two", [], {"two": r"\one\one", "one": "1"}, r"\def\one{1}\def\two{\one\one}"),
        (r"\R", [], {"R": "r"}, r"\def\R{r}"),
        (r"\R", [r"a \newcommand{\R}{\mathcal{R}} b"], {}, r"\newcommand{\R}{\mathcal{R}}"),
        (r"\f{x}", [r"\def\f#1{f(#1\{)}"], {}, r"\def\f#1{f(#1\{)}"),
        (r"\KL", [r"\DeclareMathOperator*{\KL}{KL}"], {}, r"\DeclareMathOperator*{\KL}{KL}"),
        (r"\newcommand{\R}{r}\R", [], {}, ""),
        (r"\loop", [], {"loop": r"\loop"}, r"\def\loop{\loop}"),
        (r"\x", [r"\newcommand{\x}{never closed"], {}, ""),
    ],
)
def test_needed(tex: str, before: list[str], macros: dict[str, str], wanted: str) -> None:
    assert needed(tex, before, macros) == wanted

"""Formulas: what renders, what is said when one does not, and that none can hurt the others."""

from __future__ import annotations

import pytest
from lxml import etree

from booklet.maths import Options, Request, goldmark, render

MATHML = "{http://www.w3.org/1998/Math/MathML}"


def one(tex: str, display: bool = False, **macros: str):  # type: ignore[no-untyped-def]
    return render([Request((tex,), display)], Options(macros))[0]


@pytest.mark.parametrize(
    "tex",
    [
        r"\tilde{u}",
        r"\text{损失} = \frac{1}{n}",
        r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
        r"\begin{cases} 1 & x > 0 \\ 0 & \text{其他} \end{cases}",
        r"\begin{aligned} a &= b \\ &= c \end{aligned}",
        r"\ce{2H2 + O2 -> 2H2O}",
        r"\begin{CD} A @>>> B \end{CD}",
        r"\bm{x} \in \R^n",
        r"\argmax_x f(x)",
        r"\textcolor{#b9301c}{x} \boxed{y} \cancel{z}",
        r"\textcircled{3}",
        r"a \tag{1.2}",
        r"\mathbb{E}_{x \sim p}\left[ \mathcal{L} \right]",
    ],
)
def test_renders(tex: str) -> None:
    result = one(tex, display=True)
    assert result.error is None
    assert result.drawing["items"]
    assert etree.fromstring(result.mathml).tag == f"{MATHML}math"


def test_a_tilde_is_over_its_letter() -> None:
    drawn = one(r"\tilde{u}").drawing
    heights = [item[2][5] for item in drawn["items"]]
    assert len(heights) == 2
    assert drawn["height"] > one("u").drawing["height"] + 0.1


def test_the_same_formula_renders_again_after_another_chapter() -> None:
    """A second font object never found the glyph ranges that the first had loaded."""
    tex = r"\mathbb{E} \left[ x \right] \parallel y"
    assert [one(tex).error for _ in range(3)] == [None, None, None]


def test_an_error_has_the_tex_and_a_caret_under_the_culprit() -> None:
    said = one(r"a + \nosuch{x}").error
    sentence, tex, caret = said.split("\n")
    assert sentence == r"the formula does not parse: Undefined control sequence \nosuch"
    assert tex[caret.index("^") :].startswith(r"\nosuch")


@pytest.mark.parametrize(
    ("tex", "said"),
    [("a % b", "hides the rest"), (r"x \\frac y", "line end and the letters")],
)
def test_silent_faults_are_found(tex: str, said: str) -> None:
    assert any(said in warning for warning in one(tex).warnings)


def test_the_first_reading_that_renders_wins() -> None:
    [result] = render([Request((r"\nosuch x", r"\frac{1}{2}"), False)])
    assert result.tex == r"\frac{1}{2}"


def test_macros_hold_for_their_chapter_and_no_longer() -> None:
    first, second = render([Request((r"\newcommand{\mine}{x^2}",), False), Request((r"\mine",), False)])
    assert (first.error, second.error) == (None, None)
    assert one(r"\mine").error is not None
    assert one(r"\yours", yours="y").error is None


@pytest.mark.parametrize(
    "tex",
    ["{" * 3000, "x" * 30_000, r"\def\a{\a\a}\a", r"\frac{1}{" * 2500 + "x" + "}" * 2500],
    ids="braces long bomb deep".split(),
)
def test_a_hostile_formula_is_an_error_and_the_next_one_renders(tex: str) -> None:
    bad, good = render([Request((tex,), False), Request(("x",), False)])
    assert bad.error is not None
    assert good.error is None


def test_mathml_is_clean_and_says_its_tex() -> None:
    tree = etree.fromstring(one(r"\color{red}{x_1} < y").mathml)
    assert tree.get("alttext") == r"\color{red}{x_1} < y"
    names = {name for element in tree.iter() for name in element.attrib}
    assert not [name for name in names if name.startswith("data-") or name in ("class", "style", "href")]
    assert {element.get("mathcolor") for element in tree.iter()} == {None, "#ff0000"}


def test_links_cannot_be_smuggled_in() -> None:
    result = one(r"\href{javascript:alert(1)}{x}")
    assert result.error is not None or "javascript" not in result.mathml.split("alttext=")[0]


@pytest.mark.parametrize(
    ("tex", "left"), [(r"\\tilde{u}", r"\tilde{u}"), (r"a \_ b", "a _ b"), (r"\mid \alpha", r"\mid \alpha")]
)
def test_goldmark(tex: str, left: str) -> None:
    assert goldmark(tex) == left

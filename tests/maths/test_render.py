"""Formulas: what renders, what is said when one does not, and that none can hurt the others."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from lxml import etree

from booklet.maths import Options, Rendered, Request, engine, fold, goldmark, render, svg

OWN = Path(__file__).parent.parent.parent / "benchmarks" / "formulas.jsonl"
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


def test_a_brace_that_nothing_closes_is_pointed_at() -> None:
    _, tex, caret = one(r"\frac{a}{b + \{ c").error.split("\n")
    assert tex[caret.index("^") :] == r"{b + \{ c"


@pytest.mark.parametrize(
    ("tex", "said"),
    [
        ("a % b", "hides the rest"),
        (r"x \\frac y", "line end and the letters"),
        (r"x \\mathscr y", "line end and the letters"),
        (r"\textcolor{nosuch}{x}", "'nosuch' is not known"),
        (r"\eqref{nowhere}", "'nowhere'; the reference shows ???"),
    ],
)
def test_silent_faults_are_found(tex: str, said: str) -> None:
    assert any(said in warning for warning in one(tex).warnings)


@pytest.mark.parametrize(
    "tex", [r"50\% x", r"a \\ b", r"a \\[2pt] b", r"\begin{array}{c} a \\\hline b \end{array}", "a %\n b"]
)
def test_what_is_right_is_not_suspected(tex: str) -> None:
    assert one(tex, display=True).warnings == ()


def test_a_silent_fault_is_shown_with_a_caret() -> None:
    [warning] = one(r"x + \\frac{1}{2} y").warnings
    _, tex, caret = warning.split("\n")
    assert tex[caret.index("^") :].startswith(r"\\frac")


def test_the_first_reading_that_renders_wins() -> None:
    [result] = render([Request((r"\nosuch x", r"\frac{1}{2}"), False)])
    assert result.tex == r"\frac{1}{2}"


def test_a_reading_without_doubled_backslashes_before_commands_wins() -> None:
    doubled, single = (
        r"\begin{aligned} \\tilde{u} &= a \\ &= b \end{aligned}",
        r"\begin{aligned} \tilde{u} &= a \\ &= b \end{aligned}",
    )
    [result] = render([Request((doubled, single), True)])
    assert (result.tex, result.warnings) == (single, ())


def test_a_macro_of_the_book_takes_arguments() -> None:
    half = one(r"\half{x}", half=r"\frac{#1}{2}")
    assert half.drawing["items"] == one(r"\frac{x}{2}").drawing["items"]


def test_katex_knows_the_macros_too() -> None:
    """Its leg draws what MathJax does not know, with what the post defined."""
    defined, used = render(
        [Request((r"\newcommand{\mine}{x}",), False), Request((r"\mine \mathnormal{y} \underbar{z}",), False)]
    )
    assert (defined.error, used.error) == (None, None)


def test_macros_hold_for_their_chapter_and_no_longer() -> None:
    first, second = render([Request((r"\newcommand{\mine}{x^2}",), False), Request((r"\mine",), False)])
    assert (first.error, second.error) == (None, None)
    assert one(r"\mine").error is not None
    assert one(r"\yours", yours="y").error is None


@pytest.mark.parametrize(
    "tex",
    [
        "{" * 3000,
        "{" * 3000 + "x" + "}" * 3000,
        "x" * 1_000_000,
        r"\def\a{\a}\a",
        r"\def\a{\a\a}\a",
        r"\def\a{xxxxxxxxx}\def\b{\a\a\a\a\a\a\a\a\a}\def\c{\b\b\b\b\b\b\b\b\b}\def\d{\c\c\c\c\c\c\c\c\c}\d\d\d",
        r"\sqrt{" * 300 + "x" + "}" * 300,
        r"\newenvironment{a}{\begin{a}}{\end{a}}\begin{a}x\end{a}",
    ],
    ids="open nested long recursion bomb expansion roots environments".split(),
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


@pytest.mark.parametrize(
    "tex",
    [r"\begin{prooftree} \AxiomC{A} \UnaryInfC{B} \end{prooftree}", r"\begin{array}{} a \\ b \end{array}"],
    ids=["proof", "no columns"],
)
def test_attributes_that_no_schema_knows_are_left_out(tex: str) -> None:
    tree = etree.fromstring(one(tex, display=True).mathml)
    assert not [e for e in tree.iter() if "semantics" in e.attrib or "" in map(str, e.attrib.values())]


def test_links_cannot_be_smuggled_in() -> None:
    result = one(r"\href{javascript:alert(1)}{x}")
    assert result.error is not None or "javascript" not in result.mathml.split("alttext=")[0]


@pytest.mark.parametrize(
    ("tex", "left"), [(r"\\tilde{u}", r"\tilde{u}"), (r"a \_ b", "a _ b"), (r"\mid \alpha", r"\mid \alpha")]
)
def test_goldmark(tex: str, left: str) -> None:
    assert goldmark(tex) == left


def test_what_no_xml_holds_is_left_out() -> None:
    result = one("a\x00\ud800b")
    assert result.drawing["items"] == one("ab").drawing["items"]
    etree.fromstring(result.mathml)


def test_the_projects_own_set_renders() -> None:
    rows = [json.loads(line) for line in OWN.read_text("utf-8").splitlines()]
    results = [render([Request((row["tex"],), row["display"])])[0] for row in rows]
    assert [row["id"] for row, result in zip(rows, results, strict=True) if result.error] == []


def test_the_rules_of_a_table_are_drawn() -> None:
    items = one(r"\begin{array}{c|c:c} a & b & c \\ \hline d & e & f \end{array}", display=True).drawing["items"]
    strokes = [item for item in items if item[0] == "stroke"]
    assert [bool(item[6]) for item in strokes] == [False, True, False]


def labelled() -> list[Request]:
    texts = [
        (r"\eqref{late}", False),
        (r"\begin{equation} a \label{first} \end{equation}", True),
        (r"b \tag{甲} \label{named}", True),
        (r"\begin{align} c \label{second} \\ d \notag \\ e \label{late} \end{align}", True),
        (r"\ref{first}, \eqref{named}, \eqref{second}", False),
    ]
    return [Request((tex,), display) for tex, display in texts]


def words(result: Rendered) -> str:
    """What the formula says in words and numbers."""
    tree = etree.fromstring(result.mathml)
    return "".join(e.text or "" for e in tree.iter(f"{MATHML}mtext"))


def test_numbers_and_labels_hold_for_the_chapter() -> None:
    late, first, named, rows, references = render(labelled())
    assert [r.labels for r in (first, named, rows)] == [
        (("first", "1"),),
        (("named", "甲"),),
        (("second", "2"), ("late", "3")),
    ]
    assert (words(late), words(references)) == ("(3)", "1(甲)(2)")
    assert [r.warnings for r in (late, references)] == [(), ()]
    assert render(labelled()[1:2])[0].labels == (("first", "1"),), "the next chapter counts from one"


def test_a_label_that_is_given_twice_is_a_warning() -> None:
    first, second, reference = render(
        [Request((tex,), True) for tex in (r"a\tag{1}\label{x}", r"b\tag{2}\label{x}", r"\ref{x}")]
    )
    assert (first.warnings, words(reference)) == ((), "1")
    assert second.warnings == ("the label 'x' is given twice; references lead to the first formula",)


class Counting:
    """A cache in memory that knows what it had to make."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.made = 0

    def remember(self, kind: str, inputs: Sequence[bytes | str], make: Callable[[], bytes]) -> bytes:
        name = repr((kind, inputs))
        if name not in self.kept:
            self.made += 1
            self.kept[name] = make()
        return self.kept[name]


def test_a_warm_build_renders_nothing_and_an_edit_only_what_it_changes() -> None:
    cache = Counting()
    texts = [r"\newcommand{\x}{y}", r"\x + 1", r"\begin{equation} z \label{a} \end{equation}", r"\ref{a}", "w", "w"]
    before = render([Request((tex,), True) for tex in texts], None, cache)
    assert cache.made == 5
    assert render([Request((tex,), True) for tex in texts], None, cache) == before
    assert cache.made == 5
    render([Request((tex,), True) for tex in [*texts[:4], "v", "w"]], None, cache)
    assert cache.made == 6


@pytest.mark.parametrize(
    ("tex", "gaps"),
    [
        ("a + b = c", [0.0, 0.222, 0.278]),
        ("a = -b", [0.0, 0.278]),
        (r"a, \quad b", [0.0, 1.1667]),
        (r"f(x, y)", []),
        (r"\frac{a + b}{c}", []),
        (r"a \\ b", [0.0, 0.0]),
    ],
)
def test_a_line_may_break_after_operators(tex: str, gaps: list[float]) -> None:
    drawing = one(tex).drawing
    assert [round(piece["gap"], 4) for piece in drawing["pieces"]] == gaps
    runs = [(piece["from"], piece["to"]) for piece in drawing["pieces"]]
    assert not runs or [a for a, _ in runs] == [0, *(b for _, b in runs[:-1])]
    assert not runs or runs[-1][1] == len(drawing["items"])


def test_the_pieces_of_a_formula_fill_it() -> None:
    drawing = one(r"\mathcal{L} = -\frac{1}{N} \sum_i \log p(x_i) + \lambda \|\theta\|").drawing
    place = 0.0
    for piece in drawing["pieces"]:
        place += piece["gap"]
        assert piece["left"] == pytest.approx(place, abs=1e-3)
        place += piece["width"]
    assert place == pytest.approx(drawing["width"], abs=1e-3)


LONG = "a = " + " + ".join("bcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize(
    "tex",
    [LONG, rf"{LONG} \tag{{7}}", rf"\begin{{aligned}} {LONG.replace('=', '&=')} \\ &= z \end{{aligned}}"],
    ids="plain tagged aligned".split(),
)
@pytest.mark.parametrize("em", [28, 20])
def test_a_long_display_is_folded_for_its_measure(tex: str, em: int) -> None:
    whole = one(tex, display=True)
    folded = fold(whole.recipe, em)
    assert whole.drawing["width"] > 40
    assert folded["width"] <= em
    assert len(folded["items"]) == len(whole.drawing["items"])
    assert one(tex, display=True).drawing == whole.drawing, "a fold leaves no trace"


def test_letters_of_an_alphabet_are_characters() -> None:
    """Browsers know `mathvariant` no more."""
    tree = etree.fromstring(one(r"\mathbb{R} \mathbf{x} \mathcal{L} \bm{h} \mathrm{d}").mathml)
    assert [e.text for e in tree.iter(f"{MATHML}mi")] == list("ℝ𝐱ℒ𝒉d")
    assert {e.get("mathvariant") for e in tree.iter(f"{MATHML}mi")} == {None, "normal"}


def test_spaces_in_words_are_kept_and_a_number_stands_behind_its_formula() -> None:
    tree = etree.fromstring(one(r"a \text{ if } b \tag{1}", display=True).mathml)
    assert "\u00a0if\u00a0" in [e.text for e in tree.iter(f"{MATHML}mtext")]
    assert [etree.QName(e).localname for e in tree.iter() if "labeled" in str(e.tag)] == []
    assert "".join(tree.find(f".//{MATHML}mtr")[-1].itertext()) == "(1)"


@pytest.mark.parametrize(
    "tex", [r"\frac{a}{\text{中}}", r"a \tag{1}", r"\textcolor{red}{x}", r"\begin{array}{c|c} a & b \end{array}"]
)
def test_svg_is_well_formed_and_speaks(tex: str) -> None:
    drawing = one(tex, display=True).drawing
    tree = etree.fromstring(svg.inline(drawing, tex))
    assert (tree.get("role"), tree.get("aria-label")) == ("img", tex)
    assert etree.fromstring(svg.image(drawing, "Serif")).get("viewBox")


def test_outlines_are_whole_before_and_after_a_limit() -> None:
    """The engine sends each outline once: a fresh engine knows nothing of what the one before has sent."""
    running = engine.Engine()
    request = {"tex": r"\sum_i \alpha_i", "display": True}
    running.render({"tex": r"\beta", "display": True})
    first, again = running.render(request)["parts"], running.render(request)["parts"]
    assert running.render({"tex": "x^2+" * 4000, "display": False})["limit"]
    fresh = running.render(request)["parts"]
    assert first == again == fresh
    assert all(item[3].startswith("M") for part in first for item in part["items"] if item[0] == "fill")

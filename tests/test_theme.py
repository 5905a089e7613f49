"""Every theme that booklet brings along."""

from __future__ import annotations

from pathlib import Path

import pytest

from booklet import theme
from booklet.diagnostics import BookletError
from booklet.resources import themes

NAMES = sorted(path.parent.name for path in themes().glob("*/theme.toml"))


@pytest.mark.parametrize("name", NAMES)
def test_every_language_has_the_same_words(name: str) -> None:
    strings = theme.load(name, Path()).strings
    assert {"zh", "en"} <= set(strings)
    assert len({frozenset(words) for words in strings.values()}) == 1


@pytest.mark.parametrize("name", NAMES)
def test_every_style_sheet_that_is_named_is_there_and_none_is_forgotten(name: str) -> None:
    loaded = theme.load(name, Path())
    named = {file for files in loaded.css_files.values() for file in files}
    there = {path.name for folder in loaded.folders for path in (folder / "css").glob("*")}
    assert named <= there
    assert {path.name for path in (loaded.folders[0] / "css").glob("*")} <= named


def test_the_digest_knows_every_file(tmp_path: Path) -> None:
    for name, text in (("theme.toml", 'extends = "default"\n'), ("templates/a.html", "a")):
        path = tmp_path / "mine" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    before = theme.load("./mine", tmp_path).digest
    (tmp_path / "mine/templates/a.html").write_text("b")
    assert theme.load("./mine", tmp_path).digest != before


def test_an_undefined_name_is_an_error_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/a.html").write_text("one\n{{ nobody }}\n")
    with pytest.raises(BookletError) as raised:
        theme.Theme("mine", (tmp_path,), {}, {}).render("a.html")
    assert str(raised.value.diagnostic.location) == "templates/a.html:2"


def test_text_is_escaped_and_markup_is_not(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/a.html").write_text("{{ text }}{{ markup }}")
    made = theme.Theme("mine", (tmp_path,), {}, {}).render("a.html", text="<b>", markup=theme.safe("<i>"))
    assert made == "&lt;b&gt;<i>"


def mine(folder: Path, toml: str, **files: str) -> Path:
    """A theme of the user's own in `folder/mine`."""
    for name, text in {"theme.toml": toml, **files}.items():
        path = folder / "mine" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


BASE = 'extends = "default"\n'


@pytest.mark.parametrize("name", NAMES)
def test_every_variable_and_paper_reaches_the_style_sheets(name: str) -> None:
    loaded = theme.load(name, Path(), {"accent": "#012345"})
    for paper in ("A5", "B5", "A4", "Letter"):
        css = "\n".join(loaded.css("pdf", "screen", paper=paper))
        assert f"--measure: {loaded.papers[paper].values['measure']};" in css
        assert "--accent: #012345;" in css
    assert loaded.values["ground"] == "#012345", "the same as accent until somebody sets it"
    epub = "\n".join(loaded.css("epub"))
    assert "#012345" in epub
    assert "var(--" not in epub


@pytest.mark.parametrize("name", NAMES)
def test_the_measure_is_a_whole_number_of_em(name: str) -> None:
    for paper in theme.load(name, Path()).papers.values():
        assert 25 <= paper.ems <= 40
        assert paper.ems == pytest.approx(round(paper.ems), abs=0.02)


@pytest.mark.parametrize(
    ("settings", "said", "hint"),
    [
        ({"acent": "#123456"}, "no variable acent", "did you mean accent?"),
        ({"accent": "red"}, "theme.accent is a colour such as #b9301c, not 'red'", ""),
        ({"accent": "#12345"}, "theme.accent", ""),
        ({"accent": 3}, "theme.accent", ""),
        ({"passes": 9}, "theme.passes is a whole number from 0 to 5, not 9", ""),
        ({"passes": True}, "theme.passes", ""),
        ({"guide": "yes"}, "theme.guide is true or false", ""),
        ({"accent": "#000; } body { color: red"}, "theme.accent", ""),
    ],
)
def test_a_variable_is_checked(settings: dict[str, object], said: str, hint: str) -> None:
    with pytest.raises(BookletError) as raised:
        theme.load("default", Path(), settings)
    assert said in raised.value.diagnostic.message
    assert hint in (raised.value.diagnostic.hint or "")
    assert raised.value.exit == 4


def test_a_theme_of_ones_own_takes_over_what_it_does_not_say(tmp_path: Path) -> None:
    toml = (
        BASE
        + '[variables]\naccent = "#0a0a0a"\n[variables.side]\ntype = "choice"\nchoices = ["l", "r"]\ndefault = "l"\n'
    )
    loaded = theme.load("./mine", mine(tmp_path, toml, **{"css/text.css": "p { color: red }"}), {"side": "r"})
    assert (loaded.values["accent"], loaded.values["side"]) == ("#0a0a0a", "r")
    assert "p { color: red }" in loaded.css("pdf")
    assert loaded.words("zh-Hans")["contents"] == "目录"
    assert "A5" in loaded.papers


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('extends = "./"', "extends itself"),
        ('extends = "nobody"', "no theme 'nobody'"),
        ("", "lacks style sheets"),
        (BASE + "colour = 1", "unknown key colour"),
        (BASE + '[variables]\nnew = "#000000"', "variables.new needs a type"),
        (BASE + '[variables.new]\ntype = "colour"\ndefault = "blue"', "new is a colour"),
        (BASE + '[variables.new]\ntype = "shade"\ndefault = "1"', "no type 'shade'"),
        (BASE + '[variables.new]\ntype = "length"\nsame = "accent"', "which is no length"),
        (BASE + '[papers.A6]\nwidth = "105mm"', "papers.A6 needs height"),
        (BASE + '[papers.A5]\nmeasure = "wide"', "measure is a length"),
        (BASE + '[css]\npdf = ["nothing.css"]', "css/nothing.css, which is not there"),
    ],
)
def test_a_theme_that_declares_nonsense_is_refused(tmp_path: Path, toml: str, said: str) -> None:
    with pytest.raises(BookletError) as raised:
        theme.load("./mine", mine(tmp_path, toml)).css("pdf")
    assert said in raised.value.diagnostic.message


@pytest.mark.parametrize("rule", ["content: counter(page)", "content: target-counter(attr(href), page)"])
def test_a_theme_that_counts_pages_is_refused_at_its_line(tmp_path: Path, rule: str) -> None:
    css = f"/* counter(page)\n is wrong */\na::after {{ {rule} }}\n"
    loaded = theme.load("./mine", mine(tmp_path, BASE + '[css]\npdf = ["a.css"]\n', **{"css/a.css": css}))
    with pytest.raises(BookletError) as raised:
        loaded.css("pdf")
    assert str(raised.value.diagnostic.location) == "css/a.css:3"

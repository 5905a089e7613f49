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
    named = {file for files in loaded.values["css"].values() for file in files}
    assert named == {path.name for path in (loaded.folder / "css").iterdir()}


def test_the_digest_knows_every_file(tmp_path: Path) -> None:
    for name, text in (("theme.toml", ""), ("strings.toml", "[en]\n"), ("templates/a.html", "a")):
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
        theme.Theme("mine", tmp_path, {}, {}).render("a.html")
    assert str(raised.value.diagnostic.location) == "templates/a.html:2"


def test_text_is_escaped_and_markup_is_not(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/a.html").write_text("{{ text }}{{ markup }}")
    made = theme.Theme("mine", tmp_path, {}, {}).render("a.html", text="<b>", markup=theme.safe("<i>"))
    assert made == "&lt;b&gt;<i>"

"""Where configuration comes from, and what is said when it is wrong."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from booklet.config import load, schema
from booklet.diagnostics import BookletError, Exit


def project(folder: Path, text: str, name: str = "booklet.toml") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ('[book]\n\ntitel = "x"\n', "booklet.toml:3", "unknown key book.titel"),
        ("# x\n[bok]\n", "booklet.toml:2", "unknown key bok"),
        ("[book]\npaper = 'A6'\n", "booklet.toml:2", "book.paper"),
        ("[pdf]\ntoc_depth = 'three'\n", "booklet.toml:2", "pdf.toc_depth"),
        ("[book]\nauthors = 'me'\n", "booklet.toml:2", "book.authors"),
        ("[[parts]]\ntags = ['a']\n", "booklet.toml:1", "parts.title"),
        ("[[parts]]\ntitle = 'x'\n[[parts]]\ntitle = 'y'\ntag = []\n", "booklet.toml:5", "unknown key parts.tag"),
        ("[language.en.book]\ntitel = 'x'\n", "booklet.toml:2", "unknown key language.en.book.titel"),
        ("[book\n", "booklet.toml:1", "no TOML"),
        ("book.title = 1\n", "booklet.toml:1", "book.title"),
        ("[book]\nslug = '../x'\n", "booklet.toml:2", "book.slug"),
        ("[pdf]\neditions = ['paper']\n", "booklet.toml:2", "pdf.editions"),
        ("[pdf]\neditions = []\n", "booklet.toml:2", "pdf.editions"),
        ("[pdf]\n\nbleed = '3 cm'\n", "booklet.toml:3", "pdf.bleed"),
        ("[pdf]\nsignature = 6\n", "booklet.toml:2", "pdf.signature"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, where: str, said: str) -> None:
    with pytest.raises(BookletError) as raised:
        load(project(tmp_path, text), {})
    assert raised.value.exit == Exit.CONFIGURATION
    assert str(raised.value.diagnostic.location) == where
    assert said in raised.value.diagnostic.message


@pytest.mark.parametrize(("wrong", "right"), [("titel", "title"), ("autors", "authors"), ("langage", "language")])
def test_did_you_mean(tmp_path: Path, wrong: str, right: str) -> None:
    with pytest.raises(BookletError) as raised:
        load(project(tmp_path, f"[book]\n{wrong} = 'x'\n"), {})
    assert raised.value.diagnostic.hint == f"did you mean {right}?"


def test_a_file_is_found_upward(tmp_path: Path) -> None:
    project(tmp_path, "[book]\ntitle = 'x'\n")
    (tmp_path / "a/b").mkdir(parents=True)
    found = load(tmp_path / "a/b", {})
    assert (found.root, found.config.book.title) == (tmp_path.resolve(), "x")


def test_without_a_file_the_folder_is_the_project(tmp_path: Path) -> None:
    found = load(tmp_path, {})
    assert (found.root, found.file, found.config.book.title) == (tmp_path.resolve(), None, None)


def test_a_named_file_wins(tmp_path: Path) -> None:
    project(tmp_path, "[book]\ntitle = 'x'\n")
    project(tmp_path, "[book]\ntitle = 'y'\n", "other.toml")
    assert load(tmp_path, {}, tmp_path / "other.toml").config.book.title == "y"


def test_pyproject_may_hold_it_but_is_not_taken_without(tmp_path: Path) -> None:
    project(tmp_path, "[tool.booklet.book]\ntitle = 'x'\n", "pyproject.toml")
    (tmp_path / "inner").mkdir()
    project(tmp_path / "inner", "[tool.other]\n", "pyproject.toml")
    assert load(tmp_path / "inner", {}).config.book.title == "x"


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("BOOKLET_BOOK__TITLE", "另一本", lambda config: config.book.title == "另一本"),
        ("BOOKLET_PDF__TOC_DEPTH", "2", lambda config: config.pdf.toc_depth == 2),
        ("BOOKLET_BOOK__AUTHORS", '["甲", "乙"]', lambda config: config.book.authors == ("甲", "乙")),
        ("BOOKLET_CACHE", "x", lambda config: True),
    ],
)
def test_the_environment_overrides(tmp_path: Path, name: str, value: str, read) -> None:  # type: ignore[no-untyped-def]
    assert read(load(project(tmp_path, "[book]\ntitle = 'x'\n"), {name: value}).config)


def test_a_wrong_key_in_the_environment_is_said(tmp_path: Path) -> None:
    with pytest.raises(BookletError, match=r"unknown key book\.titel"):
        load(tmp_path, {"BOOKLET_BOOK__TITEL": "x"})


@pytest.mark.parametrize(("language", "title"), [(None, "书"), ("zh-Hans", "书"), ("en", "Book"), ("en-GB", "Book")])
def test_a_language_has_keys_of_its_own(tmp_path: Path, language: str | None, title: str) -> None:
    text = "[book]\ntitle = '书'\nlanguage = 'zh-Hans'\n[language.en.book]\ntitle = 'Book'\n"
    assert load(project(tmp_path, text), {}, language=language).config.book.title == title


def test_the_schema_accepts_what_the_program_accepts() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate({"book": {"title": "x"}, "parts": [{"title": "y", "tags": ["z"]}]}, schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"book": {"titel": "x"}}, schema())


@pytest.mark.parametrize(
    ("written", "millimetres"), [("3", 3), ('"3mm"', 3), ("true", 3), ("false", 0), ('"2.5 mm"', 2.5)]
)
def test_a_bleed_is_written_in_millimetres(tmp_path: Path, written: str, millimetres: float) -> None:
    assert load(project(tmp_path, f"[pdf]\nbleed = {written}\n"), {}).config.pdf.bleed == millimetres


def test_the_place_of_a_variable_is_known(tmp_path: Path) -> None:
    found = load(project(tmp_path, '[book]\ntitle = "x"\n\n[theme]\nground = "#fff"\naccent = "#000"\n'), {})
    assert found.config.theme == {"ground": "#fff", "accent": "#000"}
    assert str(found.place("theme", "accent")) == "booklet.toml:6"

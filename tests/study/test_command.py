"""`--select`, as a user types it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from tests import site
from tests.cli.run import booklet

CONFIG = '[questions]\nunanswered = "omit"\n'


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return site.make(tmp_path_factory.mktemp("command"), **{"booklet.toml": CONFIG})


def build(root: Path, *arguments: str) -> tuple[int, dict[str, object]]:
    answer = booklet("build", "--offline", "--json", *arguments, cwd=root, XDG_CACHE_HOME=str(root / "cache"))
    return answer.code, answer.json


def test_a_selection_makes_no_ebook_and_says_what_was_left_out(root: Path) -> None:
    code, answer = build(root, "--edition", "quiz", "--edition", "rubric", "--select", "question:2.2")
    assert code == 0
    assert [(item["kind"], item["edition"], item["pages"]) for item in answer["artifacts"]] == [  # type: ignore[attr-defined]
        ("pdf", "quiz", 1),
        ("pdf", "rubric", 1),
    ]
    left = [note["message"] for note in answer["diagnostics"] if note["code"] == "questions/left-out"]  # type: ignore[attr-defined]
    assert left == ["“还没有答案？” is left out, for it has no answer"]
    said = pypdfium2.PdfDocument(next((root / "dist").glob("*-quiz.pdf")))[0].get_textpage().get_text_bounded()
    assert "什么是归一化？" in said and "图在哪里？" not in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--edition", "quiz", "--select", "question:1.2"], "no question has the question “1.2”"),  # it was left out
        (["--edition", "screen", "--select", "chapter:1"], "--select is for the editions to learn with"),
        (["--select", "chapter:1"], "--select is for the editions to learn with"),
        (["--epub", "--edition", "quiz", "--select", "chapter:1"], "--select is for the editions to learn with"),
    ],
)
def test_a_selection_that_cannot_be_is_a_mistake_of_usage(root: Path, arguments: list[str], said: str) -> None:
    code, answer = build(root, *arguments)
    assert code == 2
    assert any(said in note["message"] for note in answer["diagnostics"])  # type: ignore[attr-defined]
    assert not answer.get("artifacts")

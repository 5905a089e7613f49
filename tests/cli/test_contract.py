"""The contract: commands, exit codes, JSON, messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import site
from tests.cli.run import booklet


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return site.make(tmp_path / "site")


def test_list_says_what_is_there_and_why(here: Path) -> None:
    answer = booklet("list", "--json", cwd=here)
    assert answer.code == 0
    assert answer.json["schema"] == "booklet/list/1"
    assert answer.json["ok"] is True
    assert answer.json["book"] == {"title": "面试题", "slug": "mian-shi-ti", "language": "zh-Hans"}
    assert [post["path"] for post in answer.json["posts"]] == ["content/posts/one.md", "content/posts/two.md"]
    assert answer.json["posts"][1]["ordered_by"] == {"key": "ordinal", "value": "基础篇 2"}
    assert answer.json["left_out"] == [
        {"path": "content/posts/one.en.md", "title": "Interview - Basics (1)", "reason": "language", "detail": "en"}
    ]


def test_the_twin_makes_the_english_book(here: Path) -> None:
    answer = booklet("list", "--json", "--language", "en", cwd=here)
    assert [post["path"] for post in answer.json["posts"]] == ["content/posts/one.en.md"]


def test_inspect_shows_questions_as_they_are(here: Path, cache: str) -> None:
    answer = booklet("inspect", "--json", "--cache", cache, cwd=here)
    one, two = answer.json["chapters"]
    lines = site.ONE.split("\n")
    asked = [
        (q["number"], q["status"], q["answered"], lines[q["line"] - 1].startswith("- ###")) for q in one["questions"]
    ]
    assert asked == [("1", "answered", True, True), ("2", "unanswered", False, True)]
    assert [q["title"] for q in two["questions"]] == ["图在哪里？", "什么是归一化？"]
    assert next((f["tex"], f["ok"]) for f in one["formulas"]) == (r"\sqrt{d_k}", True)
    assert [(a["source"], a["status"]) for a in two["assets"]] == [("/img/mask.svg", "ok")]
    assert {question["first_published"] for question in one["questions"]} == {None}


def test_build_writes_both_files_and_says_so(here: Path, cache: str) -> None:
    answer = booklet("build", "--json", "--offline", "--cache", cache, cwd=here)
    assert answer.code == 0, answer.err
    assert answer.json["output"] == str(here / "dist")
    assert answer.json["counts"] == {"chapters": 2, "questions": 4, "answered": 3, "formulas": 3, "images": 1}
    for item in answer.json["artifacts"]:
        assert (here / "dist" / item["file"]).stat().st_size == item["bytes"]
    assert {item["file"] for item in answer.json["artifacts"]} == {"mian-shi-ti.pdf", "mian-shi-ti.epub"}
    left = sorted(path.name for path in here.rglob("*") if path.is_file() and "dist" in path.parts)
    assert left == ["mian-shi-ti.epub", "mian-shi-ti.pdf"]


def test_timings_are_told_to_who_asks(here: Path, cache: str) -> None:
    asked = booklet("build", "--pdf", "--json", "--timings", "-v", "--cache", cache, cwd=here)
    assert asked.json["timings"]["total"] >= 0
    assert "2 chapters, " in asked.err
    fresh = booklet("build", "--pdf", "--json", "--timings", "--no-cache", cwd=here).json["timings"]
    assert set(fresh) == {"collecting", "reading", "setting", "linking", "total"}
    assert sum(fresh.values()) - fresh["total"] <= fresh["total"] + 0.01, "stages follow one another"
    plain = booklet("build", "--pdf", "--json", "--cache", cache, cwd=here)
    assert "timings" not in plain.json
    assert "2 chapters, " not in plain.err


def test_output_is_relative_to_where_the_user_stands(here: Path, cache: str, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    answer = booklet("build", "--epub", "-C", here, "-o", "out", "--cache", cache, cwd=tmp_path / "elsewhere")
    assert answer.code == 0
    assert (tmp_path / "elsewhere/out/mian-shi-ti.epub").is_file()


@pytest.mark.parametrize(
    ("files", "arguments", "code", "said"),
    [
        ({"booklet.toml": '[book]\ntitel = "x"\n'}, ["list"], 4, "booklet.toml:2: error[config/unknown-key]"),
        ({"booklet.toml": "[book]\ntitle = \n"}, ["list"], 4, "booklet.toml:2: error[config/syntax]"),
        ({"booklet.toml": "[pdf]\ntoc_depth = 9\n"}, ["list"], 4, "booklet.toml:2: error[config/bad-value]"),
        ({"booklet.toml": '[collect]\ncontent = "nowhere"\n'}, ["list"], 4, "error[config/missing-content]"),
        ({"booklet.toml": '[collect]\ntags = ["nothing"]\n'}, ["list"], 6, "error[source/no-posts]"),
        (
            {"content/posts/bad.md": "---\ntitle: x\n"},
            ["list"],
            6,
            "content/posts/bad.md:1: error[source/front-matter]",
        ),
        ({}, ["build", "--nonsense"], 2, "No such option"),
        ({}, ["bild"], 2, "Did you mean build?"),
        ({}, ["explain", "maths/undefine"], 2, "Did you mean maths/undefined?"),
        ({}, ["list", "-C", "nowhere"], 4, "error[config/missing]"),
    ],
)
def test_mistakes_end_with_their_code_and_a_message(
    here: Path, files: dict[str, str], arguments: list[str], code: int, said: str
) -> None:
    site.make(here, **files)
    answer = booklet(*arguments, cwd=here)
    assert answer.code == code, answer.err
    assert said in answer.err
    assert "Traceback" not in answer.err


def test_did_you_mean(here: Path) -> None:
    site.make(here, **{"booklet.toml": '[book]\ntitel = "x"\n'})
    assert "did you mean title?" in booklet("list", cwd=here).err


def test_a_failed_run_answers_json_and_leaves_outputs_alone(here: Path, cache: str) -> None:
    assert booklet("build", "--epub", "--cache", cache, cwd=here).code == 0
    before = (here / "dist/mian-shi-ti.epub").read_bytes()
    site.make(here, **{"content/posts/bad.md": "---\ntitle: x\n"})
    answer = booklet("build", "--epub", "--json", "--cache", cache, cwd=here)
    assert (answer.code, answer.json["ok"], answer.json["exit_code"]) == (6, False, 6)
    assert answer.json["diagnostics"][-1]["line"] == 1
    assert (here / "dist/mian-shi-ti.epub").read_bytes() == before


def test_warnings_name_their_line_and_fail_only_when_strict(here: Path, cache: str) -> None:
    head = "---\ntitle: 面试题-基础篇（3）\n---\n\n## 1. 什么？\n\n"
    body = head + "公式 $\\nosuch{x}$ 与 ![图](gone.png)，[链接](/posts/nowhere/)。\n"
    site.make(here, **{"content/posts/three.md": body})
    plain = booklet("build", "--epub", "--cache", cache, cwd=here)
    assert plain.code == 0
    for said in ("warning[maths/undefined]", "warning[pictures/missing]", "warning[links/unresolved]"):
        assert f"content/posts/three.md:7: {said}" in plain.err
    strict = booklet("build", "--epub", "--strict", "--cache", cache, cwd=here)
    assert strict.code == 3
    warm = booklet("build", "--epub", "--cache", cache, cwd=here)
    assert warm.err == plain.err


def test_notices_do_not_fail_a_strict_run(here: Path, cache: str) -> None:
    answer = booklet("build", "--epub", "--strict", "--cache", cache, cwd=here)
    assert "notice[questions/unanswered]" in answer.err
    assert answer.code == 0


def test_a_symlink_cycle_is_a_warning(here: Path, cache: str) -> None:
    (here / "content/posts/loop").symlink_to(here / "content")
    answer = booklet("list", cwd=here)
    assert answer.code == 0
    assert "content/posts/loop: warning[source/link-cycle]" in answer.err


def test_environment_overrides_a_key(here: Path) -> None:
    assert booklet("list", "--json", cwd=here, BOOKLET_BOOK__TITLE="另一个名字").json["book"]["title"] == "另一个名字"


def test_parts_group_chapters_and_pyproject_may_hold_the_configuration(here: Path) -> None:
    text = '[tool.booklet.book]\ntitle = "书"\n[[tool.booklet.parts]]\ntitle = "后"\nposts = ["content/posts/two.md"]\n'
    site.make(here, **{"pyproject.toml": text})
    posts = booklet("list", "--json", cwd=here / "content").json["posts"]
    assert [(post["path"], post["part"]) for post in posts] == [
        ("content/posts/two.md", "后"),
        ("content/posts/one.md", None),
    ]


def test_clean_deletes_only_the_cache(here: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "letter.txt").write_text("mine")
    booklet("inspect", "--cache", own, cwd=here)
    assert booklet("clean", "--cache", own, cwd=here).code == 0
    assert [path.name for path in own.iterdir()] == ["letter.txt"]


def test_explain_lists_and_explains() -> None:
    assert "maths/undefined" in booklet("explain", cwd=Path()).out
    assert "does not parse" in booklet("explain", "maths/undefined", cwd=Path()).out


def test_annotations_and_colours(here: Path, cache: str) -> None:
    answer = booklet("inspect", "--cache", cache, cwd=here, GITHUB_ACTIONS="true")
    assert "::notice file=content/posts/one.md,line=" in answer.err
    assert "\x1b[" not in answer.err
    assert "\x1b[" in booklet("inspect", "--cache", cache, cwd=here, FORCE_COLOR="1").err
    assert "\x1b[" not in booklet("inspect", "--cache", cache, cwd=here, FORCE_COLOR="1", NO_COLOR="1").err

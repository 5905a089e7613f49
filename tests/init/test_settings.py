"""The `booklet.toml` that is written for a site: the same book as without one, and comments that are true."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from booklet import init
from booklet.collect import Wanted, collect
from booklet.config import Config
from tests import inside, site
from tests.cli.run import booklet

POST = "---\ntitle: {}\ndate: 2025-01-01\n{}---\n\n## 1. 什么是词元？\n\n一段。\n"
SITES = {
    "a series by its titles": {},
    "decorated titles": {
        "content/posts/one.md": POST.format("📝 LLM面试题-基础篇（1）", ""),
        "content/posts/two.md": POST.format("📝 LLM面试题-基础篇（2）", ""),
        "content/posts/three.md": POST.format("LLM面试题集萃", ""),
    },
    "a series of the front matter": {
        "content/posts/one.md": POST.format("词元", "series: [面试]\n"),
        "content/posts/two.md": POST.format("注意力", "series: [面试]\n"),
        "content/posts/diary.md": "---\ntitle: 日记\n---\n\n一天。\n",
    },
    "no series": {
        "content/posts/one.md": POST.format("词元", ""),
        "content/posts/two.md": POST.format("注意力", ""),
    },
    "a title with quotes and backslashes": {
        "content/posts/one.md": POST.format("'“C:\\\\n” \"题\"-基础（1）'", ""),
        "content/posts/two.md": POST.format("'“C:\\\\n” \"题\"-基础（2）'", ""),
    },
}


@pytest.mark.parametrize("name", SITES)
def test_the_book_is_the_one_that_booklet_makes_by_itself(name: str, tmp_path: Path) -> None:
    root = site.make(tmp_path, **SITES[name])
    wanted = Wanted(inside.DAY)
    written = Config.model_validate(tomllib.loads(init.settings(root, wanted)))
    before, after = collect(root, Config(), wanted).value, collect(root, written, wanted).value
    assert [post.path for post in after.posts] == [post.path for post in before.posts]
    assert (after.title, after.site.language) == (before.title, before.site.language)
    assert written.book.slug


def test_what_is_a_comment_works_when_it_is_none(tmp_path: Path) -> None:
    text = init.settings(site.make(tmp_path), Wanted(inside.DAY))
    active = re.sub(r"^# (?=\[|[a-z_]+ = )", "", text, flags=re.M)
    assert active.count("\n# ") < text.count("\n# ")
    loaded = tomllib.loads(active)
    assert loaded.pop("language") == {"en": {"book": {"title": "…"}}}
    settings = Config.model_validate(loaded)
    assert settings.release.schedule == "0 6 1 * *"


def test_defaults_that_are_shown_are_the_defaults(tmp_path: Path) -> None:
    text = init.settings(site.make(tmp_path), Wanted(inside.DAY))
    shown = tomllib.loads(re.sub(r"^# (?=\[|[a-z_]+ = )", "", text, flags=re.M))
    own = Config().model_dump(mode="json")
    examples = {"title", "content", "exclude", "schedule"}
    for table in ("collect", "questions", "pdf", "epub", "release"):
        for key, value in shown[table].items():
            if key not in examples:
                assert value == own[table][key], f"{table}.{key}"


def test_init_writes_once_and_never_over(tmp_path: Path) -> None:
    root = site.make(tmp_path / "site")
    first = booklet("init", "--json", cwd=root).json
    assert first["files"] == [{"path": "booklet.toml", "status": "written"}]
    assert booklet("list", cwd=root).code == 0
    assert booklet("init", "--json", cwd=root).json["files"] == [{"path": "booklet.toml", "status": "same"}]
    (root / "booklet.toml").write_text('[book]\ntitle = "mine"\n', "utf-8")
    again = booklet("init", "--strict", "--json", cwd=root)
    assert again.code == 3
    assert again.json["files"] == [{"path": "booklet.toml", "status": "kept"}]
    assert [note["code"] for note in again.json["diagnostics"]] == ["init/kept"]
    assert (root / "booklet.toml").read_text("utf-8") == '[book]\ntitle = "mine"\n'


def test_a_book_that_is_configured_elsewhere_stays_so(tmp_path: Path) -> None:
    root = site.make(tmp_path, **{"pyproject.toml": '[tool.booklet.book]\ntitle = "x"\n'})
    answer = booklet("init", "--json", cwd=root)
    assert (answer.code, answer.json["files"]) == (0, [])
    assert answer.json["diagnostics"][0]["path"] == "pyproject.toml"
    assert not (root / "booklet.toml").exists()


def test_where_there_is_no_site_nothing_is_written(tmp_path: Path) -> None:
    answer = booklet("init", "--json", cwd=tmp_path)
    assert answer.code == 4
    assert not list(tmp_path.iterdir())


def test_files_for_a_forge_lie_where_it_looks(tmp_path: Path) -> None:
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    root = site.make(tmp_path / "blog" / "site")
    subprocess.run(["git", "init", "--quiet", "--initial-branch=trunk", tmp_path / "blog"], check=True)
    source = f"git+https://forge.example/booklet.git@{'0' * 40}"
    answer = booklet("init", "--ci", "github", "--from", source, "--json", cwd=root)
    assert answer.code == 0, answer.err
    assert Path(answer.json["root"]) == tmp_path / "blog"
    assert [item["path"] for item in answer.json["files"]] == [
        "site/booklet.toml",
        ".github/workflows/booklet-checks.yml",
        ".github/workflows/booklet-release.yml",
    ]
    text = (tmp_path / "blog/.github/workflows/booklet-release.yml").read_text("utf-8")
    assert '- "trunk"' in text
    assert '- "site/content/**"' in text
    assert "working-directory: site\n" in text
    wrong = booklet("init", "--ci", "gitlab", "--from", "booklet", "--json", cwd=root)
    assert (wrong.code, wrong.json["diagnostics"][0]["code"]) == (2, "init/source")
    assert not (tmp_path / "blog/.gitlab").exists()

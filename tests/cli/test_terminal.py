"""The program at a terminal, in a pipe, under Ctrl-C, and in folders that are not as they should be."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import click
import pytest

from booklet.cli import common
from tests import site
from tests.cli.run import booklet

ROOT = Path(__file__).parent.parent.parent


def start(*arguments: str | Path, cwd: Path, **environ: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "booklet", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **environ}
    return subprocess.Popen(
        command,
        cwd=cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return site.make(tmp_path / "site")


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


@pytest.mark.parametrize("delay", [0.05, 0.3, 0.5, 0.7, 1.5])
def test_an_interrupted_build_leaves_the_outputs_as_they_were(here: Path, tmp_path: Path, delay: float) -> None:
    output = here / "dist"
    output.mkdir()
    for name in ("mian-shi-ti.pdf", "mian-shi-ti.epub"):
        (output / name).write_bytes(b"the one before")
    running = start("build", "--no-cache", cwd=here, TMPDIR=str(tmp_path))
    while running.poll() is None and not list(tmp_path.glob("booklet-*")):
        time.sleep(0.01)  # Python itself still starts
    time.sleep(delay)
    os.killpg(running.pid, signal.SIGINT)  # a terminal sends it to all processes that a command has started
    _, err = running.communicate(timeout=60)
    if running.returncode == 0:
        pytest.skip("the build was done before the signal came")
    assert "Traceback" not in err
    assert running.returncode == 130
    assert sorted(path.name for path in output.iterdir()) == ["mian-shi-ti.epub", "mian-shi-ti.pdf"]
    assert {path.read_bytes() for path in output.iterdir()} == {b"the one before"}
    assert not list(tmp_path.glob("booklet-*"))


def test_an_interrupt_that_python_makes_an_error_of_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    class Field:
        def __set_name__(self, owner: type, name: str) -> None:
            raise KeyboardInterrupt

    def work(run: common.Run) -> int:
        type("Theme", (), {"css_files": Field()})
        return 0

    with pytest.raises(click.Abort):
        common.perform("build", {}, work)
    assert capsys.readouterr().err == ""


def test_an_interrupt_while_a_class_is_made_has_the_same_exit_code(tmp_path: Path) -> None:
    (tmp_path / "interrupted.py").write_text(
        "from booklet.cli import app\napp.app.main = lambda **_: exec('raise KeyboardInterrupt')\napp.main()\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    answer = subprocess.run([sys.executable, "-m", "interrupted"], env=environment, capture_output=True, text=True)
    assert answer.returncode == 130
    assert answer.stderr == "interrupted; previous outputs are as they were\n"


def test_a_reader_that_goes_away_is_no_error(here: Path) -> None:
    running = start("explain", cwd=here)
    assert running.stdout is not None
    running.stdout.close()
    assert "Traceback" not in running.stderr.read()  # type: ignore[union-attr]
    running.wait(timeout=60)


def test_a_table_fits_its_terminal(here: Path) -> None:
    long = "面试题-基础篇（3）" + "很长的题目" * 20
    site.make(here, **{"content/posts/three.md": f"---\ntitle: {long}\n---\n\n## 1. 什么？\n\n答。\n"})
    answer = booklet("list", cwd=here, COLUMNS="80")
    assert answer.code == 0
    assert max(map(columns, answer.out.splitlines())) <= 80


def test_in_a_pipe_nothing_is_cut_off(here: Path) -> None:
    long = "面试题-基础篇（3）" + "很长的题目" * 20
    site.make(here, **{"content/posts/three.md": f"---\ntitle: {long}\n---\n\n## 1. 什么？\n\n答。\n"})
    assert f"{long}\n" in booklet("list", cwd=here, COLUMNS="").out


def test_no_bars_where_no_terminal_is(here: Path, tmp_path: Path) -> None:
    answer = booklet("build", "--epub", "--cache", tmp_path / "cache", cwd=here)
    assert "\r" not in answer.err
    assert "\x1b" not in answer.err


def test_messages_go_to_standard_error_and_data_to_standard_output(here: Path, tmp_path: Path) -> None:
    answer = booklet("inspect", "--json", "--cache", tmp_path / "cache", cwd=here)
    assert answer.json["ok"]
    assert "unanswered" in answer.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_said(here: Path) -> None:
    (here / "dist").mkdir(mode=0o555)
    answer = booklet("build", "--epub", cwd=here)
    assert (answer.code, "error[build/output]" in answer.err) == (1, True)


def test_an_output_folder_that_is_a_file_is_said(here: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    answer = booklet("build", "--epub", "-o", tmp_path / "file", "--cache", tmp_path / "cache", cwd=here)
    assert answer.code == 1
    assert "error[build/output]" in answer.err
    assert "Traceback" not in answer.err
    assert (tmp_path / "file").read_text() == "mine"


def test_a_cache_that_cannot_be_written_is_said(here: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    answer = booklet("build", "--epub", "--cache", tmp_path / "file", cwd=here)
    assert answer.code == 1
    assert "error[build/cache]" in answer.err
    assert "Traceback" not in answer.err


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("theme/templates/pdf/title.html", "{{ nobody }}", "error[config/template]"),
        ("theme/templates/pdf/chapter.html", "{% if %}", "error[config/template]"),
        ("theme/theme.toml", "css = ", "error[config/theme]"),
    ],
)
def test_a_broken_theme_is_named_with_its_file(here: Path, tmp_path: Path, name: str, text: str, said: str) -> None:
    site.copy(ROOT / "themes/default", here / "theme")
    assert (here / name).exists()
    (here / name).write_text(text)
    site.make(here, **{"booklet.toml": '[book]\ntheme = "./theme"\n'})
    answer = booklet("build", "--pdf", "--cache", tmp_path / "cache", cwd=here)
    assert answer.code == 4, answer.err
    assert said in answer.err
    assert Path(name).name in answer.err
    assert "Traceback" not in answer.err


def test_a_theme_that_is_not_there_is_said(here: Path) -> None:
    site.make(here, **{"booklet.toml": '[book]\ntheme = "./nowhere"\n'})
    answer = booklet("build", cwd=here)
    assert answer.code == 4
    assert "nowhere" in answer.err
    assert "Traceback" not in answer.err

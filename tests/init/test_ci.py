"""What `booklet init --ci` writes: valid by the schemas of its readers, pinned, able to do no more than it must."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import check_jsonschema
import click
import jsonschema
import pytest
import yaml

from booklet import init, resources
from booklet.cli.init_ import command, program
from booklet.config import load
from booklet.diagnostics import BookletError, Exit
from booklet.init import Asked, Source
from booklet.init import source as origin

ROOT = Path(__file__).parent.parent.parent
SCHEMAS = Path(check_jsonschema.__file__).parent / "builtin_schemas" / "vendor"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
DIGEST = "ab" * 32
SOURCES = {
    "wheel": f"https://forge.example/booklet_press-0.1.0-py3-none-any.whl#sha256={DIGEST}",
    "commit": f"git+https://forge.example/booklet.git@{COMMIT}",
}


def asked(source: Source, folder: str = ".", **more: Any) -> Asked:
    usual = {
        "root": Path("/srv/my site"),
        "branch": "main",
        "slug": "guide",
        "content": "content",
        "theme": "default",
        "program": "/opt/b/bin/booklet",
    }
    return Asked(folder=folder, source=source, **{**usual, **more})


def sources() -> list[Source]:
    return [*(init.named(text, ROOT) for text in SOURCES.values()), init.HERE]


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))


def validate(text: str, against: Any) -> None:
    loaded = yaml.safe_load(text)
    renamed = {("on" if key is True else key): value for key, value in loaded.items()}  # YAML 1.1 takes `on` for true
    jsonschema.Draft7Validator(against).validate(renamed)


def workflows(where: str = ".", **more: Any) -> list[str]:
    return [
        text
        for source in sources()
        for path, text in init.files("github", asked(source, where, **more)).items()
        if path.endswith(".yml")
    ]


@pytest.mark.parametrize("folder", [".", "books/llm"])
@pytest.mark.parametrize("content", ["content", "."])
def test_workflows_meet_their_schema(folder: str, content: str) -> None:
    against = schema("github-workflows")
    for text in workflows(folder, content=content):
        validate(text, against)


def test_the_pipeline_meets_its_schema() -> None:
    against = schema("gitlab-ci")
    for source in sources():
        validate(init.files("gitlab", asked(source, "books"))[".gitlab/booklet.yml"], against)


def test_the_schemas_can_refuse() -> None:
    text = workflows()[0]
    with pytest.raises(jsonschema.ValidationError):
        validate(text.replace("runs-on:", "run-on:"), schema("github-workflows"))


def test_every_action_is_pinned_by_its_commit() -> None:
    for text in workflows():
        used = re.findall(r"uses: (\S+)(.*)", text)
        assert used
        for action, comment in used:
            assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", action), action
            assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment)


def test_nobody_may_do_more_than_he_must() -> None:
    for source in sources():
        made = init.files("github", asked(source))
        checks, release = (yaml.safe_load(made[path]) for path in sorted(made) if path.endswith(".yml"))
        assert checks["permissions"] == {"contents": "read"}
        assert release["permissions"] == {}
        assert release["jobs"]["build"]["permissions"] == {"contents": "read"}, "what builds cannot write"
        assert release["jobs"]["publish"]["permissions"] == {
            "contents": "write",
            "id-token": "write",
            "attestations": "write",
        }
        assert release["concurrency"] == {"group": "booklet-release", "cancel-in-progress": False}
        for job in (checks["jobs"]["check"], release["jobs"]["build"]):
            assert job["steps"][0]["with"]["persist-credentials"] is False
        scripts = [step["run"] for job in release["jobs"].values() for step in job["steps"] if "run" in step]
        assert not [script for script in scripts if "${{" in script], "what others write never becomes shell"


def test_a_release_does_not_start_a_release() -> None:
    for text in workflows():
        paths = yaml.safe_load(text).get(True, {}).get("push", {}).get("paths", [])
        assert not {"releases.toml", "questions.lock", "**", "*"} & set(paths)


def test_the_program_comes_by_digest_and_never_by_a_name() -> None:
    for kind in init.INSTALLING:
        for source in sources():
            made = init.files(kind, asked(source))
            text = "\n".join(text for path, text in made.items() if path != "booklet.lock")
            assert not re.search(r"install[^\n]*\bbooklet(?!\.lock)(\s|$|=)", text)
            for call in re.findall(r"pip\S* install.*", text):
                assert "--require-hashes -r booklet.lock" in call
    lock = init.files("github", asked(init.named(SOURCES["wheel"], ROOT)))["booklet.lock"]
    required = [line for line in lock.splitlines() if line and not line.startswith(("#", " "))]
    assert required[0].endswith(f".whl --hash=sha256:{DIGEST}")
    assert lock.endswith(resources.lock().read_text("utf-8"))
    assert all("==" in line or line == required[0] for line in required)
    commit = init.files("github", asked(init.named(SOURCES["commit"], ROOT)))
    assert f"fetch --quiet --depth 1 https://forge.example/booklet.git {COMMIT}" in "".join(commit.values())


@pytest.mark.parametrize(
    "text",
    [
        "booklet",
        "booklet-press==0.1.0",
        "https://forge.example/booklet_press-0.1.0-py3-none-any.whl",
        "git+https://forge.example/booklet.git@main",
        "git+https://forge.example/booklet.git@0123456",
        "../elsewhere.whl",
        "nowhere.whl",
    ],
)
def test_what_fixes_no_version_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.whl").write_bytes(b"PK")
    (tmp_path / "site").mkdir()
    with pytest.raises(BookletError) as raised:
        init.named(text, tmp_path / "site")
    assert raised.value.exit == Exit.USAGE


def test_a_wheel_in_the_project_is_locked_by_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor/b.whl").write_bytes(b"PK")
    digest = hashlib.sha256(b"PK").hexdigest()
    assert f"\n./vendor/b.whl --hash=sha256:{digest}\n" in (init.named("vendor/b.whl", tmp_path).lock or "")


def test_a_checkout_knows_its_repository_and_its_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = {("rev-parse", "HEAD"): COMMIT, ("remote", "get-url", "origin"): "https://forge.example/b.git"}
    monkeypatch.setattr(origin, "_installed_from", lambda: "")
    found = init.found(tmp_path, lambda *words: said.get(words[2:], ""))
    assert f"https://forge.example/b.git {COMMIT}" in found.install
    with pytest.raises(BookletError) as raised:
        init.found(tmp_path, lambda *words: "")
    assert "--from" in (raised.value.diagnostic.hint or "")


def test_an_installed_program_is_had_from_where_pip_had_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(origin, "_installed_from", lambda: SOURCES["wheel"])
    assert init.found(tmp_path, lambda *words: "") == init.named(SOURCES["wheel"], tmp_path)


def test_units_are_what_systemd_reads(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    made = init.files("systemd", asked(init.HERE, root=tmp_path, program="/bin/true"))
    for path, text in made.items():
        (tmp_path / Path(path).name).write_text(text, "utf-8")
    names = [str(tmp_path / Path(path).name) for path in made]
    done = subprocess.run(["systemd-analyze", "verify", *names], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_line_of_cron_survives_any_path() -> None:
    text = init.files("cron", asked(init.HERE, root=Path("/srv/my site/100%")))["deploy/booklet-release.crontab"]
    line = text.splitlines()[-1]
    assert re.fullmatch(r"\d+ \* \* \* \* cd '/srv/my site/100\\%' && /opt/b/bin/booklet release .*", line)


def test_this_project_is_released_by_its_own_files() -> None:
    project = load(ROOT, {})
    own = asked(init.HERE, slug=project.config.book.slug or "", theme=project.config.book.theme)
    for path, text in init.files("github", own).items():
        assert (ROOT / path).read_text("utf-8") == text, f"write it anew: {path}"


def test_the_program_is_called_by_a_path_that_holds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "booklet").touch()
    monkeypatch.setattr("sys.argv", [str(tmp_path / "booklet")])
    assert program() == str(tmp_path / "booklet")
    monkeypatch.setattr("sys.argv", [str(ROOT / "booklet/__main__.py")])
    assert program() == str(Path(sys.executable).with_name("booklet"))


def test_every_kind_is_offered() -> None:
    offered = next(option for option in command.params if option.name == "ci").type
    assert isinstance(offered, click.Choice)
    assert set(offered.choices) == set(init.KINDS)

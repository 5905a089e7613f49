"""The files of `booklet init --ci`, their `run:` steps run as written in a bare Debian 12.

    python -m tools.workflows ROOT

ROOT is a root of Debian 12 as debootstrap makes it; a copy of it is used. A repository with a small site gets its files
from `booklet init`, with booklet as a wheel and its digest; the forge around the steps is played by `forge.py`, the
programs `gh` and `curl` by stand-ins that know the flags of these files and no others.

Exit 0: every file did what it is for, or there is no root (said so); 1: one did not.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml
from hatchling.builders.wheel import WheelBuilder

from tools.workflows.forge import ORIGIN, GitHub, git
from tools.workflows.root import PLACE, Root, bare, missing

HERE = Path(__file__).parent.parent.parent
FOLDER = "book"
"""Where the site lies in its repository: paths of the files must not depend on the place."""
POST = """---
title: "面试题-基础篇（{n}）"
date: 2026-01-0{n}
---

## 1. 什么是 $\\sqrt{{d_k}}$？

{answer}
"""


class Wrong(Exception):
    """What a file did instead."""


def expect(right: bool, what: str) -> None:
    if not right:
        raise Wrong(what)


def wheel(root: Root) -> str:
    """This checkout's wheel, as `--from` names it."""
    folder = root.path(f"{PLACE}/wheels")
    built = WheelBuilder(str(HERE)).build(directory=str(folder), versions=["standard"])
    file = Path(next(built))
    return f"file://{PLACE}/wheels/{file.name}#sha256={hashlib.sha256(file.read_bytes()).hexdigest()}"


def repository(root: Root, source: str) -> None:
    """A site with the files of `booklet init`, pushed."""
    work = root.path(f"{PLACE}/author")
    git("init", "--quiet", "--bare", "--initial-branch=main", root.path(ORIGIN))
    git("-C", root.path(ORIGIN), "config", "receive.advertisePushOptions", "true")
    git("clone", "--quiet", root.path(ORIGIN), work)
    git("-C", work, "checkout", "--quiet", "-B", "main")
    write(work, 1, "方差。")
    (work / FOLDER / "hugo.toml").write_text('title = "站"\ndefaultContentLanguage = "zh-Hans"\n', "utf-8")
    for kind in ("github", "gitlab", "systemd", "cron"):
        more = ["--from", source] if kind in ("github", "gitlab") else []
        command = [sys.executable, "-m", "booklet", "init", "--quiet", "-C", str(work / FOLDER), "--ci", kind, *more]
        subprocess.run(command, cwd=HERE, check=True)
    push(root, "the site")


def write(work: Path, n: int, answer: str) -> None:
    path = work / FOLDER / f"content/posts/{n}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(POST.format(n=n, answer=answer), "utf-8")


def push(root: Root, message: str) -> None:
    """All that the author has written."""
    work = root.path(f"{PLACE}/author")
    git("-C", work, "add", "--all")
    git("-C", work, "-c", "user.name=author", "-c", "user.email=author@example.org", "commit", "--quiet", "-m", message)
    git("-C", work, "push", "--quiet", "origin", "main")


def revise(root: Root, n: int, answer: str) -> None:
    work = root.path(f"{PLACE}/author")
    git("-C", work, "pull", "--quiet", "--rebase", "origin", "main")
    write(work, n, answer)
    push(root, answer)


def tags(root: Root) -> list[str]:
    return git("-C", root.path(ORIGIN), "tag").split()


def published(root: Root) -> dict[str, bool]:
    """Releases of the forge: tag → is it out?"""
    folder = root.path(f"{PLACE}/github")
    return {path.parent.name: not json.loads(path.read_text())["draft"] for path in folder.glob("*/.state")}


def checks(root: Root) -> None:
    """A pull request: both books are made, what is new is in the summary."""
    expect(GitHub(root).run("booklet-checks.yml") == 0, "the checks fail")
    kept = {path.suffix for path in root.path(f"{PLACE}/artifact").rglob("*") if path.is_file()}
    expect(kept == {".pdf", ".epub"}, f"handed out: {kept}")


def first(root: Root) -> None:
    """The first release is published once, whole, from a commit with its ledger."""
    expect(GitHub(root).run("booklet-release.yml") == 0, "the release fails")
    expect(list(published(root).values()) == [True], f"published: {published(root)}")
    label = tags(root)[0]
    folder = root.path(f"{PLACE}/github/{label}")
    listed = [line.split("  ") for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines()]
    for digest, name in listed:
        expect(hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest, f"{name} has another digest")
    tagged = git("-C", root.path(ORIGIN), "ls-tree", "-r", "--name-only", label).split()
    expect({f"{FOLDER}/releases.toml", f"{FOLDER}/questions.lock"} <= set(tagged), "the tag has no ledger")
    expect(
        git("-C", root.path(ORIGIN), "rev-parse", f"{label}^{{}}") == git("-C", root.path(ORIGIN), "rev-parse", "main"),
        "the branch has not the tag",
    )


def nothing(root: Root) -> None:
    """Nothing has changed: nothing is released, on a schedule and by hand."""
    before = published(root)
    for event in ("schedule", "workflow_dispatch"):
        expect(GitHub(root, event).run("booklet-release.yml") == 0, f"{event} fails")
    expect(published(root) == before, f"published: {published(root)}")


def overtaken(root: Root) -> None:
    """The branch moves on while the book is built: no release, no draft; the next run releases."""
    revise(root, 1, "方差，再说一遍。")
    before = published(root)
    moves = iter([lambda: revise(root, 2, "归一化。")])
    late = GitHub(root, between=lambda: next(moves, lambda: None)())
    expect(late.run("booklet-release.yml") != 0, "a release of what is no longer there")
    expect(published(root) == before and len(tags(root)) == 1, f"left behind: {published(root)} {tags(root)}")
    expect(GitHub(root).run("booklet-release.yml") == 0, "the run after it fails")
    expect(len(tags(root)) == 2 and all(published(root).values()), f"published: {published(root)} {tags(root)}")


def interrupted(root: Root) -> None:
    """The network goes after the push: the tag is there, the release a draft, and the next run publishes it."""
    revise(root, 2, "层归一化。")
    offline = root.path(f"{PLACE}/offline")
    offline.touch()
    expect(GitHub(root).run("booklet-release.yml") != 0, "published without a network")
    expect(len(tags(root)) == 3 and list(published(root).values()).count(False) == 1, f"{published(root)} {tags(root)}")
    offline.unlink()
    expect(GitHub(root).run("booklet-release.yml") == 0, "the run after it fails")
    expect(len(tags(root)) == 3 and all(published(root).values()), f"published: {published(root)}")


def gitlab(root: Root) -> None:
    """The same by GitLab's file: packages up, tag there, release last; then nothing."""
    revise(root, 1, "方差，第三遍。")
    for turn in (1, 2):
        expect(pipeline(root, "booklet release") == 0, f"run {turn} fails")
        calls = [line.split(" ") for line in root.path(f"{PLACE}/calls").read_text().splitlines()]
        expect(len(tags(root)) == 4, f"tags: {tags(root)}")
        expect(calls[-1] == ["POST", "https://forge.example/api/projects/7/releases"], f"calls: {calls}")
        expect(sum(call[0] == "POST" for call in calls) == 1, f"run {turn}: {calls}")
        expect(any(call[1].endswith("/SHA256SUMS") for call in calls), f"uploaded: {calls}")
    expect(pipeline(root, "booklet checks") == 0, "the checks fail")


def pipeline(root: Root, name: str) -> int:
    """A job of GitLab's file, in a fresh clone."""
    text = git("-C", root.path(ORIGIN), "show", "main:.gitlab/booklet.yml")
    jobs = yaml.safe_load(text)
    job = {**jobs[".booklet"], **jobs[name]}
    work = root.path(f"{PLACE}/work")
    shutil.rmtree(work, ignore_errors=True)
    git("clone", "--quiet", root.path(ORIGIN), work)
    base = git("-C", work, "rev-parse", "main~1")
    known = {
        "AS": ORIGIN,
        "CI_PIPELINE_SOURCE": "schedule",
        "CI_API_V4_URL": "https://forge.example/api",
        "CI_PROJECT_ID": "7",
    }
    known |= {
        "CI_COMMIT_BRANCH": "main",
        "CI_JOB_TOKEN": "token",
        "CI_SERVER_HOST": "forge.example",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
    }
    script = "\n".join(["set -x", *job["before_script"], *job["script"]])
    return root.run(script, f"{PLACE}/work", {"DEBIAN_FRONTEND": "noninteractive", **known})


def own_machine(root: Root) -> None:
    """cron's line, and the unit's command as systemd reads it."""
    revise(root, 1, "方差，第四遍。")
    work = root.path(f"{PLACE}/author")
    line = (work / FOLDER / "deploy/booklet-release.crontab").read_text("utf-8").splitlines()[-1].split(" ", 5)[5]
    unit = (work / FOLDER / "deploy/booklet-release.service").read_text("utf-8")
    values = dict(row.split("=", 1) for row in unit.splitlines() if "=" in row and not row.startswith("#"))
    outside = str(root.folder)
    program = line.split(" && ")[1].split(" ")[0]
    for command in (line, f"cd {values['WorkingDirectory']} && {values['ExecStart']}"):
        inside = command.replace(outside, "").replace(program, f"{PLACE}/home/.booklet/bin/booklet")
        expect(root.run(inside, "/", {}) == 0, f"it fails: {command}")
    labels = [path.name for path in (work / FOLDER / "dist/releases").glob("2*")]
    expect(len(labels) == 1, f"released: {labels}")


STORY: tuple[Callable[[Root], None], ...] = (checks, first, nothing, overtaken, interrupted, gitlab, own_machine)


@contextmanager
def forge(source: Path) -> Iterator[Root]:
    with bare(source) as root:
        local = root.path("/usr/local/bin")
        for name in ("gh", "curl"):
            shutil.copyfile(Path(__file__).parent / f"{name}.py", local / name)
            (local / name).chmod(0o755)
        root.path(f"{PLACE}/github").mkdir()
        repository(root, wheel(root))
        yield root


def main(names: list[str]) -> int:
    source = Path(names[0]) if names else None
    if lost := missing(source):
        print(f"workflows: not run, for there is no {lost}")
        return 0
    with forge(source or Path()) as root:
        for act in STORY:
            print(f"=== {act.__name__}: {(act.__doc__ or '').strip()}", flush=True)
            try:
                act(root)
            except Wrong as problem:
                print(f"workflows: {act.__name__}: {problem}")
                return 1
    print(f"workflows: {len(STORY)} passed")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

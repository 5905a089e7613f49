"""`booklet init`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from booklet.cli.common import PLACE_FLAGS, RUN_FLAGS, STRICT, Run, flags, perform

if TYPE_CHECKING:
    from booklet.config import Project
    from booklet.init import Source

OWN = (
    click.option(
        "--ci",
        type=click.Choice(["github", "gitlab", "systemd", "cron"]),
        help="Also write what has the book checked and released there.",
    ),
    click.option(
        "--from",
        "source",
        metavar="SOURCE",
        help="Where CI gets booklet from: ADDRESS.whl#sha256=…, FILE.whl, git+ADDRESS@COMMIT.",
    ),
)


@click.command()
@flags(OWN, PLACE_FLAGS, STRICT, RUN_FLAGS)
def command(**given: Any) -> None:
    """Write a booklet.toml for this site, and with --ci what releases its book. Never overwrites a file."""
    perform("init", given, work)


def work(run: Run) -> None:
    from booklet import config
    from booklet.diagnostics import Location, finding

    project = config.load(run["folder"], {}, run["file"])
    repository, made = (elsewhere if run["ci"] else here)(run, project)
    run.answer = {"root": str(repository), "files": []}
    for path, text in made.items():
        status = put(repository / path, text)
        run.answer["files"].append({"path": path, "status": status})
        if status == "kept":
            hint = "move it away and run this again, then compare the two"
            said = "the file is there with another text, and is left as it is"
            run.notes.append(finding("init/kept", said, Location(path), hint))
        if not run["as_json"] and not run["quiet"]:
            click.echo(f"{path}   {status}")


def here(run: Run, project: Project) -> tuple[Path, dict[str, str]]:
    """The project's folder, and the configuration for it: written anew it must be the one that is there."""
    from booklet import config, init
    from booklet.collect import Wanted
    from booklet.diagnostics import Location, finding

    if project.file and project.file.name != config.NAME:
        said = "the book is configured here already, and needs no file of its own"
        run.notes.append(finding("init/kept", said, Location(project.file.name)))
        return project.root, {}
    return project.root, {config.NAME: init.settings(project.root, Wanted(run.options().clock))}


def elsewhere(run: Run, project: Project) -> tuple[Path, dict[str, str]]:
    """The repository's folder, and what belongs into it, a configuration included where there is none yet."""
    from booklet import build, init

    collected = build.collected(project, run.options()).value
    top = git("-C", str(project.root), "rev-parse", "--show-toplevel")
    repository = Path(top).resolve() if top else project.root
    asked = init.Asked(
        root=project.root,
        folder=project.root.relative_to(repository).as_posix(),
        branch=branch(project.root),
        slug=build.slug(project, collected),
        content=collected.site.content,
        theme=project.config.book.theme,
        source=source(run, project.root),
        program=program(),
    )
    own = {} if project.file else {asked.inside(name): text for name, text in here(run, project)[1].items()}
    return repository, {**own, **init.files(run["ci"], asked)}


def source(run: Run, root: Path) -> Source:
    """Machines that have booklet already need not know where it comes from."""
    from booklet import init

    if run["source"]:
        return init.named(run["source"], root)
    return init.found(root, git) if run["ci"] in init.INSTALLING else init.HERE


def branch(root: Path) -> str:
    """The repository's main branch: the one that its origin names, else the present one."""
    origin = git("-C", str(root), "symbolic-ref", "--short", "refs/remotes/origin/HEAD")
    return origin.partition("/")[2] or git("-C", str(root), "symbolic-ref", "--short", "HEAD") or "main"


def git(*words: str) -> str:
    """What git says; empty where it fails, or is not there."""
    from booklet import outside

    try:
        return outside.run(("git", *words), {}, None).decode("utf-8", "replace").strip()
    except OSError:
        return ""


def program() -> str:
    """The path by which this program can be called, however it was called now."""
    called = Path(sys.argv[0])
    own = called if called.stem == "booklet" and called.is_file() else Path(sys.executable).with_name("booklet")
    return str(own.absolute())


def put(path: Path, text: str) -> str:
    """Write a file that is not there. What became of it: written, same, kept."""
    from booklet.cache import write
    from booklet.diagnostics import failure

    try:
        if path.exists():
            return "same" if path.read_text("utf-8") == text else "kept"
        write(path, text.encode())
        path.chmod(0o644)
    except (OSError, UnicodeDecodeError) as problem:
        raise failure("build/output", f"cannot write {path}: {problem}") from None
    return "written"

"""`booklet build`."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import Any

import click

from booklet.cli.common import CACHE_FLAGS, FLAGS, Run, flags, perform

OWN = (
    click.option("--pdf", is_flag=True, help="The PDF; without --pdf and --epub, both."),
    click.option("--epub", is_flag=True, help="The EPUB."),
    click.option(
        "--edition",
        "editions",
        multiple=True,
        type=click.Choice(["screen", "print", "booklet", "quiz", "answers", "rubric"]),
        help="Of the PDF; may be given again (default: pdf.editions).",
    ),
    click.option(
        "--select",
        multiple=True,
        metavar="KIND:NAME",
        help="chapter:2, tag:RoPE or question:2.4, for the editions quiz, answers and rubric; may be given again.",
    ),
    click.option("-o", "output", type=click.Path(path_type=Path), metavar="DIR", help="Where to (default: dist/)."),
    click.option("-j", "jobs", type=click.IntRange(1), metavar="N", help="Processes (default: one a core)."),
    click.option("--executor", metavar="ADDRESS", help="Set pages by a Dask cluster: dask://host:port."),
    click.option("-v", "--verbose", is_flag=True, help="Say what was made anew, and where the time went."),
    click.option("--timings", is_flag=True, help="With --json: seconds by stage."),
)


@click.command()
@flags(OWN, FLAGS, CACHE_FLAGS)
def command(**given: Any) -> None:
    """Build the PDF and the EPUB."""
    perform("build", given, work)


def work(run: Run) -> None:
    from booklet import build
    from booklet.cli.caches import opened
    from booklet.cli.progress import Timed, progress

    timed = Timed(progress(run["quiet"]))
    project = run.project()
    both = not run["pdf"] and not run["epub"]
    _check_selection(run)
    if run["executor"]:
        from booklet.pdf import cluster

        cluster.checked(run["executor"])
    output = run["output"].resolve() if run["output"] else project.root / "dist"
    wanted = {"pdf": run["pdf"] or both, "epub": run["epub"] or (both and not run["select"])}
    options = run.options(
        **wanted,
        editions=run["editions"],
        select=run["select"],
        jobs=run["jobs"] or cores(),
        executor=run["executor"] or "",
        output=output,
    )
    run.answer = {"output": str(output), "artifacts": [], "counts": None}
    with opened(run["cache"], run["no_cache"]) as cache:
        made = run.take(build.build(project, options, cache, timed))
    publish(made.artifacts, output)
    run.answer |= {"artifacts": [artifact(item) for item in made.artifacts], "counts": dict(made.counts)}
    if run["timings"]:
        run.answer["timings"] = timed.timings
    if run["verbose"] or (sys.stderr.isatty() and not run["quiet"]):
        click.echo(timed.summary(dict(made.counts)), err=True)
    if not run["as_json"] and not run["quiet"]:
        for item in made.artifacts:
            pages = f", {item.pages} pages" if item.pages else ""
            click.echo(f"{shown(output / item.file)}   ({len(item.data) / 1024:,.0f} kB{pages})")


def _check_selection(run: Run) -> None:
    """BookletError (usage) where `--select` is given for what is no edition to learn with."""
    from booklet.arrange import STUDY
    from booklet.diagnostics import failure

    if run["select"] and (run["epub"] or not run["editions"] or not set(run["editions"]) <= set(STUDY)):
        hint = f"add {' or '.join(f'--edition {name}' for name in STUDY)}"
        raise failure("usage/select", "--select is for the editions to learn with, not for the whole book", hint=hint)


def cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def publish(artifacts: Any, output: Path) -> None:
    """All files or none: they are written beside their names first, then renamed."""
    from booklet.cache import write
    from booklet.diagnostics import failure

    try:
        for item in artifacts:
            write(output / item.file, item.data)
            (output / item.file).chmod(0o644)
    except OSError as problem:
        hint = "name another folder with -o"
        raise failure("build/output", f"cannot write to {output}: {problem.strerror}", hint=hint) from None


def artifact(item: Any) -> dict[str, Any]:
    """A file as the contract has it."""
    names = ("kind", "edition", "profile", "language", "paper", "file", "pages")
    digest = hashlib.sha256(item.data).hexdigest()
    return {**{name: getattr(item, name) for name in names}, "sha256": digest, "bytes": len(item.data)}


def shown(path: Path) -> str:
    """Relative to where the user stands, when that is shorter."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)

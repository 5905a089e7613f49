"""`booklet export`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from booklet.cli.common import CACHE_FLAGS, FLAGS, Run, flags, perform
from booklet.diagnostics import counted

OWN = (
    click.argument("format", type=click.Choice(["anki", "json", "csv"])),
    click.option("-o", "output", type=click.Path(path_type=Path), metavar="DIR", help="Where to (default: dist/)."),
)


@click.command()
@flags(OWN, FLAGS, CACHE_FLAGS)
def command(**given: Any) -> None:
    """Export the questions: flash cards for Anki, or a list as JSON or CSV."""
    perform("export", given, work)


def work(run: Run) -> None:
    from booklet import build
    from booklet.cli.build_ import artifact, publish, shown
    from booklet.cli.caches import opened
    from booklet.cli.progress import progress

    project = run.project()
    output = run["output"].resolve() if run["output"] else project.root / "dist"
    run.answer = {"output": str(output), "artifacts": [], "counts": None}
    with opened(run["cache"], run["no_cache"]) as cache:
        made = run.take(build.export(project, run["format"], run.options(), cache, progress(run["quiet"])))
    publish([made.artifact], output)
    run.answer |= {"artifacts": [artifact(made.artifact)], "counts": dict(made.counts)}
    if not run["as_json"] and not run["quiet"]:
        size = f"{len(made.artifact.data) / 1024:,.0f} kB, {counted(made.counts['questions'], 'question')}"
        click.echo(f"{shown(output / made.artifact.file)}   ({size})")

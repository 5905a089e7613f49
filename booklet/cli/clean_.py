"""`booklet clean`."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import click

from booklet.cli.common import Run, flags, perform

OWN = (
    click.option("--cache", type=click.Path(path_type=Path), metavar="DIR", help="Where the cache lies."),
    click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output."),
    click.option("-q", "--quiet", is_flag=True, help="Errors only."),
)


@click.command()
@flags(OWN)
def command(**given: Any) -> None:
    """Delete the cache. Nothing is lost but time, and pictures that the network no longer has."""
    perform("clean", given, work)


def work(run: Run) -> None:
    """Only what booklet put there goes: `--cache DIR` may name a folder with other things in it."""
    from booklet.cache import KINDS
    from booklet.cli.caches import folder

    root = folder(run["cache"])
    inside = [root / kind for kind in sorted(KINDS) if (root / kind).is_dir()]
    size = sum(path.stat().st_size for kind in inside for path in kind.rglob("*") if path.is_file())
    for kind in inside:
        shutil.rmtree(kind)
    run.answer = {"cache": str(root), "bytes": size}
    if not run["as_json"] and not run["quiet"]:
        click.echo(f"{root}: {size / 1024:,.0f} kB deleted")

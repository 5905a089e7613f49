"""`booklet release`."""

from __future__ import annotations

import os
from typing import Any

import click

from booklet.cli.build_ import artifact, cores, shown
from booklet.cli.common import CACHE_FLAGS, PLACE_FLAGS, RUN_FLAGS, Run, flags, perform
from booklet.cli.lines import say
from booklet.diagnostics import Exit

OWN = (
    click.option("--if-changed", is_flag=True, help="Only if the content has changed: no revision for a new look."),
    click.option("--if-due", is_flag=True, help="Only if a moment of release.schedule has come since the last one."),
    click.option("--dry-run", is_flag=True, help="Make and check everything, publish nothing."),
    click.option("--exit-code", is_flag=True, help="Exit with 10 where there is nothing to release."),
    click.option("-j", "jobs", type=click.IntRange(1), metavar="N", help="Processes (default: one a core)."),
)


@click.command()
@flags(OWN, PLACE_FLAGS, RUN_FLAGS, CACHE_FLAGS)
def command(**given: Any) -> None:
    """Publish the book in dist/releases/, if there is anything new."""
    perform("release", given, work)


def work(run: Run) -> int | None:
    from booklet.cli.caches import opened
    from booklet.cli.progress import progress
    from booklet.release import Asked, release

    wishes = {name: run[name] for name in ("if_changed", "if_due", "dry_run")}
    asked = Asked(moment(run), run.options(jobs=run["jobs"] or cores()), **wishes)
    with opened(run["cache"], run["no_cache"]) as cache:
        done = run.take(release(loader(run), asked, cache, progress(run["quiet"])))
    run.answer = answer(done, run["dry_run"])
    if not run["as_json"] and not run["quiet"]:
        show(done, run["dry_run"])
    return Exit.NOTHING if done.release is None and run["exit_code"] else None


def moment(run: Run) -> Any:
    """Now; with `--clock`, the end of that day in the project's time zone."""
    from booklet import outside
    from booklet.release import end_of

    return end_of(run["clock"].date(), run.project().config.release) if run["clock"] else outside.now()


def loader(run: Run) -> Any:
    """The project in any of its languages."""
    from booklet.config import load

    return lambda language: load(run["folder"], os.environ, run["file"], language)


def answer(done: Any, dry: bool) -> dict[str, Any]:
    """What was released, or would have been; absent is null."""
    from booklet.release import row

    made = done.release
    names = ("version", "revision", "label", "date")
    return {
        "released": made is not None and not dry,
        "reason": done.reason,
        **{name: getattr(made, name, None) for name in names},
        "output": str(done.folder) if made and not dry else None,
        "artifacts": [artifact(item) for item in done.artifacts],
        "changes": [row(change) for change in made.changes] if made else [],
    }


def show(done: Any, dry: bool) -> None:
    from booklet.release import summary, words

    made = done.release
    if made is None:
        say(f"nothing to release: {done.reason}")
        return
    say(f"{'would release' if dry else 'released'} {made.label}: {done.reason}")
    if made.changes:
        say(summary(made.changes, words("en")))
    if not dry:
        say(shown(done.folder))

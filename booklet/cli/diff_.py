"""`booklet diff`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from booklet.cli.common import CACHE_FLAGS, PLACE_FLAGS, RUN_FLAGS, Run, flags, perform
from booklet.cli.lines import say


@click.command()
@click.argument("before", metavar="STATE")
@click.argument("after", metavar="[STATE]", required=False)
@flags(PLACE_FLAGS, RUN_FLAGS, CACHE_FLAGS)
def command(**given: Any) -> None:
    """What is different between two states, question by question.

    STATE is a version that was released or a revision of git; without the second one, the files as they are.
    """
    perform("diff", given, work)


def work(run: Run) -> None:
    from booklet.cli.caches import opened
    from booklet.cli.progress import progress
    from booklet.release import States, between, row

    project = run.project()
    with opened(run["cache"], run["no_cache"]) as cache:
        states = States(project, loader(project.file), run.options(), cache, progress(run["quiet"]))
        before, after = (states.named(run[name]) for name in ("before", "after"))
    found = between(before, after)
    run.answer = {"before": run["before"], "after": run["after"], "changes": [row(change) for change in found]}
    if not run["as_json"]:
        show(found, [book.language for book in after])


def loader(file: Path | None) -> Any:
    """The project in another folder, by the same configuration file."""
    from booklet.config import load

    def found(root: Path, language: str | None) -> Any:
        own = root / file.name if file and (root / file.name).is_file() else None
        return load(root, os.environ, own, language)

    return found


def show(found: Any, languages: list[str]) -> None:
    from booklet.release import listing, words

    for language in languages:
        own = [change for change in found if change.language == language]
        if own or language == languages[0]:
            say(listing(own, words(language)).rstrip())

"""`booklet list`."""

from __future__ import annotations

from typing import Any

import click

from booklet.cli.common import FLAGS, Run, flags, perform
from booklet.cli.lines import say
from booklet.diagnostics import counted


@click.command()
@flags(FLAGS)
def command(**given: Any) -> None:
    """The posts of the book in their order, and why the others are left out."""
    perform("list", given, work)


def work(run: Run) -> None:
    from booklet import build

    project = run.project()
    found = run.take(build.collected(project, run.options()))
    run.answer = {
        "book": {"title": found.title, "slug": build.slug(project, found), "language": found.site.language},
        "posts": [post(item) for item in found.posts],
        "left_out": [
            {"path": x.path, "title": x.title, "reason": x.reason, "detail": x.detail} for x in found.left_out
        ],
    }
    if not run["as_json"]:
        show(found)


def post(item: Any) -> dict[str, Any]:
    """A post as the contract has it."""
    names = ("path", "title", "language", "date", "lastmod", "part", "chapter_id", "ordinal")
    why = {"key": item.ordered_by.key, "value": item.ordered_by.value}
    return {**{name: getattr(item, name) for name in names}, "included_by": list(item.included_by), "ordered_by": why}


def show(found: Any) -> None:
    say(f"{found.title} ({found.site.language}), {counted(len(found.posts), 'post')}")
    part = None
    for number, item in enumerate(found.posts, 1):
        if item.part and item.part != part:
            say()
            say(item.part)
        part = item.part
        why = f"{item.ordered_by.key} {item.ordered_by.value}".strip()
        say(f"{number:>3}. {item.title}")
        say(f"     {item.path}   ({why})")
    if found.left_out:
        say()
        say("left out:")
    for item in found.left_out:
        say(f"     {item.path}   {item.reason}: {item.detail}")

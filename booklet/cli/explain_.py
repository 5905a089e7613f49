"""`booklet explain`."""

from __future__ import annotations

import difflib
from typing import Any

import click

from booklet.cli.common import Run, flags, perform

OWN = (click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output."),)


@click.command()
@click.argument("code", required=False)
@flags(OWN)
def command(**given: Any) -> None:
    """Say what a finding means; without CODE, list all of them."""
    perform("explain", given, work)


def work(run: Run) -> None:
    from booklet.diagnostics import codes

    known = codes()
    if run["code"] is None:
        run.answer = {"codes": list(known)}
        if not run["as_json"]:
            click.echo("\n".join(f"{known[code].severity:<8} {code}" for code in known))
        return
    if run["code"] not in known:
        near = difflib.get_close_matches(run["code"], known, 1)
        hint = f" Did you mean {near[0]}?" if near else " `booklet explain` lists all codes."
        raise click.UsageError(f"There is no code {run['code']!r}.{hint}")
    found = known[run["code"]]
    run.answer = {"code": run["code"], "severity": str(found.severity), "explanation": found.explanation}
    if not run["as_json"]:
        click.echo(f"{run['code']} ({found.severity})\n\n{found.explanation}")

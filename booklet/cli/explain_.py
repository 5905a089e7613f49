"""`booklet explain`."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

import click

from booklet.cli.common import Run, flags, perform

if TYPE_CHECKING:
    from booklet.diagnostics import Code

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
    if run["code"] and run["code"] not in known:
        near = difflib.get_close_matches(run["code"], known, 1)
        hint = f" Did you mean {near[0]}?" if near else " `booklet explain` lists all codes."
        raise click.UsageError(f"There is no code {run['code']!r}.{hint}")
    chosen = {run["code"]: known[run["code"]]} if run["code"] else known
    run.answer = {"codes": [_row(code, row) for code, row in chosen.items()]}
    if run["as_json"]:
        return
    if run["code"]:
        click.echo(f"{run['code']} ({known[run['code']].severity})\n\n{known[run['code']].explanation}")
    else:
        click.echo("\n".join(f"{row.severity:<8} {code}" for code, row in known.items()))


def _row(code: str, row: Code) -> dict[str, str]:
    return {"code": code, "severity": str(row.severity), "explanation": row.explanation}

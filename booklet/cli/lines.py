"""Lines of data on standard output: as they are in a pipe, folded on a terminal."""

from __future__ import annotations

import os
import shutil
import sys

import click

LEAST = 20
"""Columns. A narrower terminal folds for itself."""


def say(line: str = "") -> None:
    """Print a line; on a terminal what is too wide goes on under the text, Han characters counted as two columns."""
    asked = os.environ.get("COLUMNS", "").isdigit()
    width = shutil.get_terminal_size().columns if asked or sys.stdout.isatty() else 0
    if width < LEAST:
        click.echo(line)
        return
    from rich.cells import chop_cells

    indent = len(line) - len(line.lstrip(" 0123456789."))
    rest = chop_cells(line[indent:], width - indent) or [""]
    click.echo(line[:indent] + ("\n" + " " * indent).join(part.rstrip() for part in rest))

"""The commands in a table, loaded when they are called, and what happens when one fails."""

from __future__ import annotations

import importlib
import os
import signal
import sys
from typing import Any

import click

import booklet

COMMANDS = {
    "list": "The posts of the book in their order, and why the others are left out.",
    "inspect": "Chapters, questions, formulas and pictures, as booklet understood them.",
    "build": "Build the PDF and the EPUB.",
    "export": "Export the questions: flash cards for Anki, or a list as JSON or CSV.",
    "init": "Write a booklet.toml for a site, and what releases its book by itself.",
    "release": "Publish the book, if there is anything new.",
    "diff": "What is different between two states of the book.",
    "clean": "Delete the cache.",
    "explain": "Say what a finding means.",
}


class Lazy(click.Group):
    """A group whose commands are imported when they are needed: `--help` must not wait for a layout engine."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        found: click.Command = importlib.import_module(f"booklet.cli.{name}_").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """An unknown command is answered with the nearest one."""
        import difflib

        if args and args[0] not in COMMANDS:
            near = difflib.get_close_matches(args[0], COMMANDS, 1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise click.UsageError(f"There is no command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(booklet.__version__, prog_name="booklet")
def app() -> None:
    """Binds an interview-question series on a Hugo blog as a typeset PDF and an EPUB."""


def main() -> None:
    """The entry point: every end of a run has its exit code."""
    try:
        code = app.main(standalone_mode=False)
    except click.exceptions.Exit as end:
        code = end.exit_code
    except click.ClickException as problem:
        problem.show()
        code = problem.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted; previous outputs are as they were", err=True)
        _once_is_enough()
        code = 130
    except BrokenPipeError:  # whoever read our output has gone: say nothing, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code if isinstance(code, int) else 0)


def _once_is_enough() -> None:
    """From here on Ctrl-C changes neither what was said nor the exit code.

    An interrupt that fell into an `exec` (every dataclass has one) makes Python end itself by the same signal, after
    all clearing up: held back, that leaves 130.
    """
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})

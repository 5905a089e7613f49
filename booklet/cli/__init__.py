"""The command line. The only room that prints, draws progress or exits."""

from booklet.cli.app import main

__all__ = ["main"]

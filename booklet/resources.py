"""Where the files lie that booklet brings along: beside the package in a wheel, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent


def themes() -> Path:
    """The folder of the themes: inside the package when installed from a wheel, else the checkout's `themes/`."""
    inside = PACKAGE / "themes"
    return inside if inside.is_dir() else PACKAGE.parent / "themes"


def lock() -> Path:
    """The lock that this version was tested with: every package, exact, with its digests."""
    inside = PACKAGE / "requirements.lock"
    return inside if inside.is_file() else PACKAGE.parent / "requirements.lock"


def maths() -> Path:
    """The folder of the scripts that set formulas."""
    return PACKAGE / "maths" / "bundle"

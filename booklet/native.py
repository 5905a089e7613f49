"""The native libraries that WeasyPrint needs: Pango, HarfBuzz and what they stand on."""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from functools import cache
from pathlib import Path

from booklet.diagnostics import failure

FOLDER = "lib/booklet-native"
"""Where a checkout's set-up unpacks the libraries of a system that lacks them, below `sys.prefix`."""
NEEDED = ("pango-1.0", "pangoft2-1.0", "harfbuzz", "harfbuzz-subset", "fontconfig", "gobject-2.0")
COMMANDS = {
    "linux": "apt install libpangoft2-1.0-0 libharfbuzz-subset0   (Debian, Ubuntu), dnf install pango   (Fedora)",
    "darwin": "brew install pango",
    "win32": "install MSYS2, then: pacman -S mingw-w64-x86_64-pango",
}


@cache
def prepare() -> None:
    """Make the libraries loadable. BookletError `dependency/native-library` (exit 5) names what is missing."""
    folder = Path(sys.prefix) / FOLDER
    if folder.is_dir():
        preload(folder)
    lost = [name for name in NEEDED if not find(name)]
    if lost and sys.platform.startswith("linux"):
        hint = f"install them: {COMMANDS['linux']}"
        message = f"native libraries are missing: {', '.join(lost)}"
        raise failure("dependency/native-library", message, hint=hint)


def preload(folder: Path) -> None:
    """Load every library of a folder, in whatever order their dependencies allow, so that their names are known."""
    waiting = sorted(folder.glob("*.so*"))
    while waiting:
        rest = [path for path in waiting if not _load(path)]
        if len(rest) == len(waiting):
            return
        waiting = rest


def _load(path: Path) -> bool:
    try:
        ctypes.CDLL(str(path), mode=ctypes.RTLD_LOCAL)
    except OSError:
        return False
    return True


def find(name: str) -> str | None:
    """A library by what its name is without `lib` and ending.

    On Linux by its soname alone: `ctypes.util.find_library` starts the linker and the compiler for what is not there,
    half a second for the names that WeasyPrint tries.
    """
    found = next((soname for soname in (f"lib{name}.so.0", f"lib{name}.so.1") if _load(Path(soname))), None)
    return found or (None if sys.platform.startswith("linux") else ctypes.util.find_library(name))

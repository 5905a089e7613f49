"""Files that have the book checked and released by others: GitHub, GitLab, systemd, cron. One row of KINDS each."""

from __future__ import annotations

import hashlib
import shlex
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from booklet.init.settings import template
from booklet.init.source import LOCK, Source

WATCHED = ("static", "assets", "shortcodes", "config")
"""Folders of a site that a book is made from, besides its posts."""
NEEDED = "ca-certificates git make python3-venv libpangoft2-1.0-0 libharfbuzz-subset0"
"""Packages of Debian and Ubuntu."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A project that is to be released elsewhere."""

    root: Path
    folder: str
    """Of the project inside its repository, POSIX; "." for the repository's own."""
    branch: str
    slug: str
    content: str
    theme: str
    source: Source
    program: str
    """The path of `booklet` on this machine."""

    def inside(self, name: str) -> str:
        """A path of the project as the repository knows it."""
        return (PurePosixPath(self.folder) / name).as_posix()

    @property
    def watched(self) -> list[str]:
        """Globs of what a change of the book is a change of; never the ledger, which a release itself writes."""
        posts = "**/*.md" if self.content == "." else f"{self.content}/**"
        theme = [f"{self.theme.removeprefix('./')}/**"] if self.theme.startswith("./") else []
        names = [posts, *(f"{name}/**" for name in WATCHED), "booklet.toml", "hugo.*", "config.*", LOCK, *theme]
        return [self.inside(name) for name in names]


def files(kind: str, asked: Asked) -> dict[str, str]:
    """Path → text, for one of KINDS. Paths are relative to the repository."""
    values = _values(asked)
    made = {_place(path, asked): template(name).substitute(values) for path, name in KINDS[kind].items()}
    return {**made, asked.inside(LOCK): asked.source.lock} if asked.source.lock and kind in INSTALLING else made


def _place(path: str, asked: Asked) -> str:
    """What a forge reads lies where it looks; all else in the project."""
    return path if path.startswith(".") else asked.inside(path)


KINDS: Mapping[str, Mapping[str, str]] = {
    "github": {
        ".github/workflows/booklet-checks.yml": "github-checks.yml",
        ".github/workflows/booklet-release.yml": "github-release.yml",
    },
    "gitlab": {".gitlab/booklet.yml": "gitlab.yml"},
    "systemd": {
        "deploy/booklet-release.service": "booklet-release.service",
        "deploy/booklet-release.timer": "booklet-release.timer",
    },
    "cron": {"deploy/booklet-release.crontab": "booklet-release.crontab"},
}
"""What `--ci` takes: each file with the template that it is made from."""
INSTALLING = ("github", "gitlab")
"""Machines that install the program anew on each run."""


def _values(asked: Asked) -> dict[str, str]:
    """What templates may name."""
    place = "" if asked.folder == "." else f"{asked.folder}/"
    return {
        "install": textwrap.indent(asked.source.install, " " * 10).strip(),
        "install_gitlab": textwrap.indent(asked.source.install, " " * 6).strip(),
        "booklet": asked.source.command,
        "folder": asked.folder,
        "place": place,
        "branch": asked.branch,
        "paths": _items(asked.watched, 6),
        "paths_gitlab": _items(asked.watched, 8),
        "needed": NEEDED,
        "root": str(asked.root),
        "program": asked.program,
        "root_shell": _cron(str(asked.root)),
        "program_shell": _cron(asked.program),
        "slug": asked.slug,
        **_moment(asked.slug),
    }


def _items(lines: list[str], indent: int) -> str:
    """Texts as a YAML list."""
    return f"\n{' ' * indent}".join(f'- "{line}"' for line in lines)


def _cron(path: str) -> str:
    """A word of a crontab's command, in which `%` ends a line."""
    return shlex.quote(path).replace("%", r"\%")


def _moment(slug: str) -> dict[str, str]:
    """A minute and an hour of the night that belong to this book: not everybody's full hour."""
    digest = hashlib.sha256(slug.encode()).digest()
    return {"minute": str(digest[0] % 60), "hour": str(digest[1] % 24)}

"""Where another machine gets this program from: by digest or by commit, never by a name that somebody else may own."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from booklet import resources
from booklet.diagnostics import failure

DISTRIBUTION = "booklet-press"
"""The name in pyproject.toml. `booklet` on the package index is another program."""
LOCK = "booklet.lock"
COMMIT = re.compile(r"git\+(?P<address>\S+)@(?P<commit>[0-9a-f]{40}(?:[0-9a-f]{24})?)")
WHEEL = re.compile(r"(?P<address>(?:https?|file)://\S+\.whl)#sha256=(?P<digest>[0-9a-f]{64})")
HINT = "--from ADDRESS.whl#sha256=DIGEST, --from FILE.whl (a wheel in the project) or --from git+ADDRESS@COMMIT"
Git = Callable[..., str]
"""What git says to some words; empty where it fails."""


@dataclass(frozen=True, slots=True)
class Source:
    """`install`: lines of shell that install the program; `command`: how it is called then."""

    install: str
    command: str
    lock: str | None = None
    """The text of `booklet.lock`, where the installation reads it."""


HERE = Source("make .venv/ready", ".venv/bin/booklet")
"""The project is this program's own checkout."""


def named(text: str, root: Path) -> Source:
    """What `--from` says. BookletError (exit 2) for what names no fixed state of the program."""
    if found := COMMIT.fullmatch(text):
        return _commit(found["address"], found["commit"])
    if found := WHEEL.fullmatch(text):
        return _wheel(f"{DISTRIBUTION} @ {found['address']}", found["digest"])
    file = (root / text).resolve()
    if file.suffix == ".whl" and file.is_file() and file.is_relative_to(root.resolve()):
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        return _wheel(f"./{file.relative_to(root.resolve()).as_posix()}", digest)
    raise failure("init/source", f"{text} fixes no version of booklet", hint=HINT)


def found(root: Path, git: Git) -> Source:
    """Where this very program was installed from. BookletError (exit 2) where another machine could not have it.

    pip writes down what it installed from (PEP 610); a checkout knows its repository and its commit.
    """
    home = resources.PACKAGE.parent
    if root.resolve() == home and (home / "pyproject.toml").is_file():
        return HERE
    if origin := _installed_from():
        return named(origin, root)
    commit, address = git("-C", str(home), "rev-parse", "HEAD"), git("-C", str(home), "remote", "get-url", "origin")
    if (home / "pyproject.toml").is_file() and commit and "://" in address:
        return _commit(address, commit)
    raise failure("init/source", "nobody knows where other machines can get this booklet from", hint=HINT)


def _installed_from() -> str:
    """In the form of `--from`; empty where pip knows nothing that another machine could use."""
    try:
        text = metadata.distribution(DISTRIBUTION).read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        return ""
    known = json.loads(text or "{}")
    address = str(known.get("url", ""))
    if "vcs_info" in known:
        return f"git+{address}@{known['vcs_info']['commit_id']}"
    digest = known.get("archive_info", {}).get("hashes", {}).get("sha256")
    return f"{address}#sha256={digest}" if digest and address.startswith("http") else ""


def _commit(address: str, commit: str) -> Source:
    lines = (
        'git init --quiet "$HOME/.booklet"',
        f'git -C "$HOME/.booklet" fetch --quiet --depth 1 {address} {commit}',
        f'git -C "$HOME/.booklet" checkout --quiet {commit}',
        'make -C "$HOME/.booklet" .venv/ready',
    )
    return Source("\n".join(lines), '"$HOME/.booklet/.venv/bin/booklet"')


def _wheel(requirement: str, digest: str) -> Source:
    """The wheel and everything that it needs, from one lock: pip refuses what has another digest."""
    lines = (
        'python3 -m venv "$HOME/.booklet"',
        f'"$HOME/.booklet/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r {LOCK}',
    )
    head = "# What CI installs, every digest checked. Written by `booklet init --ci`.\n"
    lock = f"{head}{requirement} --hash=sha256:{digest}\n{resources.lock().read_text('utf-8')}"
    return Source("\n".join(lines), '"$HOME/.booklet/bin/booklet"', lock)

"""The only door to the network, other programs and the clock."""

from __future__ import annotations

import datetime
import ipaddress
import os
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

PIECE = 1 << 16


class Unreachable(OSError):
    """What could not be had from the network, in one sentence."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a remote picture may cost."""

    seconds: float = 10
    size: int = 20 << 20
    redirects: int = 5
    private: bool = False
    """May the address be one of this machine or its network? Only tests say so."""


def fetch(url: str, limits: Limits | None = None) -> bytes:
    """The body of an http(s) address. Unreachable says why not: refused, too large, too slow, not found."""
    import urllib.error
    import urllib.request

    asked = limits or Limits()

    class Redirects(urllib.request.HTTPRedirectHandler):
        max_redirections = asked.redirects

        def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
            allowed(newurl, asked)
            return super().redirect_request(req, fp, code, msg, headers, newurl)

    allowed(url, asked)
    opener = urllib.request.build_opener(Redirects)
    opener.addheaders = [("User-Agent", "booklet"), ("Accept", "image/*,*/*;q=0.5")]
    try:
        with opener.open(_ascii(url), timeout=asked.seconds) as answer:
            return _read(answer, asked)
    except urllib.error.HTTPError as problem:
        raise Unreachable(f"the server answers {problem.code} {problem.reason}") from None
    except Unreachable:
        raise
    except (OSError, ValueError) as problem:
        raise Unreachable(str(getattr(problem, "reason", problem))) from None


def _read(answer: IO[bytes], limits: Limits) -> bytes:
    """The whole body. A server that drips is stopped: the time limit of a socket holds for each reading alone."""
    end = time.monotonic() + limits.seconds
    data = b""
    while part := answer.read1(PIECE):  # type: ignore[attr-defined]
        data += part
        if len(data) > limits.size:
            raise Unreachable(f"it is larger than {limits.size / (1 << 20):.0f} MB")
        if time.monotonic() > end:
            raise Unreachable(f"it takes longer than {limits.seconds:.0f} s")
    return data


def allowed(url: str, limits: Limits) -> None:
    """Unreachable for other schemes, and for addresses inside this machine's network."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Unreachable(f"{parts.scheme or 'a bare path'} is no web address")
    if limits.private:
        return
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, proto=socket.IPPROTO_TCP)
    except OSError as problem:
        raise Unreachable(f"no address for {parts.hostname} ({problem.strerror or problem})") from None
    if any(not ipaddress.ip_address(item[4][0]).is_global for item in found):
        raise Unreachable(f"{parts.hostname} is an address inside this network")


def _ascii(url: str) -> str:
    """A URL as HTTP wants it: Han characters and spaces percent-encoded."""
    from urllib.parse import quote

    return quote(url, safe="%/:=&?~#+!$,;'@()*[]")


def program(name: str) -> str | None:
    """Where a program of the PATH lies; None where there is none."""
    import shutil

    return shutil.which(name)


def run(
    command: Sequence[str],
    files: Mapping[str, bytes],
    result: str | None,
    seconds: float = 60,
    failing: bool = False,
) -> bytes:
    """What a program makes of some files, in a folder of its own. OSError says in a sentence why it made nothing.

    `result`: the file that it makes; None: what it prints. `failing`: an exit code is part of its answer.
    """
    import subprocess
    import tempfile

    with tempfile.TemporaryDirectory(prefix="booklet-") as name:
        folder = Path(name)
        for file, data in files.items():
            (folder / file).write_bytes(data)
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, timeout=seconds, check=False)
        except subprocess.TimeoutExpired:
            raise OSError(f"{command[0]} takes longer than {seconds:.0f} s") from None
        if (done.returncode and not failing) or (result and not (folder / result).is_file()):
            said = (done.stderr or done.stdout).decode("utf-8", "replace").strip().split("\n")[0]
            raise OSError(f"{command[0]}: {said or f'exit code {done.returncode}'}")
        return (folder / result).read_bytes() if result else done.stdout


def printed(
    command: Sequence[str], folder: Path, seconds: float = 600, environ: Mapping[str, str] | None = None
) -> bytes:
    """What a program prints in a folder that is there. OSError says in a sentence why it failed.

    `environ`: variables beside those of this process.
    """
    import subprocess

    try:
        variables = {**os.environ, **(environ or {})}
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=seconds, check=False, env=variables)
    except subprocess.TimeoutExpired:
        raise OSError(f"{command[0]} takes longer than {seconds:.0f} s") from None
    if done.returncode:
        raise OSError(f"{command[0]}: {done.stderr.decode('utf-8', 'replace').strip() or done.returncode}")
    return done.stdout


def now(environ: Mapping[str, str] = os.environ) -> datetime.datetime:
    """The time in UTC: SOURCE_DATE_EPOCH, else the clock's."""
    given = epoch(environ)
    if given is None:
        return datetime.datetime.now(datetime.UTC)
    return datetime.datetime.fromtimestamp(given, datetime.UTC)


def today(environ: Mapping[str, str] = os.environ) -> datetime.date:
    """The day that drafts and dates are held against."""
    return now(environ).date()


def seconds() -> float:
    """A clock for how long things take; no value of it means anything alone."""
    return time.perf_counter()


def epoch(environ: Mapping[str, str] = os.environ) -> int | None:
    """SOURCE_DATE_EPOCH, seconds since 1970: when this version came out, where whoever builds it says so."""
    given = environ.get("SOURCE_DATE_EPOCH", "")
    return int(given) if given.isdigit() else None

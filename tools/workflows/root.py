"""A bare Debian of one's own for a while: a copy of a root, entered by chroot, gone afterwards."""

from __future__ import annotations

import os
import shutil
import ssl
import stat
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

AWAY = ("home", "tmp", "root", "proc", "dev")
NODES = {"null": 3, "zero": 5, "full": 7, "random": 8, "urandom": 9}
"""Memory devices (major 1) that every program may expect."""
PLACE = "/srv/ci"
"""Where everything lies that a forge would bring along."""
CERTIFICATES = f"{PLACE}/certificates.pem"


class Root:
    """The root, and commands in it. They see nothing of this machine but its network."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, inside: str) -> Path:
        """A path of the root as this machine knows it."""
        return self.folder / inside.lstrip("/")

    def run(self, script: str, where: str, environment: Mapping[str, str]) -> int:
        """A `run:` step, as GitHub's `shell: bash` runs it. Its output goes where ours goes."""
        self.path(f"{PLACE}/step.sh").write_text(script, "utf-8")
        certificates = dict.fromkeys(
            ("PIP_CERT", "SSL_CERT_FILE", "GIT_SSL_CAINFO", "NODE_EXTRA_CA_CERTS"), CERTIFICATES
        )
        usual = {
            "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
            "HOME": f"{PLACE}/home",
            "CI": "true",
            "LANG": "C.UTF-8",
        }
        values = {**usual, **certificates, **environment}
        shell = f'cd "{where}" && exec bash --noprofile --norc -eo pipefail {PLACE}/step.sh'
        enter = f'mount --bind /proc "{self.folder}/proc" && exec chroot "{self.folder}" bash -c "$1"'
        command = ["unshare", "--mount", "--propagation", "private", "sh", "-c", enter, "sh", shell]
        return subprocess.run(command, env=values, stdin=subprocess.DEVNULL, check=False).returncode


@contextmanager
def bare(source: Path) -> Iterator[Root]:
    """A copy of a root, with the network of this machine.

    It has device nodes of its own, and /proc is there only in the mount namespace of each command: nothing of this
    machine lies below a folder that is about to be deleted.
    """
    with tempfile.TemporaryDirectory(prefix="booklet-bare-") as name:
        folder = Path(name)
        _copied(source, folder)
        _devices(folder / "dev")
        for file in ("resolv.conf", "hosts"):
            shutil.copyfile(f"/etc/{file}", folder / "etc" / file)
        root = Root(folder)
        root.path(f"{PLACE}/home").mkdir(parents=True)
        shutil.copyfile(ssl.get_default_verify_paths().cafile or "", root.path(CERTIFICATES))
        yield root


def _devices(folder: Path) -> None:
    for name, minor in NODES.items():
        os.mknod(folder / name, 0o666 | stat.S_IFCHR, os.makedev(1, minor))
        (folder / name).chmod(0o666)
    (folder / "fd").symlink_to("/proc/self/fd")
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        (folder / name).symlink_to(f"/proc/self/fd/{number}")
    (folder / "shm").mkdir()
    (folder / "shm").chmod(0o1777)


def _copied(source: Path, target: Path) -> None:
    """Without what others have mounted or left there."""
    out = [f"--exclude=./{name}" for name in AWAY]
    pack = subprocess.Popen(
        ["tar", "-C", str(source), "--one-file-system", *out, "-cf", "-", "."], stdout=subprocess.PIPE
    )
    subprocess.run(["tar", "-C", str(target), "-xpf", "-"], stdin=pack.stdout, check=True)
    if pack.wait():
        raise SystemExit(f"workflows: {source} cannot be copied")
    for name in AWAY:
        (target / name).mkdir(exist_ok=True)
    (target / "tmp").chmod(0o1777)


def missing(source: Path | None) -> str:
    """What is not there; empty where the steps can be run."""
    if source is None or not (source / "etc/debian_version").is_file():
        how = "debootstrap --variant=minbase --include=ca-certificates bookworm DIR; make workflows BARE=DIR"
        return f"bare Debian 12 ({how})"
    if os.geteuid():
        return "root, for chroot and mount"
    lost = [name for name in ("chroot", "mount", "unshare", "tar", "git") if shutil.which(name) is None]
    return ", ".join(lost)

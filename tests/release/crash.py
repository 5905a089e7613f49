"""A run that is cut off: after so many effects on the disk nothing happens any more."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from booklet.release import publish

EFFECTS: tuple[tuple[Any, str], ...] = (
    (os, "fsync"),
    (os, "ftruncate"),
    (Path, "rename"),
    (Path, "unlink"),
    (publish, "write"),
    (shutil, "rmtree"),
)
"""Whatever changes the disk while a release is published."""


class Killed(BaseException):
    """No handler of the program's sees it as its own."""


@contextmanager
def after(count: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """After `count` effects each attempt at another ends the run. The list's one number is how many are left."""
    left = [count]

    def guarded(real: Callable[..., Any]) -> Callable[..., Any]:
        def effect(*arguments: Any, **named: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                raise Killed
            return real(*arguments, **named)

        return effect

    with monkeypatch.context() as patch:
        for owner, name in EFFECTS:
            patch.setattr(owner, name, guarded(getattr(owner, name)))
        yield left

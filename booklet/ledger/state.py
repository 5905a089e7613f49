"""Both files of a project, and the pictures that are kept beside them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from booklet.ledger import ledger, lock
from booklet.ledger.lock import Lock
from booklet.ledger.model import Ledger

PICTURES = "releases/pictures"
"""The folder, below the project's root, of the pictures' bytes: a file a picture, its SHA-256 for a name."""


@dataclass(frozen=True, slots=True)
class State:
    """What a project has published so far."""

    ledger: Ledger = field(default_factory=Ledger)
    lock: Lock = field(default_factory=Lock)


def read(root: Path) -> State:
    """The state of the project in a folder; an empty one where nothing was ever released. BookletError if damaged."""
    listed, locked = _text(root / ledger.NAME), _text(root / lock.NAME)
    return State(
        ledger.load(listed) if listed is not None else Ledger(), lock.load(locked) if locked is not None else Lock()
    )


def picture(root: Path, state: State, address: str) -> bytes | None:
    """The bytes that an address gave when the book was released, if they are kept, undamaged."""
    digest = next((item.sha256 for item in state.lock.pictures if item.address == address), None)
    try:
        data = (root / PICTURES / digest).read_bytes() if digest else b""
    except OSError:
        return None
    return data if digest and hashlib.sha256(data).hexdigest() == digest else None


def _text(path: Path) -> str | None:
    try:
        return path.read_text("utf-8", "replace")
    except FileNotFoundError:
        return None

"""What was published: the ledger of releases and the lock of questions, both files beside `booklet.toml`."""

from booklet.ledger.ledger import dump, load
from booklet.ledger.lock import Asked, Lock, Picture, Snapshot, Text
from booklet.ledger.model import Change, Edit, Ledger, Past, Release, ReleasedBook, ReleasedFile
from booklet.ledger.pairing import pair
from booklet.ledger.state import PICTURES, State, picture, read

__all__ = [
    "PICTURES",
    "Asked",
    "Change",
    "Edit",
    "Ledger",
    "Lock",
    "Past",
    "Picture",
    "Release",
    "ReleasedBook",
    "ReleasedFile",
    "Snapshot",
    "State",
    "Text",
    "dump",
    "load",
    "pair",
    "picture",
    "read",
]

"""What was published: the ledger of releases and the lock of questions, both files beside `booklet.toml`."""

from booklet.ledger.ledger import dump, load
from booklet.ledger.model import Change, Edit, Ledger, Release, ReleasedBook, ReleasedFile

__all__ = ["Change", "Edit", "Ledger", "Release", "ReleasedBook", "ReleasedFile", "dump", "load"]

"""The order of a quiz."""

from __future__ import annotations

import hashlib

from booklet.model import Book


def shuffled(book: Book, seed: int) -> tuple[str, ...]:
    """The ids of all questions in an order that the seed chooses, the same on every machine.

    A question's place among the others depends on the seed and the two ids alone: a new one moves none.
    """

    def lot(identifier: str) -> str:
        return hashlib.sha256(f"{seed} {identifier}".encode()).hexdigest()

    return tuple(sorted((question.id for question in book.questions), key=lot))

"""What the shelf must know besides the ledger: the newest release's books, one for each language."""

from __future__ import annotations

from dataclasses import dataclass, field

from booklet.model import Book


@dataclass(frozen=True, slots=True)
class View:
    """A book as it is shown in its own language."""

    book: Book
    suffix: str = ""
    """`.en` for a twin, as in the names of its files; empty for the language of the configuration."""
    cover: bytes | None = field(default=None, repr=False)
    """The first page as PNG; None where no page could be laid out."""

    @property
    def page(self) -> str:
        """The name of its download page."""
        return f"index{self.suffix}.html"

    @property
    def feed(self) -> str:
        return f"feed{self.suffix}.xml"

    @property
    def picture(self) -> str:
        return f"cover{self.suffix}.png"

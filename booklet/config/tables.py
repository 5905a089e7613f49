"""The keys that work, their types and defaults. An unknown key is an error at its line."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Paper = Literal["A5", "B5", "A4", "Letter"]


class Table(BaseModel):
    """What all tables share: values never change, unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class BookTable(Table):
    """`[book]`: what the title page says, and how it looks."""

    title: str | None = None
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    language: str | None = None
    publisher: str = ""
    rights: str = ""
    description: str = ""
    identifier: str | None = None
    slug: str | None = Field(default=None, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    theme: str = "default"
    paper: Paper = "A5"


class Selection(Table):
    """Which posts: every given key must match."""

    sections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    series: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    """Globs of paths relative to the project root."""
    exclude: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    """An explicit list of paths, which is also the order."""


class CollectTable(Selection):
    """`[collect]`."""

    content: str | None = None
    title: str | None = None
    """A regular expression, searched in the posts' titles."""
    order: Literal["auto", "weight", "title", "date", "path"] = "auto"


class PartTable(Selection):
    """`[[parts]]`: a titled run of chapters."""

    title: str


class QuestionsTable(Table):
    """`[questions]`."""

    patterns: tuple[str, ...] = ()
    """Regular expressions of further headings that are questions."""
    tail: Literal["omit", "keep"] = "omit"
    """Thank-you lines, placeholder sections and dead example links at the end of a post."""


class MathsTable(Table):
    """`[maths]`."""

    escapes: Literal["auto", "goldmark", "verbatim"] = "auto"
    macros: dict[str, str] = Field(default_factory=dict)


class PdfTable(Table):
    """`[pdf]`."""

    toc_depth: int = Field(default=3, ge=1, le=6)


class EpubTable(Table):
    """`[epub]`."""

    maths: Literal["mathml", "svg"] = "mathml"
    """SVG is for readers that know no MathML; no reading aloud, no search."""


class Config(Table):
    """The whole file."""

    book: BookTable = BookTable()
    collect: CollectTable = CollectTable()
    parts: tuple[PartTable, ...] = ()
    questions: QuestionsTable = QuestionsTable()
    maths: MathsTable = MathsTable()
    pdf: PdfTable = PdfTable()
    epub: EpubTable = EpubTable()

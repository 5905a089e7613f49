"""The keys that work, their types and defaults. An unknown key is an error at its line."""

from __future__ import annotations

import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from booklet.diagnostics import Severity, codes

Paper = Literal["A5", "B5", "A4", "Letter"]
Edition = Literal["screen", "print", "booklet", "quiz", "answers", "rubric"]


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
    cover: str | None = None
    """A picture of the author's own for the first page: a path relative to the project root."""
    identifier: str | None = None
    slug: str | None = Field(default=None, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    series: str = ""
    """The name of a series of books, and the book's place in it."""
    series_position: int | None = Field(default=None, ge=1)
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
    answers: Literal["inline", "chapter-end", "book-end"] = "inline"
    """Where they stand: below their questions, or apart from them."""
    unanswered: Literal["lines", "mark", "omit"] = "lines"
    """A question without an answer has lines to write on, or only a mark that says so, or is left out."""
    plan: bool = False
    """A page to plan by: every question with boxes for three passes and a day."""
    revised_since: datetime.date | None = None
    """Questions that were revised on this day or later have a mark."""
    shuffle: int | None = None
    """Seed of the order of a quiz; without one, the questions stand in the order of the book."""

    @property
    def since(self) -> str:
        """`revised_since` as an ISO date; empty where it is not given."""
        return self.revised_since.isoformat() if self.revised_since else ""


class MathsTable(Table):
    """`[maths]`."""

    escapes: Literal["auto", "goldmark", "verbatim"] = "auto"
    macros: dict[str, str] = Field(default_factory=dict)


class PdfTable(Table):
    """`[pdf]`."""

    toc_depth: int = Field(default=3, ge=1, le=6)
    links: Literal["footnote", "list", "none"] = "footnote"
    """Where the address of an outer link stands: at the foot of its page, in a list after the chapter, nowhere."""
    editions: tuple[Edition, ...] = Field(default=("screen",), min_length=1)
    bleed: float = Field(default=0, ge=0, le=10)
    """mm of ink beyond the edge of the print edition's paper, for a printer who trims."""
    crop_marks: bool = False
    signature: int = Field(default=0, ge=0, multiple_of=4)
    """Pages of the booklet edition that are folded and stitched together; 0: all."""
    creep: float = Field(default=0, ge=0, le=1)
    """mm that each sheet of a signature pushes the ones inside it outwards, about the paper's thickness."""
    duplex: Literal["short-edge", "long-edge"] = "short-edge"
    """Over which edge the printer turns the sheet."""

    @field_validator("bleed", "creep", mode="before")
    @classmethod
    def _millimetres(cls, value: Any) -> Any:
        """`"3mm"` is 3, and `true` the 3 mm that printers ask for."""
        if isinstance(value, bool):
            return 3.0 if value else 0.0
        return value.removesuffix("mm").strip() if isinstance(value, str) else value

    fonts: dict[str, str] = Field(default_factory=dict)
    """Font files or installed families in the place of the house's: `song = "fonts/MySong.otf"`, `hei-700 = "…"`."""


class EpubTable(Table):
    """`[epub]`."""

    profiles: tuple[Literal["standard", "kindle", "kobo"], ...] = Field(default=("standard",), min_length=1)
    fonts: Literal["none", "subset"] = "none"
    """Of the book's own faces; the one for formulas is always inside."""
    maths: Literal["mathml", "svg"] = "mathml"
    """SVG is for readers that know no MathML; no reading aloud, no search."""
    page_list: Literal["screen", "print", "none"] = "screen"
    """The edition of the PDF whose page numbers the e-book knows."""


class ReleaseTable(Table):
    """`[release]`."""

    versions: Literal["calendar", "semver"] = "calendar"
    """`2026.11`, then `2026.11.1`; or 1.0.0, counted up by what changed."""
    schedule: str | None = None
    """When a release is due, as a line of cron: `0 6 1 * *`."""
    timezone: str = "UTC"
    """Where the schedule's hours are, and the dates of releases: `Asia/Shanghai`."""
    fail_on: tuple[str, ...] = ()
    """Codes of findings that stop a release."""
    page_change: int = Field(default=50, ge=1)
    """Per cent by which the number of a PDF's pages may change; a few pages are always allowed."""
    size_change: int = Field(default=100, ge=1)
    """Likewise of a file's bytes."""

    @field_validator("schedule")
    @classmethod
    def _cron(cls, value: str | None) -> str | None:
        from cronsim import CronSim, CronSimError

        try:
            if value is not None:
                CronSim(value, datetime.datetime(2000, 1, 1))
        except CronSimError as problem:
            raise ValueError(f"it is no line of cron: {problem}") from None
        return value

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        import zoneinfo

        try:
            zoneinfo.ZoneInfo(value)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("there is no such time zone; names are like Asia/Shanghai") from None
        return value

    @field_validator("fail_on")
    @classmethod
    def _codes(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for code in value:
            row = codes().get(code)
            if row is None:
                raise ValueError(f"there is no code {code}; `booklet explain` lists all")
            if row.severity == Severity.NOTICE:
                raise ValueError(f"{code} is a notice, and notices never stop a release")
        return value


class Config(Table):
    """The whole file."""

    book: BookTable = BookTable()
    collect: CollectTable = CollectTable()
    parts: tuple[PartTable, ...] = ()
    questions: QuestionsTable = QuestionsTable()
    maths: MathsTable = MathsTable()
    pdf: PdfTable = PdfTable()
    epub: EpubTable = EpubTable()
    release: ReleaseTable = ReleaseTable()
    theme: dict[str, Any] = Field(default_factory=dict)
    """Variables of the theme, which knows their names and types."""

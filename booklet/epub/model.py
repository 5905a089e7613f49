"""What an e-book is made of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Literal

from booklet.epub.formulas import Mode

Profile = Literal["standard", "kindle", "kobo"]
Fonts = Literal["none", "subset"]


@dataclass(frozen=True, slots=True)
class Options:
    """What changes the bytes beside the book and the theme."""

    profile: Profile = "standard"
    fonts: Fonts = "none"
    maths: Mode = "mathml"
    signed: tuple[str, ...] = ()
    """The authors of the book, whom a chapter need not name again."""
    plan: bool = False
    """Is there a page to plan by?"""
    since: str = ""
    """ISO date: questions that were revised on that day or later have a mark."""

    @property
    def mode(self) -> Mode:
        """Kindle shows no MathML."""
        return "svg" if self.profile == "kindle" else self.maths


@dataclass(frozen=True, slots=True)
class File:
    """A file of the package that is no document of the spine. `properties` as the manifest names them."""

    name: str
    media_type: str
    data: bytes = field(repr=False)
    properties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """What a chapter holds that the package must declare."""

    pictures: int = 0
    silent: int = 0
    """Pictures without an alternative text."""
    formulas: int = 0
    broken: int = 0
    """Formulas that do not parse, and pictures that could not be had."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A chapter set for the e-book, apart from all others (`booklet.epub.settle` closes what is open in it).

    Its files hold `<?at PLACE?>` where a page may begin, `<?number?>` for the chapter's number, `href="#ID"` for
    any place of the book, `src="asset:DIGEST.EXT"` for pictures.
    """

    id: str
    title: str
    language: str
    files: tuple[str, ...] = field(repr=False)
    """XHTML: the chapter, or the pieces of one that is too large for a reader."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Id of a question → its title as XHTML, for the list of all questions."""
    letters: Mapping[str, str] = field(default_factory=dict)
    """The kind of face (`booklet.epub.faces`) → the characters that are set in it."""
    counts: Counts = Counts()

    def dump(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def load(cls, data: bytes) -> Draft:
        values = json.loads(data)
        return cls(**{**values, "files": tuple(values["files"]), "counts": Counts(**values["counts"])})


@dataclass(frozen=True, slots=True)
class Document:
    """An XHTML document of the spine. `properties` as the manifest names them: mathml, svg."""

    name: str
    title: str
    xhtml: str = field(repr=False)

    @property
    def properties(self) -> tuple[str, ...]:
        signs = (("mathml", "<math"), ("svg", "<svg"))
        return tuple(name for name, sign in signs if sign in self.xhtml)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the navigation: where it leads, what it says, what stands below it."""

    href: str
    title: str
    language: str = ""
    """Where it differs from the book's."""
    children: tuple[Line, ...] = ()

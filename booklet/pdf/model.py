"""What flows through the PDF back-end. The seam is `Piece` → `LaidOut` → `Linked`; it never moves."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from booklet.convert.spots import PageMap
from booklet.fonts import Face
from booklet.model import Entry, Formula

Kind = Literal["cover", "front", "part", "chapter", "back", "end"]
"""`end`: the back cover of a two-sided book."""
Place = tuple[int, float, float]
"""A page of a piece, from 0, and a point on it in pt from its lower left corner."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What is laid out alone: a whole HTML document, and what it needs beside the theme."""

    id: str
    kind: Kind
    html: str
    language: str
    formulas: Mapping[str, Formula] = field(default_factory=dict)
    """Address of the image (`booklet.pdf.formulas.key`) → formula."""
    path: str | None = None
    """The post that it is made from, for findings."""
    places: Mapping[str, int] = field(default_factory=dict)
    """The name of a paragraph (`booklet.convert.places.name`) → its line in the post."""
    pictures: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """The digest of a picture → what the post calls it, and on which line."""


@dataclass(frozen=True, slots=True)
class Order:
    """A piece that can be composed, in any process: `inputs` is all that `make` depends on beside theme and program.

    Without inputs it is cheaper to compose than to remember.
    """

    id: str
    make: Callable[[], Piece]
    inputs: tuple[str, ...] = ()
    path: str | None = None
    """As `Piece.path`."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A piece as far as the key of its pages goes. `emoji`: does it need the face for them?"""

    digest: str
    language: str
    emoji: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """Ink that only the linker knows: the folio, a page number, the chapter's number, its tab.

    `width`, `height` of the box in pt; `size` of the type in pt; `glyphs`: character →
    glyph id and advance in 1/1000 em.
    """

    name: str
    url: str
    page: int
    width: float
    height: float
    font: str
    size: float
    align: str
    colour: tuple[float, float, float]
    glyphs: dict[str, tuple[int, float]]


@dataclass(frozen=True, slots=True)
class FontUse:
    """How a piece uses a font: WeasyPrint's own record, without pointers, and the face it was cut from."""

    face: Face
    record: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A piece on its pages. The PDF has neither font files nor page numbers yet."""

    id: str
    kind: Kind
    language: str
    pages: int
    destinations: dict[str, Place]
    slots: tuple[Slot, ...]
    fonts: tuple[FontUse, ...]
    digests: dict[str, str]
    """Name of an image or outline → digest of its content, so that the book keeps one of equals."""
    links: tuple[str, ...]
    """The ids that its links name."""
    pdf: bytes = field(repr=False)

    def dump(self) -> bytes:
        """As bytes for the cache: a line of JSON, then the PDF. Slots of one type share its glyphs."""
        values = asdict(self)
        pdf: bytes = values.pop("pdf")
        values["types"] = types = list[dict[str, tuple[int, float]]]()
        for slot in values["slots"]:
            if slot["glyphs"] not in types:
                types.append(slot["glyphs"])
            slot["glyphs"] = types.index(slot["glyphs"])
        return json.dumps(values, ensure_ascii=False, sort_keys=True).encode() + b"\n" + pdf

    @classmethod
    def load(cls, data: bytes) -> LaidOut:
        head, _, pdf = data.partition(b"\n")
        values = json.loads(head)
        values["destinations"] = {name: tuple(place) for name, place in values["destinations"].items()}
        values["links"] = tuple(values["links"])
        types = [{c: (gid, width) for c, (gid, width) in glyphs.items()} for glyphs in values.pop("types")]
        values["slots"] = tuple(_slot(slot, types) for slot in values["slots"])
        values["fonts"] = tuple(FontUse(_face(use["face"]), use["record"]) for use in values["fonts"])
        return cls(**values, pdf=pdf)


def _face(values: dict[str, Any]) -> Face:
    return Face(**{**values, "pins": tuple((axis, place) for axis, place in values["pins"])})


def _slot(values: dict[str, Any], types: Sequence[dict[str, tuple[int, float]]]) -> Slot:
    return Slot(**{**values, "colour": tuple(values["colour"]), "glyphs": types[values["glyphs"]]})


@dataclass(frozen=True, slots=True)
class Plan:
    """What the linker must know of the whole book."""

    title: str
    language: str
    contents: tuple[Entry, ...]
    """The tree of bookmarks; each entry's id is a destination."""
    chapters: Mapping[str, int] = field(default_factory=dict)
    """Id of each piece that belongs to a chapter → the chapter's number."""
    authors: tuple[str, ...] = ()
    description: str = ""
    identifier: str = ""
    date: str = ""
    version: str = ""
    two_sided: bool = False
    tabs: float = 274.0
    """pt: the height of all fore-edge tabs together."""
    cited: Mapping[str, str] = field(default_factory=dict)
    """Id of each chapter and question → its number in the book."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """Question → its label, which the tabs carry as a dictionary's pages do."""
    crop_marks: bool = False


@dataclass(frozen=True, slots=True)
class Linked:
    """The finished PDF, the folios of its pages, and the folio on which each destination stands."""

    pdf: bytes = field(repr=False)
    labels: tuple[str, ...]
    folios: dict[str, str]

    @property
    def pages(self) -> int:
        return len(self.labels)

    def page_map(self, edition: str) -> PageMap:
        return PageMap(edition, self.labels, self.folios)

    def dump(self) -> bytes:
        """As bytes for the cache: a line of JSON, then the PDF."""
        head = {"labels": self.labels, "folios": self.folios}
        return json.dumps(head, ensure_ascii=False, sort_keys=True).encode() + b"\n" + self.pdf

    @classmethod
    def load(cls, data: bytes) -> Linked:
        head, _, pdf = data.partition(b"\n")
        values = json.loads(head)
        return cls(pdf, tuple(values["labels"]), values["folios"])

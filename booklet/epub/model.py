"""What an e-book is made of."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class File:
    """A file of the package that is no document of the spine."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Document:
    """An XHTML document of the spine. `properties` as the manifest names them: mathml, svg."""

    name: str
    title: str
    xhtml: bytes = field(repr=False)
    properties: tuple[str, ...] = ()
    linear: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the navigation: where it leads, what it says, what stands below it."""

    href: str
    title: str
    html: str
    children: tuple[Line, ...] = ()

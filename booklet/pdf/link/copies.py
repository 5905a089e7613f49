"""The pieces' pages, copied into the file that becomes the book before all of them are known."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import Any

from booklet.pdf.model import LaidOut

SHARED = ("/OutputIntents", "/ViewerPreferences", "/MarkInfo")
"""What every piece says alike of the whole file."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A piece without its own PDF: its pages, their resources (one object, forms included), its structure tree."""

    piece: LaidOut
    pages: list[Any]
    resources: Any
    tree: Any


class Copies:
    """`out`: the book's file. Its bytes depend on the order of copying, for qpdf sorts by the numbers of objects."""

    def __init__(self) -> None:
        import pikepdf

        self.out = pikepdf.new()
        self._taken: dict[int, Copied] = {}
        self._kept: dict[str, Any] = {}
        self._colours: Any = None

    def in_order(self) -> list[Copied]:
        return [self._taken[number] for number in sorted(self._taken)]

    def take(self, number: int, piece: LaidOut) -> None:
        """Copy a piece. `number`: its place among the pieces of the book."""
        import pikepdf

        with pikepdf.open(io.BytesIO(piece.pdf)) as source:
            self._drop_known(source.pages[0].Resources, piece)
            pages = [self.out.copy_foreign(page.obj) for page in source.pages]
            tree = self.out.copy_foreign(source.Root.StructTreeRoot)  # after the pages, so that /Pg finds their copies
            if self._colours is None:
                self._take_shared(source)
        resources = pages[0].Resources
        self._share(resources, piece)
        self._taken[number] = Copied(replace(piece, pdf=b""), pages, resources, tree)

    def _drop_known(self, resources: Any, piece: LaidOut) -> None:
        """What the book has already is not copied: pictures, outlines, the colour profile."""
        if self._colours is not None:
            del resources.ColorSpace
        for name, digest in piece.digests.items():
            if digest in self._kept:
                del resources.XObject[name]

    def _take_shared(self, source: Any) -> None:
        """One piece speaks for the book."""
        for key in SHARED:
            if key in source.Root:
                self.out.Root[key] = self.out.copy_foreign(source.make_indirect(source.Root[key]))

    def _share(self, resources: Any, piece: LaidOut) -> None:
        """Give what was not copied, keep what was not known."""
        import pikepdf

        if self._colours is None:
            self._colours = resources.ColorSpace
        resources.ColorSpace = self._colours
        if "/XObject" not in resources:
            resources.XObject = pikepdf.Dictionary()
        for name, digest in piece.digests.items():
            if digest in self._kept:
                resources.XObject[name] = self._kept[digest]
            else:
                self._kept[digest] = resources.XObject[name]

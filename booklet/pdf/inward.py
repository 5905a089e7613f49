"""Links inside the book: to names, which stand in any piece; the linker says where they lie."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from booklet.pdf.names import plain

LINK = "book:"


def point(pdf: Any) -> Iterator[str]:
    """Every link to `book:ID` becomes a link to that name; gives the names."""
    import pikepdf

    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            target = str(annotation.get("/A", {}).get("/URI", ""))
            if target.startswith(LINK):
                name = unquote(target.removeprefix(LINK))
                del annotation.A
                annotation.Dest = pikepdf.String(plain(name))
                annotation.Contents = pikepdf.String(name)
                yield name

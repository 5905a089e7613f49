"""Name trees of a PDF: destinations, ids of table heads."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote


def name_tree(pdf: Any, items: dict[str, Any]) -> Any:
    """A name tree of one leaf, its names in order (PDF 32000-1 §7.9.6); see `plain`."""
    import pikepdf

    pairs = sorted(((plain(name), item) for name, item in items.items()), key=lambda pair: pair[0])
    leaf = [part for name, item in pairs for part in (pikepdf.String(name), item)]
    return pdf.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array(leaf)))


def plain(name: str) -> str:
    """The name in ASCII, the rest percent-encoded: readers differ whether others sort by bytes or by characters."""
    return quote(name, safe="".join(map(chr, range(0x20, 0x7F))).replace("%", ""))

"""What is drawn for the eye alone is not read out: artifacts, outside the structure (ISO 14289-1 §7.1).

The dots that lead to a page number are; and what a template gives `role="presentation"`, such as the cover's drawing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from booklet.pdf.continued import leave

Element = Any
MARK = "Ornament"
"""The key that says so of an element until `take_out`."""


def marked(plain: Any) -> Any:
    """WeasyPrint's `_build_box_tree`, which then marks the elements of ornaments."""

    def build(box: Any, *rest: Any) -> Iterator[Any]:
        mute = getattr(box, "is_leader", False) or getattr(box.element, "attrib", {}).get("role") == "presentation"
        for element in plain(box, *rest):
            if mute:
                element[MARK] = "true"
            yield element

    return build


def take_out(elements: Sequence[Element], document: Element) -> None:
    """Elements that are marked hang outside the document's own: `repair` makes artifacts of what hangs so."""
    for element in elements:
        if f"/{MARK}" in element:
            leave(element)
            element.P = document

"""The dots that lead to a page number, as one run of text: WeasyPrint makes a box, and an element of the structure, a
dot, which is most of a table of contents."""

from __future__ import annotations

from typing import Any


def joined(plain: Any) -> Any:
    """WeasyPrint's `handle_leader`, its many boxes put together. They end where they ended, so dots stay in columns."""

    def handle_leader(context: Any, line: Any, containing_block: Any) -> None:
        from weasyprint.layout.leader import leader_index

        plain(context, line, containing_block)
        _, leader = leader_index(line)
        if leader is not None and len(leader.children) > 1:
            leader.children = (_one(context, leader.children),)

    return handle_leader


def _one(context: Any, boxes: Any) -> Any:
    """`boxes`: from right to left, all alike."""
    from weasyprint.text.line_break import split_first_line

    made = boxes[0].copy()
    end = made.position_x + made.width
    made.text = made.text * len(boxes)
    made.pango_layout, _, _, made.width, *_ = split_first_line(made.text, made.style, context, None, 0)
    made.position_x = end - made.width
    return made

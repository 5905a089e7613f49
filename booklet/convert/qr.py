"""QR codes: what a page of paper can offer of what plays or lies elsewhere."""

from __future__ import annotations

import html

QUIET = 2
"""Modules of white round a code; the paper about it is white as well."""


def qr(text: str) -> str:
    """The code as an `<img>` of SVG, its text the alternative text; the text alone where no code holds so much."""
    import segno

    try:
        made = segno.make(text, error="m", micro=False)
    except segno.DataOverflowError:
        return f"<span>{html.escape(text)}</span>"
    address = made.svg_data_uri(border=QUIET, omitsize=True, xmldecl=False, nl=False)
    return f'<img class="qr" alt="{html.escape(text)}" src="{html.escape(address)}"/>'

"""A page of a finished PDF as a picture."""

from __future__ import annotations

import io

WIDTH = 1400
"""px: as wide as the covers of shops."""


def picture(pdf: bytes, page: int = 0) -> bytes:
    """The page as PNG, `WIDTH` px wide."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page]
        image = sheet.render(scale=WIDTH / sheet.get_width()).to_pil().convert("RGB")
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=9)
    return buffer.getvalue()

"""A plain cover, for where no page can be laid out and the theme's own cannot be drawn: the title on white."""

from __future__ import annotations

import io
import re
from typing import Any

from booklet import fonts
from booklet.model import Book

WIDTH, HEIGHT = 1200, 1704
"""px, the proportion of A5."""
INK, PAPER = "#1c1a19", "#ffffff"
COLUMN = 120
"""px: the left edge of everything."""


def plain(book: Book) -> bytes:
    """A PNG, the same bytes on every machine."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    lines = lines_of(book.title)
    size = min(180, int((WIDTH - 2 * COLUMN) / max(map(_em, lines))))
    for n, line in enumerate(lines):
        pen.text((COLUMN, HEIGHT / 3 + n * size * 1.15), line, INK, _font(size, book.title))
    for place, size, words in ((1450, 40, book.subtitle), (1560, 34, "、".join(book.authors))):
        if words:
            pen.text((COLUMN, place), words, INK, _font(size, words))
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=9)
    return buffer.getvalue()


def _em(text: str) -> float:
    return sum(1.0 if ord(c) > 0x2E80 else 0.6 for c in text) or 1


def lines_of(title: str) -> list[str]:
    """A title in one or two lines of about the same width, words whole."""
    words = re.findall(r"[\x21-\x7e]+\s*|[^\x00-\x7f]|\s", title)
    if _em(title) <= 5 or len(words) < 2:
        return [title]
    cut = min(range(1, len(words)), key=lambda n: abs(_em("".join(words[:n])) - _em("".join(words[n:]))))
    return ["".join(words[:cut]).strip(), "".join(words[cut:]).strip()]


def _font(size: int, text: str) -> Any:
    from PIL import ImageFont

    face = fonts.face_of("Booklet Hei", 700, False)
    data = fonts.cut(face, set(map(ord, text)))
    return ImageFont.truetype(io.BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)

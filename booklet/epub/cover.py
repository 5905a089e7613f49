"""The cover as a picture, drawn from the book as the PDF's is: a row a chapter, a cell a question."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import Any

from booklet import fonts
from booklet.model import Book

WIDTH, HEIGHT = 1200, 1704
"""px, the proportion of A5."""
RED, INK, WHITE = "#b9301c", "#1c1a19", "#ffffff"
COLUMN = 120
"""px: the column line, 42 of 420 pt."""
TOP, FOOT = 189, 990
STEP = 103
TAB = 103


def png(book: Book) -> bytes:
    """1200 × 1704 px, the same bytes on every machine."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), RED)
    pen = ImageDraw.Draw(image)
    _comb(pen, book)
    _title(pen, book)
    pen.text((COLUMN, 80), book.date, WHITE, _font(26, book.date))
    if book.subtitle:
        pen.text((COLUMN, 1450), book.subtitle, WHITE, _font(40, book.subtitle))
    authors = "、".join(book.authors)
    pen.text((COLUMN, 1560), authors, WHITE, _font(34, authors))
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=False, compress_level=9)
    return buffer.getvalue()


def _comb(pen: Any, book: Book) -> None:
    """Rows shrink where there are many chapters, cells where there are many questions."""
    step = min(STEP, (FOOT - TOP) / max(len(book.chapters), 1))
    height = step * 5 / 6
    for n, chapter in enumerate(book.chapters):
        y = TOP + n * step
        pen.rectangle((WIDTH - TAB, y, WIDTH, y + height), WHITE)
        pen.text(
            (WIDTH - TAB / 2, y + height / 2), str(n + 1), RED, _font(int(height * 0.45), "0123456789"), anchor="mm"
        )
        pitch = min(step, (WIDTH - TAB - COLUMN) / max(len(chapter.questions), 1))
        for place, question in enumerate(chapter.questions):
            right = WIDTH - TAB - place * pitch - (step - height)
            box = (right - pitch * 5 / 6, y, right, y + height)
            if question.status == "unanswered":
                pen.rectangle(box, None, INK, 3)
            else:
                pen.rectangle(box, INK)


def _title(pen: Any, book: Book) -> None:
    lines = lines_of(book.title)
    size = min(180, int((WIDTH - 2 * COLUMN) / max(map(_em, lines))))
    for n, line in enumerate(lines):
        pen.text((COLUMN - 6, FOOT + n * size * 1.15), line, WHITE, _font(size, book.title))


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
    return _cut(size, "".join(sorted(set(text))))


@cache
def _cut(size: int, characters: str) -> Any:
    from PIL import ImageFont

    face = fonts.face_of("Booklet Hei", 700, False)
    data = fonts.cut(face, set(map(ord, characters)))
    return ImageFont.truetype(io.BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)

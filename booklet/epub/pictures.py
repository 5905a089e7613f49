"""Pictures of the book as files that every reader shows (EPUB 3.3 §3.2)."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from booklet.epub.model import File
from booklet.model import Book

KEPT = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/svg+xml": "svg"}
LARGEST = 2400
"""px a side: no e-reader shows more, and some refuse it."""
HEAVY = 3 << 20
"""Bytes. A photograph saved as PNG becomes a JPEG."""
QUALITY = 88


class Cache(Protocol):
    """The part of `booklet.cache.Cache` that is needed here."""

    def remember(self, kind: str, inputs: Sequence[bytes | str], make: Callable[[], bytes]) -> bytes: ...


def files(book: Book, asset: Callable[[str], bytes], cache: Cache) -> dict[str, File]:
    """Each picture once, by digest: as it is, unless a reader would not show it."""
    result: dict[str, File] = {}
    for chapter in book.chapters:
        for item in chapter.assets:
            if item.sha256 and item.sha256 not in result:
                result[item.sha256] = _file(item.sha256, item.media_type or "image/png", asset(item.sha256), cache)
    return result


def moving(pictures: Sequence[File]) -> int:
    """How many of them have several frames."""
    from PIL import Image

    gifs = [file for file in pictures if file.media_type == "image/gif"]
    return sum(getattr(Image.open(io.BytesIO(file.data)), "n_frames", 1) > 1 for file in gifs)


def _file(digest: str, kind: str, data: bytes, cache: Cache) -> File:
    if not shown(kind, data):
        data = cache.remember("picture/1", [digest], lambda: encoded(data))
        kind = "image/jpeg" if data[:2] == b"\xff\xd8" else "image/png"
    return File(f"images/{digest[:16]}.{KEPT[kind]}", kind, data)


def shown(kind: str, data: bytes) -> bool:
    """Will every reader show these bytes? Not WebP and BMP, nor what is huge, nor CMYK."""
    from PIL import Image

    if kind == "image/svg+xml":
        return True
    with Image.open(io.BytesIO(data)) as picture:
        fits = max(picture.size) <= LARGEST and (kind == "image/gif" or len(data) <= HEAVY)
        return kind in KEPT and fits and picture.mode not in ("CMYK", "YCCK", "LAB", "I;16", "I", "F")


def encoded(data: bytes) -> bytes:
    """PNG for drawings and what one can see through, JPEG for photographs, upright, without profiles and thumbnails."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data)) as source:
        picture: Any = ImageOps.exif_transpose(source)
        picture.thumbnail((LARGEST, LARGEST))
        clear = picture.has_transparency_data and picture.convert("RGBA").getextrema()[3][0] < 255
        photograph = source.format == "JPEG" or (not clear and picture.convert("RGB").getcolors(4096) is None)
        picture = picture.convert("RGBA" if clear else "RGB")
    buffer = io.BytesIO()
    if photograph:
        picture.save(buffer, "JPEG", quality=QUALITY)
    else:
        picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()

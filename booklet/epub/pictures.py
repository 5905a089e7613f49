"""Pictures of the book as files that every reader knows (EPUB 3.3 §3.2: GIF, JPEG, PNG, SVG, WebP)."""

from __future__ import annotations

import io
from collections.abc import Callable

from booklet.epub.model import File
from booklet.model import Book

KEPT = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/svg+xml": "svg"}
LARGEST = 2400
"""px: no e-reader shows more."""


def files(book: Book, asset: Callable[[str], bytes]) -> dict[str, File]:
    """Each picture once, by digest. WebP and others, which many readers do not show, become PNG; huge ones smaller."""
    result: dict[str, File] = {}
    for chapter in book.chapters:
        for item in chapter.assets:
            if item.sha256 and item.sha256 not in result:
                kind = item.media_type or "image/png"
                result[item.sha256] = _file(
                    item.sha256, kind, max(item.width or 0, item.height or 0), asset(item.sha256)
                )
    return result


def _file(digest: str, kind: str, largest: int, data: bytes) -> File:
    if kind in KEPT and largest <= LARGEST:
        return File(f"images/{digest[:16]}.{KEPT[kind]}", kind, data)
    made, kind = _encoded(data, jpeg=kind == "image/jpeg")
    return File(f"images/{digest[:16]}.{KEPT[kind]}", kind, made)


def _encoded(data: bytes, jpeg: bool) -> tuple[bytes, str]:
    from PIL import Image

    buffer = io.BytesIO()
    with Image.open(io.BytesIO(data)) as picture:
        picture.thumbnail((LARGEST, LARGEST))
        if jpeg:
            picture.convert("RGB").save(buffer, "JPEG", quality=88)
        else:
            picture.convert("RGBA").save(buffer, "PNG", optimize=True)
    return buffer.getvalue(), "image/jpeg" if jpeg else "image/png"

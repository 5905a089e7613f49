"""Book → EPUB 3.3."""

from booklet.epub.build import build

__all__ = ["build"]

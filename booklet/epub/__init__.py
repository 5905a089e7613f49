"""Book → EPUB 3.3. The seam is `Chapter` → `Draft`, one by one; `build` makes the file from the drafts."""

from booklet.epub.binding import bind
from booklet.epub.build import Given
from booklet.epub.cover import plain
from booklet.epub.metadata import Series
from booklet.epub.model import Options

__all__ = ["Given", "Options", "Series", "bind", "plain"]

"""Book → EPUB 3.3. The seam is `Chapter` → `Draft`, one by one; `build` makes the file from the drafts."""

from booklet.epub.artifacts import Asked, Printed, artifacts

__all__ = ["Asked", "Printed", "artifacts"]

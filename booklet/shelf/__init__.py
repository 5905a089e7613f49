"""The shelf: what stands beside the books of a release, and above all releases. Values in, bytes out.

A folder of releases looks so, and works from a file as well as on any static host:

    2026.11/          the books, notes, and `beside`: manifest.json, sbom.cdx.json, SHA256SUMS
    latest/           the files of the newest release under names that stay: what links and bookmarks point at
    index.html        `above`: the download page; index.en.html where the book has a twin
    latest.json, feed.xml, cover.png
"""

from booklet.shelf.above import above
from booklet.shelf.beside import beside
from booklet.shelf.model import View

__all__ = ["View", "above", "beside"]

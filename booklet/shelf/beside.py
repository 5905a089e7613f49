"""Beside the books, in a release's folder: what the files are, what they are made with, and how to check them.

Nothing here knows the clock or the machine: a release that is made again has the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from booklet.fonts.faces import Face
from booklet.ledger import Release, ReleasedFile
from booklet.shelf import sbom

MANIFEST, BILL, SUMS = "manifest.json", "sbom.cdx.json", "SHA256SUMS"
MEDIA = {"pdf": "application/pdf", "epub": "application/epub+zip", "apkg": "application/octet-stream"}


def beside(release: Release, files: Mapping[str, bytes], faces: Sequence[Face]) -> dict[str, bytes]:
    """The files of a release's folder, name → bytes: the given ones and what stands beside them.

    `files` are the books and the notes; `faces` the typefaces that the books are set with.
    """
    more = {MANIFEST: dumped(manifest(release)), BILL: dumped(sbom.bill(release, sbom.packages(), faces))}
    whole = {**files, **more}
    return {**whole, SUMS: sums(whole)}


def manifest(release: Release) -> dict[str, Any]:
    """The release for programs. Paths are relative to its folder."""
    names = ("version", "revision", "label", "date", "content_hash", "tool")
    return {
        "schema": "booklet/manifest/1",
        **{name: getattr(release, name) for name in names},
        "books": [asdict(book) for book in release.books],
        "files": [described(file) for file in release.files],
    }


def described(file: ReleasedFile) -> dict[str, Any]:
    """A file of a release, as manifest.json and latest.json have it."""
    return {**asdict(file), "media_type": MEDIA[file.kind]}


def sums(files: Mapping[str, bytes]) -> bytes:
    """What `sha256sum -c` reads: digest, two spaces, name, by name."""
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())).encode()


def dumped(value: Any) -> bytes:
    """JSON for people too: indented, keys in the order in which they are written down here."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()

"""What is equal in a piece's PDF and in the book: pictures and outlines by the digest of their content."""

from __future__ import annotations

import hashlib
from typing import Any


def of(resources: Any) -> dict[str, str]:
    """The digest of each picture and outline, so that the linker keeps one of equals."""
    found = {name: _digest(item) for name, item in resources.get("/XObject", {}).items()}
    return {name: digest for name, digest in found.items() if digest and not name.startswith("/slot")}


def _digest(item: Any) -> str | None:
    """Of a stream that refers to nothing but a soft mask; None for others."""
    import pikepdf

    mask = item.get("/SMask")
    rest = {key: value for key, value in item.items() if key not in ("/SMask", "/Length")}
    indirect = (v for v in rest.values() if isinstance(v, pikepdf.Object) and (v.is_indirect or b" R" in v.unparse()))
    if next(indirect, None) is not None:
        return None
    head = b"".join(key.encode() + _bytes(value) for key, value in sorted(rest.items()))
    below = (_digest(mask) or "").encode() if mask is not None else b""
    return hashlib.sha256(head + bytes(item.read_raw_bytes()) + below).hexdigest()


def _bytes(value: Any) -> bytes:
    import pikepdf

    return bytes(pikepdf.Object.unparse(value)) if isinstance(value, pikepdf.Object) else str(value).encode()

"""Pictures: from the page bundle, `static/`, `assets/` or the network into the store, under limits, in a jail."""

from __future__ import annotations

import binascii
import io
import re
from base64 import b64decode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from booklet.diagnostics import Diagnostic, Location, Noted, finding
from booklet.model import Asset, Post, Site

SIZE = 20 << 20
PIXELS = 50_000_000
ROOT_FOLDERS = ("assets", "content")
MISSING = "pictures/missing"
HINT = "put the file into the post's bundle or into static/, or correct the path"
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp", "BMP": "image/bmp"}
SVG = re.compile(rb"^\s*(?:\xef\xbb\xbf)?(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE[^>\[]*>\s*)?<svg\b", re.S)


class Store(Protocol):
    """The part of `booklet.cache.Store` that is needed here."""

    def put(self, data: bytes) -> str: ...


class Rejected(ValueError):
    """A picture that is there and cannot be used, in one sentence."""


@dataclass(frozen=True, slots=True)
class Library:
    """Where pictures may come from. `remote` fetches an address, or raises Offline."""

    root: Path
    store: Store
    remote: Callable[[str], bytes]

    def resolve(self, references: Sequence[tuple[str, int]], post: Post, site: Site) -> Noted[tuple[Asset, ...]]:
        """The assets of a post's pictures, in order; what cannot be had is a warning at its line."""
        found = [self._one(source, line, post, site) for source, line in references]
        return Noted(tuple(item.value for item in found), tuple(note for item in found for note in item.notes))

    def _one(self, source: str, line: int, post: Post, site: Site) -> Noted[Asset]:
        where = Location(post.path, line)
        try:
            data = self._bytes(source, post, site)
            safe, media, width, height = inspect(data)
        except Rejected as problem:
            note = finding(MISSING, f"the picture {_short(source)} cannot be used: {problem}", where, HINT)
            return Noted(Asset(source, "rejected", post.path, line), (note,))
        except Offline:
            note = _offline(source, where)
            return Noted(Asset(source, "offline", post.path, line), (note,))
        except OSError as problem:
            note = finding(MISSING, f"the picture {_short(source)} is not there: {problem}", where, HINT)
            return Noted(Asset(source, "missing", post.path, line), (note,))
        digest = self.store.put(safe)
        return Noted(Asset(source, "ok", post.path, line, digest, media, width, height))

    def _bytes(self, source: str, post: Post, site: Site) -> bytes:
        if source.startswith("data:"):
            return _data(source)
        address = f"https:{source}" if source.startswith("//") else source
        if urlsplit(address).scheme in ("http", "https"):
            return self.remote(address)
        path = self._local(source, post, site)
        if path.stat().st_size > SIZE:
            raise Rejected(f"it is larger than {SIZE >> 20} MB")
        return path.read_bytes()

    def _local(self, source: str, post: Post, site: Site) -> Path:
        """The file that a path means, inside the project. FileNotFoundError, Rejected outside."""
        name = unquote(urlsplit(source.replace("\\", "/")).path)
        below = [*site.static, *ROOT_FOLDERS, site.content]
        beside = [str(Path(post.path).parent)]
        stem = str(Path(post.path).with_suffix(""))
        folders = below if name.startswith("/") else [*beside, stem, *below]
        for folder in folders:
            path = self.root / folder / name.lstrip("/")
            if path.is_file():
                return inside(self.root, path)
        raise FileNotFoundError("no such file in the bundle, static/ or assets/")


def inside(root: Path, name: Path | str) -> Path:
    """A file of the project. Rejected for one that lies outside, by its name or through a link."""
    path = root / name
    if not path.resolve().is_relative_to(root.resolve()):
        raise Rejected("it lies outside the project")
    return path


class Offline(Exception):
    """The network is needed and forbidden."""


def _offline(source: str, where: Location) -> Diagnostic:
    hint = "build once with a network: pictures are kept in the cache"
    return finding("pictures/offline", f"the picture {_short(source)} was not fetched (--offline)", where, hint)


def _short(source: str) -> str:
    return source if len(source) < 120 else source[:117] + "…"


def _data(source: str) -> bytes:
    head, _, body = source.partition(",")
    try:
        return b64decode(body, validate=False) if head.endswith(";base64") else unquote_to_bytes(body)
    except (binascii.Error, ValueError):
        raise Rejected("its data: address is broken") from None


def inspect(data: bytes) -> tuple[bytes, str, int | None, int | None]:
    """The bytes as they may be used, media type, width and height in px. Rejected for what is no picture."""
    if SVG.match(data):
        return safe_svg(data), "image/svg+xml", None, None
    from PIL import Image, UnidentifiedImageError

    before, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None
    try:
        with Image.open(io.BytesIO(data)) as picture:
            width, height = picture.size
            kind = picture.format or ""
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise Rejected("it is no picture that can be read") from None
    finally:
        Image.MAX_IMAGE_PIXELS = before
    if width * height > PIXELS:
        raise Rejected(f"it has {width} × {height} pixels, more than {PIXELS // 1_000_000} million")
    if kind not in TYPES:
        return _as_png(data), "image/png", width, height
    return data, TYPES[kind], width, height


def _as_png(data: bytes) -> bytes:
    """A format that readers do not know (TIFF, AVIF, ICO) as PNG."""
    from PIL import Image

    buffer = io.BytesIO()
    with Image.open(io.BytesIO(data)) as picture:
        picture.convert("RGBA").save(buffer, "PNG")
    return buffer.getvalue()


ACTIVE = ("script", "foreignObject", "iframe", "animate", "set", "handler", "listener")
OUTWARD = re.compile(r"@import[^;]*;?|url\(\s*['\"]?(?!\s*['\"]?(?:#|data:image/))[^)]*\)", re.I)
"""In style sheets and attributes: what would be loaded from elsewhere."""


def safe_svg(data: bytes) -> bytes:
    """An SVG without scripts, event handlers, and references out of itself."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        raise Rejected(f"its SVG does not parse: {problem.msg}") from None
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or etree.QName(element).localname in ACTIVE:
            if (above := element.getparent()) is not None:
                above.remove(element)
            continue
        _disarm(element)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _disarm(element: Any) -> None:
    """Take away what acts or leads out, from one element."""
    from lxml import etree

    for name, value in list(element.attrib.items()):
        local = etree.QName(name).localname.lower()
        outward = local in ("href", "src") and not str(value).strip().startswith(("#", "data:image/"))
        if local.startswith("on") or outward:
            del element.attrib[name]
        else:
            element.set(name, OUTWARD.sub("none", str(value)))
    if etree.QName(element).localname == "style" and element.text:
        element.text = OUTWARD.sub("none", element.text)

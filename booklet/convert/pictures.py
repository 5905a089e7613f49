"""Pictures of a post: alternative texts that say something, bytes by digest, a marked box where there are none."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.diagnostics import Diagnostic, Location, Noted, counted, finding
from booklet.model import Asset, Post, Site

Resolve = Callable[[Sequence[tuple[str, int]], Post, Site], Noted[tuple[Asset, ...]]]
FILE_NAME = re.compile(
    r"^(?:(?:image|img|pic|picture|photo|figure|fig|screenshot|screen shot|截图|截屏|图片|图像|微信图片|qq图片"
    r"|pasted image|untitled|屏幕截图)"
    r"[\s_-]*[\d\s_.:-]*(?:\(\d+\))?|[\w-]*\d{6,}[\w-]*|[0-9a-f-]{16,}|.*\.(?:png|jpe?g|gif|svg|webp|bmp|avif))$",
    re.I,
)
LONGEST = 60
"""Characters of a file's name that is words."""
HASHED = re.compile(r"(?:[A-Za-z]+\d+){3}", re.A)
"""Letters and figures in turn: the name that a picture host gives."""


@dataclass(frozen=True, slots=True)
class Pictures:
    blocks: Nodes
    assets: tuple[Asset, ...]


def place(blocks: Nodes, post: Post, site: Site, resolve: Resolve) -> Noted[Pictures]:
    """Images point to `asset:<sha256>.<extension>` or become `.missing`, as `booklet.model` describes."""
    images = list(ast.of(blocks, "Image"))
    found = resolve(
        [(image["c"][2][0], int(ast.value(image, "line") or post.body_line)) for image in images], post, site
    )
    assets = iter(found.value)

    def visit(item: Node) -> Node | None:
        return _placed(item, next(assets)) if item["t"] == "Image" else None

    placed = ast.rewrite(ast.rewrite(blocks, visit), _missing_alone)
    return Noted(Pictures(placed, found.value), found.notes + _silent(images, post))


def _placed(item: Node, asset: Asset) -> Node:
    _, alt, (url, title) = item["c"]
    caption = alt if speaks(ast.plain(alt), url) else (ast.text(title) if speaks(title, url) else [])
    if asset.sha256 is None:
        return ast.span(["missing"], caption, source=url)
    target = f"asset:{asset.sha256}.{extension(asset.media_type)}"
    attr = [
        ast.attribute(item)[0],
        ast.attribute(item)[1],
        [p for p in ast.attribute(item)[2] if p[0] in ("width", "height", "alt")],
    ]
    return ast.node("Image", attr, caption, [target, title if speaks(title, url) else ""])


def speaks(alt: str, url: str) -> bool:
    """Does an alternative text tell anything? Not when it is empty or a file's name."""
    words = alt.strip()
    stem = PurePosixPath(unquote(urlsplit(url).path)).stem
    return bool(words) and words != stem and not FILE_NAME.match(words)


def named(source: str) -> str:
    """The words of a picture's own file name, for who cannot see it: `3.8_mlp.svg` → `3.8 mlp`; "" where it has none.

    No alternative text, but more than nothing: without it a screen reader spells the address.
    """
    stem = "" if source.startswith("data:") else PurePosixPath(unquote(urlsplit(source).path)).stem
    words = " ".join(re.split(r"[\s_-]+", stem)).strip()
    readable = len(words) <= LONGEST and any(map(str.isalpha, words)) and not FILE_NAME.match(stem)
    return words if readable and not HASHED.search(words) else ""


def told(image: Node, assets: Sequence[Asset], word: str) -> Node:
    """A picture without alternative text says that it is one (`word`), and its file's name; it gets no caption."""
    if ast.plain(image["c"][1]).strip() or ast.value(image, "alt"):
        return image
    asset = _asset(image, assets)
    return ast.with_value(image, "alt", f"{word} {named(asset.source) if asset else ''}".strip())


def begins(inlines: Nodes, assets: Sequence[Asset], narrow: int) -> bool:
    """Do the words begin with a picture, in a link or not, that is wider than so many pixels or has no size?"""
    first = inlines[0]
    while first["t"] in ast.WRAPPERS and ast.within(first):
        first = ast.within(first)[0]
    asset = _asset(first, assets) if first["t"] == "Image" else None
    return asset is not None and (asset.width or narrow + 1) > narrow


def _asset(image: Node, assets: Sequence[Asset]) -> Asset | None:
    digest = image["c"][2][0].removeprefix("asset:").partition(".")[0]
    return next((asset for asset in assets if asset.sha256 == digest), None)


def extension(media_type: str | None) -> str:
    """The file extension of a media type: `image/svg+xml` → svg."""
    name = (media_type or "image/png").split("/")[-1]
    return {"svg+xml": "svg", "jpeg": "jpg"}.get(name, name)


def _missing_alone(item: Node) -> Node | None:
    """A missing picture that has its paragraph to itself is a block."""
    inlines = item["c"] if item["t"] in ("Para", "Plain") else []
    if len(inlines) != 1 or inlines[0]["t"] != "Span" or not ast.has_class(inlines[0], "missing"):
        return None
    span = inlines[0]
    caption: Nodes = [ast.node("Plain", span["c"][1])] if span["c"][1] else []
    return ast.div(["missing"], caption, source=ast.value(span, "source") or "")


def _silent(images: Sequence[Node], post: Post) -> tuple[Diagnostic, ...]:
    """One warning for all pictures of the post that say nothing to who cannot see them."""
    silent = [image for image in images if not speaks(_said(image), image["c"][2][0])]
    if not silent:
        return ()
    lines = ", ".join(dict.fromkeys(str(ast.value(image, "line") or "?") for image in silent))
    message = f"{len(silent)} of {counted(len(images), 'picture')} without alternative text (lines: {lines})"
    where = Location(post.path, int(ast.value(silent[0], "line") or post.body_line))
    hint = "say between ![ and ] what the picture shows; in a diagram: accDescr: what it shows"
    return (finding("pictures/no-alt", message, where, hint),)


def _said(image: Node) -> str:
    return ast.value(image, "alt") or ast.plain(image["c"][1])

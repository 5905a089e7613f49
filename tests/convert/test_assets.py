"""Pictures: where they may come from, what they may cost, what is taken out of them."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from booklet.cache import Store
from booklet.convert.assets import PIXELS, Library, Offline, Rejected, inspect, safe_svg
from booklet.model import Asset, Site
from booklet.outside import Unreachable
from tests.convert.make import post

SITE = Site("content", "zh-Hans", "https://example.org/", passthrough=False)


def picture(kind: str = "PNG", mode: str = "RGB") -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, (3, 2), 128).save(buffer, kind)
    return buffer.getvalue()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in (
        "content/posts/a/near.png",
        "content/posts/beside.png",
        "static/img/图 一.PNG",
        "assets/deep.png",
        "../outside.png",
    ):
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(picture())
    return tmp_path / "site"


def resolve(root: Path, source: str, answer: bytes | Exception = b"") -> tuple[Asset, list[str]]:
    def remote(_: str) -> bytes:
        if isinstance(answer, Exception):
            raise answer
        return answer

    found = Library(root, Store(root / ".store"), remote).resolve(
        [(source, 7)], post("", path="content/posts/a.md"), SITE
    )
    return found.value[0], [f"{note.location}: {note.message}" for note in found.notes]


@pytest.mark.parametrize(
    "source",
    ["a/near.png", "beside.png", "/img/图 一.PNG", "/img/%E5%9B%BE%20%E4%B8%80.PNG", "deep.png", "beside.png?raw=true"],
)
def test_a_picture_of_the_site_is_found(root: Path, source: str) -> None:
    found, notes = resolve(root, source)
    assert (found.status, found.media_type, found.width, found.height, notes) == ("ok", "image/png", 3, 2, [])


@pytest.mark.parametrize("source", ["../../../outside.png", "/../outside.png", "..%2F..%2F..%2Foutside.png"])
def test_a_path_never_leads_out_of_the_project(root: Path, source: str) -> None:
    found, [note] = resolve(root, source)
    assert found.status in ("rejected", "missing")
    assert found.sha256 is None
    assert note.startswith("content/posts/a.md:7: ")


def test_an_absolute_path_is_the_sites(root: Path) -> None:
    found, _ = resolve(root, str(root.parent / "outside.png"))
    assert found.status == "missing"


def test_a_symlink_never_leads_out_of_the_project(root: Path) -> None:
    (root / "static/sly.png").symlink_to(root.parent / "outside.png")
    (root / "static/folder").symlink_to(root.parent)
    assert resolve(root, "/sly.png")[0].status == "rejected"
    assert resolve(root, "/folder/outside.png")[0].status == "rejected"


def test_a_symlink_that_bites_its_tail_is_missing(root: Path) -> None:
    (root / "static/loop.png").symlink_to(root / "static/loop.png")
    assert resolve(root, "/loop.png")[0].status == "missing"


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        (picture(), "ok", ""),
        (b"<html>not found</html>", "rejected", "no picture"),
        (Offline(), "offline", "--offline"),
        (Unreachable("the server answers 404 Not Found"), "missing", "404"),
    ],
)
def test_a_remote_picture_is_fetched_or_named(root: Path, answer: bytes | Exception, status: str, said: str) -> None:
    found, notes = resolve(root, "https://example.org/x.image", answer)
    assert found.status == status
    assert said in " ".join(notes)


def test_data_addresses_are_pictures_too(root: Path) -> None:
    assert resolve(root, "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E")[0].status == "ok"
    assert resolve(root, "data:image/png;base64,AAAA")[0].status == "rejected"


@pytest.mark.parametrize(
    ("kind", "mode", "media"),
    [
        ("PNG", "RGB", "image/png"),
        ("JPEG", "RGB", "image/jpeg"),
        ("GIF", "P", "image/gif"),
        ("WEBP", "RGB", "image/webp"),
        ("TIFF", "CMYK", "image/png"),
    ],
)
def test_each_format_comes_out_as_one_that_readers_know(kind: str, mode: str, media: str) -> None:
    data, found, width, height = inspect(picture(kind, mode))
    assert (found, width, height) == (media, 3, 2)
    assert Image.open(io.BytesIO(data)).size == (3, 2)


def bomb(side: int) -> bytes:
    """A PNG that says it has `side` × `side` pixels, in a few bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def test_too_many_pixels_are_refused_before_they_are_unpacked() -> None:
    with pytest.raises(Rejected, match="pixels"):
        inspect(bomb(int(PIXELS**0.5) + 1))


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", picture()[:40], b"<svg", b"GIF89a"])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(Rejected):
        inspect(data)


EVIL = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="alert(1)">
<script>alert(1)</script><foreignObject><p>x</p></foreignObject>
<style>@import url(https://example.org/a.css); .a { fill: url("https://example.org/b"); stroke: url(#g) }</style>
<a xlink:href="javascript:alert(1)"><circle r="1" onclick="x()"/></a>
<image href="https://example.org/pixel.png"/><use xlink:href="#g"/><image href="file:///etc/hostname"/>
<rect style="fill:url(http://example.org/c)" fill="url(#g)"/><animate attributeName="href" to="javascript:alert(1)"/>
</svg>"""


def test_an_svg_neither_acts_nor_reaches_out() -> None:
    text = safe_svg(EVIL).decode()
    for evil in ("script", "onload", "onclick", "foreignObject", "example.org", "file:", "animate"):
        assert evil not in text, evil
    root = etree.fromstring(text.encode())
    names = [etree.QName(element).localname for element in root.iter()]
    assert {"circle", "use", "rect"} <= set(names)
    assert 'fill="url(#g)"' in text
    assert 'href="#g"' in text


ENTITY = b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>'
LAUGHS = (
    b"<!DOCTYPE svg ["
    + b'<!ENTITY a0 "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    + b']><svg xmlns="http://www.w3.org/2000/svg"><text>&a11;</text></svg>'
)


@pytest.mark.parametrize("data", [ENTITY, LAUGHS])
def test_an_svgs_entities_read_no_file_and_fill_no_memory(data: bytes) -> None:
    try:
        text = inspect(data)[0]
    except Rejected:
        return
    assert len(text) < 4 * len(data)
    assert Path("/etc/hostname").read_bytes().strip() not in text or not Path("/etc/hostname").exists()

"""What the other machine does: open an order, say what it lacks for it, set the piece."""

from __future__ import annotations

import functools
import re
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from booklet.cache import Cache, Lost, Store, tool
from booklet.diagnostics import BookletError, Diagnostic, nested
from booklet.fonts import faces
from booklet.pdf import lay_out
from booklet.pdf.cluster.parcel import Parcel, opened
from booklet.pdf.model import Order, Piece, Sketch

ASSET = re.compile(r"asset:([0-9a-f]{64})")
SHAPING = ("weasyprint", "pydyf", "pikepdf", "pillow", "uharfbuzz", "fonttools")
"""Packages whose versions show in a page's bytes."""
_setting = threading.Lock()
"""The engine is one for a process: pieces are set one after another, however many threads ask."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One of these: the pages (`LaidOut.dump`) and their sketch, what is lacking, or why there are none.

    `versions`: of the program there, where it is not the one here.
    """

    pages: bytes = b""
    drawn: Sketch | None = None
    notes: tuple[Diagnostic, ...] = ()
    lacks: tuple[str, ...] = ()
    error: Diagnostic | None = None
    versions: tuple[str, ...] = ()


class _Asking(Store):
    """A store that remembers what it was asked for in vain, for not everybody lets a KeyError through."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.lacks: list[str] = []

    def get(self, digest: str) -> bytes:
        try:
            return super().get(digest)
        except Lost:
            self.lacks.append(digest)
            raise


@functools.cache
def versions() -> tuple[str, ...]:
    """Of all that decides the bytes of a page, the system's libraries aside."""
    return (tool(), *(f"{name} {version(name)}" for name in SHAPING))


def work(order: Parcel, style: Parcel, wanted: tuple[str, ...], given: Sequence[bytes]) -> Reply:
    """Set a piece. `wanted`: versions that must be the same here; `given`: what earlier replies said was lacking."""
    if wanted != versions():
        return Reply(versions=versions())
    with _setting:
        cache = Cache(folder())
        for data in given:
            cache.store.put(data)
        if given:
            cache.sweep()
        asking = _Asking(cache.store.root)
        try:
            reply = _set(order, style, cache, asking)
        except Lost:
            reply = Reply()
        except BookletError as problem:
            reply = Reply(error=problem.diagnostic)
        return Reply(lacks=tuple(dict.fromkeys(asking.lacks))) if asking.lacks else reply


def _set(order: Parcel, style: Parcel, cache: Cache, store: Store) -> Reply:
    if lacks := sorted(digest for digest in order.needs | style.needs if not store.has(digest)):
        return Reply(lacks=tuple(lacks))
    for digest in order.fonts | style.fonts:
        faces.elsewhere[digest] = store.root / digest
    asked: Order = opened(order, cache, store)
    try:
        return _made(asked.make(), opened(style, cache, store), cache, store)
    except RecursionError:
        return Reply(error=nested(asked.path).diagnostic)


def _made(piece: Piece, style: lay_out.Style, cache: Cache, store: Store) -> Reply:
    if lacks := [digest for digest in dict.fromkeys(ASSET.findall(piece.html)) if not store.has(digest)]:
        return Reply(lacks=tuple(lacks))
    made = lay_out.lay_out(piece, style, store.get, cache)
    return Reply(made.value.dump(), lay_out.sketch(piece), made.notes)


@functools.cache
def folder() -> Path:
    """Where this process keeps what it was sent: Dask's own folder, which it clears away, or a temporary one."""
    with suppress(ImportError, ValueError):
        from distributed import get_worker

        return Path(get_worker().local_directory) / "booklet"
    return Path(tempfile.mkdtemp(prefix="booklet-"))

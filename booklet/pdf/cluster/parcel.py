"""An order on its way to another machine: pickled without anything of this one, its files by their SHA-256."""

from __future__ import annotations

import functools
import io
import json
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from booklet.cache import Cache, Store, write
from booklet.fonts import Face
from booklet.resources import themes

Sent = tuple[tuple[str, str], frozenset[str]]
"""A folder as a parcel names it, and the digests of what is in it."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A pickled value. `needs`: digests of what must be in the store where it is opened; `fonts` are among them."""

    data: bytes
    needs: frozenset[str]
    fonts: frozenset[str]


class Packing:
    """What leaves this machine in one run. Files that it needs are put into the store, each of them read once."""

    def __init__(self, store: Store) -> None:
        self.put: Callable[[Path], str] = functools.cache(lambda file: store.put(file.read_bytes()))
        self.folder: Callable[[Path], Sent] = functools.cache(functools.partial(_folder, store, self.put))

    def packed(self, value: object) -> Parcel:
        """A value in which caches, folders and font files may occur."""
        file = io.BytesIO()
        packer = _Packer(file, self)
        packer.dump(value)
        return Parcel(file.getvalue(), frozenset(packer.needs | packer.fonts), frozenset(packer.fonts))


def _folder(store: Store, put: Callable[[Path], str], folder: Path) -> Sent:
    """A theme that every booklet brings along by its name, any other folder by what is in it."""
    if folder.is_relative_to(themes()):
        return ("Theme", folder.relative_to(themes()).as_posix()), frozenset()
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): put(path) for path in files}
    listed = store.put(json.dumps(names, ensure_ascii=False).encode())
    return ("Folder", listed), frozenset((listed, *names.values()))


def opened(parcel: Parcel, cache: Cache, store: Store) -> Any:
    """The value, with a cache, a store and folders of this machine. Lost for what the store lacks."""
    return _Opener(io.BytesIO(parcel.data), cache, store).load()


class _Packer(pickle.Pickler):
    def __init__(self, file: io.BytesIO, packing: Packing) -> None:
        super().__init__(file)
        self.packing = packing
        self.needs: set[str] = set()
        self.fonts: set[str] = set()

    def persistent_id(self, item: object) -> tuple[str, str] | None:
        if isinstance(item, Cache | Store):
            return type(item).__name__, ""
        if isinstance(item, Path):
            name, needs = self.packing.folder(item)
            self.needs |= needs
            return name
        if isinstance(item, Face) and not item.package:
            self.fonts.add(self.packing.put(Path(item.file)))
        return None


class _Opener(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, cache: Cache, store: Store) -> None:
        super().__init__(file)
        self.cache, self.store = cache, store

    def persistent_load(self, found: tuple[str, str]) -> object:
        kind, name = found
        if kind == "Cache":
            return self.cache
        if kind == "Store":
            return self.store
        return themes() / name if kind == "Theme" else self._folder(name)

    def _folder(self, listed: str) -> Path:
        folder = self.cache.root / "folders" / listed
        for name, digest in json.loads(self.store.get(listed)).items():
            if not (folder / name).is_file():
                write(folder / name, self.store.get(digest))
        return folder

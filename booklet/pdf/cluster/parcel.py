"""An order on its way to another machine: pickled without anything of this one, its files by their SHA-256."""

from __future__ import annotations

import io
import json
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from booklet.cache import Cache, Store, write
from booklet.fonts import Face
from booklet.resources import themes


@dataclass(frozen=True, slots=True)
class Parcel:
    """A pickled value. `needs`: digests of what must be in the store where it is opened; `fonts` are among them."""

    data: bytes
    needs: frozenset[str]
    fonts: frozenset[str]


def packed(value: object, cache: Cache) -> Parcel:
    """A value in which caches, folders and font files may occur. Files that it needs are put into the cache's store."""
    file = io.BytesIO()
    packer = _Packer(file, cache.store)
    packer.dump(value)
    return Parcel(file.getvalue(), frozenset(packer.needs), frozenset(packer.fonts))


def opened(parcel: Parcel, cache: Cache, store: Store) -> Any:
    """The value, with a cache, a store and folders of this machine. Lost for what the store lacks."""
    return _Opener(io.BytesIO(parcel.data), cache, store).load()


class _Packer(pickle.Pickler):
    def __init__(self, file: io.BytesIO, store: Store) -> None:
        super().__init__(file)
        self.store = store
        self.needs: set[str] = set()
        self.fonts: set[str] = set()
        self._folders: dict[Path, tuple[str, str]] = {}

    def persistent_id(self, item: object) -> tuple[str, str] | None:
        if isinstance(item, Cache | Store):
            return type(item).__name__, ""
        if isinstance(item, Path):
            if item not in self._folders:
                self._folders[item] = self._folder(item)
            return self._folders[item]
        if isinstance(item, Face) and not item.package:
            self.fonts.add(self._put(Path(item.file)))
        return None

    def _folder(self, folder: Path) -> tuple[str, str]:
        """A theme that every booklet brings along by its name, any other folder by what is in it."""
        if folder.is_relative_to(themes()):
            return "Theme", folder.relative_to(themes()).as_posix()
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        names = {path.relative_to(folder).as_posix(): self._put(path) for path in files}
        listed = self.store.put(json.dumps(names, ensure_ascii=False).encode())
        self.needs.add(listed)
        return "Folder", listed

    def _put(self, file: Path) -> str:
        digest = self.store.put(file.read_bytes())
        self.needs.add(digest)
        return digest


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

"""A content-addressed store on disk: what was made once from the same inputs is not made again.

Safe to delete at any time, safe under two builds at once; a damaged entry is made anew, never trusted.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from booklet.diagnostics import Diagnostic, Location, Noted, Severity, failure

T = TypeVar("T")
DIGEST = 32
"""Bytes of SHA-256 before each entry's content."""
KINDS = frozenset(
    "ast case chapter cover diagram draft epub files folds font hash imposed linked maths pages picture remote run "
    "sketch store".split()
)
"""The folders of a cache: the kinds of its entries, older ones too, the record of files, and the store."""
LIMIT = 2 << 30
"""Bytes. A sweep leaves so much, the longest unused entries go first."""


class Lost(KeyError):
    """The store lacks bytes that an entry promises: they were deleted, or damaged."""


class Cache:
    """Entries under `root/<kind>/`, pictures under `root/store/`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.store = Store(root / "store")

    def remember(self, kind: str, inputs: Sequence[bytes | str], make: Callable[[], bytes]) -> bytes:
        """The bytes that `make` gives for these inputs. `kind` names what they are, with a version: "ast/1"."""
        path = self._path(kind, inputs)
        found = _read(path)
        if found is None:
            found = make()
            keep(path, hashlib.sha256(found).digest() + found)
        return found

    def has(self, kind: str, inputs: Sequence[bytes | str]) -> bool:
        """Is there an entry? It may still prove damaged when it is read."""
        return self._path(kind, inputs).exists()

    def _path(self, kind: str, inputs: Sequence[bytes | str]) -> Path:
        assert kind.partition("/")[0] in KINDS, f"a cache has no entries of the kind {kind}"
        return self.root / kind / key(inputs)

    def remember_json(self, kind: str, inputs: Sequence[bytes | str], make: Callable[[], Noted[Any]]) -> Noted[Any]:
        """As `remember`, for a value of JSON types and what was noticed while it was made."""
        return self._json(kind, inputs, make)

    def remember_file(self, kind: str, inputs: Sequence[bytes | str], make: Callable[[], Noted[bytes]]) -> Noted[str]:
        """As `remember_json`, for large bytes: they lie in the store, the answer is their digest there."""

        def made() -> Noted[Any]:
            noted = make()
            return Noted(self.store.put(noted.value), noted.notes)

        found = self._json(kind, inputs, made)
        if not self.store.whole(found.value):
            self.forget(kind, inputs)
            found = self._json(kind, inputs, made)
        return found

    def known_json(self, kind: str, inputs: Sequence[bytes | str]) -> Noted[Any] | None:
        """What `remember_json` would answer without making anything; None where it would have to."""
        data = _read(self._path(kind, inputs))
        return _noted(data) if data is not None else None

    def known_file(self, kind: str, inputs: Sequence[bytes | str]) -> Noted[str] | None:
        """What `remember_file` would answer without making anything; None where it would have to.

        The bytes are there; whoever reads them finds out whether they are damaged (`Lost`, `mended`).
        """
        found = self.known_json(kind, inputs)
        return found if found is not None and self.store.has(found.value) else None

    def forget(self, kind: str, inputs: Sequence[bytes | str]) -> None:
        """Drop an entry, if there is one."""
        self._path(kind, inputs).unlink(missing_ok=True)

    def _json(self, kind: str, inputs: Sequence[bytes | str], make: Callable[[], Noted[Any]]) -> Noted[Any]:

        def made() -> bytes:
            noted = make()
            value = {"value": noted.value, "notes": [dumped(note) for note in noted.notes]}
            return json.dumps(value, ensure_ascii=False).encode()

        return _noted(self.remember(kind, inputs, made))

    def sweep(self, limit: int = LIMIT) -> None:
        """Delete the entries that were not used for longest, until at most `limit` bytes are left.

        Other files in the folder are left alone: `--cache DIR` may name one with other things in it.
        """
        entries = sorted(self._files(), reverse=True)
        total = 0
        for _, size, path in entries:
            total += size
            if total > limit:
                Path(path).unlink(missing_ok=True)

    def _files(self) -> Iterator[tuple[float, int, str]]:
        """Time of use, size in bytes and path of everything that is kept."""
        for kind in KINDS:
            for folder, _, names in os.walk(self.root / kind):
                for name in names:
                    path = os.path.join(folder, name)  # noqa: PTH118  ten thousand Path objects take 0.1 s
                    try:
                        stat = os.stat(path)  # noqa: PTH116
                    except OSError:
                        continue
                    yield stat.st_mtime, stat.st_size, path


class Store:
    """Bytes by their SHA-256: pictures."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        if not self.whole(digest):
            keep(self.root / digest, data)
        return digest

    def whole(self, digest: str) -> bool:
        """Are the bytes there, undamaged?"""
        try:
            self.get(digest)
        except KeyError:
            return False
        return True

    def has(self, digest: str) -> bool:
        """Is there a file? It may still prove damaged when it is read; it will not be swept soon."""
        try:
            os.utime(self.root / digest)
        except OSError:
            return False
        return True

    def get(self, digest: str) -> bytes:
        """Lost for a digest that was never put, or whose file is damaged."""
        try:
            data = (self.root / digest).read_bytes()
            os.utime(self.root / digest)
        except OSError:
            raise Lost(digest) from None
        if hashlib.sha256(data).hexdigest() != digest:
            (self.root / digest).unlink(missing_ok=True)
            raise Lost(digest)
        return data

    def drop(self, digests: Iterable[str]) -> None:
        """Delete what nobody will want any more; who still does finds it lost, and makes it anew."""
        for digest in digests:
            (self.root / digest).unlink(missing_ok=True)

    def mend(self) -> None:
        """Delete every damaged file."""
        for path in self.root.glob("*"):
            self.whole(path.name)


def mended(cache: Cache, make: Callable[[], T]) -> T:
    """What `make` gives: again, where it finds bytes missing or damaged that were thought to be there."""
    try:
        return make()
    except Lost:
        cache.store.mend()
        return make()


@functools.cache
def tool() -> str:
    """The digest of booklet's own source: entries made by other code are not used."""
    package = Path(__file__).parent
    files = sorted(
        path for path in package.rglob("*") if path.suffix in (".py", ".toml", ".conf") and "bundle" not in path.parts
    )
    return key(part for path in files for part in (path.relative_to(package).as_posix(), path.read_bytes()))


def key(inputs: Iterable[bytes | str]) -> str:
    """A name for inputs: their lengths count, so that no two lists share one."""
    digest = hashlib.sha256()
    for item in inputs:
        data = item.encode() if isinstance(item, str) else item
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def write(path: Path, data: bytes) -> None:
    """All or nothing: a temporary file beside it, then a rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def keep(path: Path, data: bytes) -> None:
    """BookletError where the cache cannot be written."""
    try:
        write(path, data)
    except OSError as problem:
        hint = "name another folder with --cache, or do without one: --no-cache"
        message = f"cannot write to the cache {path.parent}: {problem.strerror}"
        raise failure("build/cache", message, hint=hint) from None


def _read(path: Path) -> bytes | None:
    """An entry's content, if it is whole; its time of use is the file's."""
    try:
        data = path.read_bytes()
        os.utime(path)
    except OSError:
        return None
    content = data[DIGEST:]
    return content if hashlib.sha256(content).digest() == data[:DIGEST] else None


def _noted(data: bytes) -> Noted[Any]:
    """An entry of `remember_json` and `remember_file`."""
    entry = json.loads(data)
    return Noted(entry["value"], tuple(loaded(note) for note in entry["notes"]))


def dumped(note: Diagnostic) -> dict[str, Any]:
    """A finding as JSON, for the cache and for `--json`: absent is null."""
    place = note.location or Location("")
    where = {"path": place.path or None, "line": place.line, "column": place.column}
    return {"code": note.code, "severity": str(note.severity), "message": note.message, **where, "hint": note.hint}


def loaded(value: Mapping[str, Any]) -> Diagnostic:
    place = Location(value["path"], value["line"], value["column"]) if value["path"] else None
    return Diagnostic(value["code"], Severity(value["severity"]), value["message"], place, value["hint"])

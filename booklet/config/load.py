"""Where the configuration comes from: file, environment, language; and what is said when it is wrong."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from booklet.config.tables import Config
from booklet.diagnostics import BookletError, Location, failure

NAME = "booklet.toml"
PREFIX = "BOOKLET_"
Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Project:
    """The folder that all paths are relative to, its configuration, and the file that it was read from."""

    root: Path
    config: Config
    file: Path | None = None
    twins: tuple[str, ...] = ()
    """The languages that the file has tables for."""

    def place(self, *path: str) -> Location | None:
        """Where a key stands: `place("theme", "red")`; None where no file says so."""
        return Location(self.file.name, _line(_text(self.file), path)) if self.file else None


@dataclass(frozen=True, slots=True)
class _Read:
    """A configuration file as it was read, for messages with lines."""

    file: Path | None
    root: Path
    text: str
    table: Table


def load(start: Path, environ: Mapping[str, str], file: Path | None = None, language: str | None = None) -> Project:
    """The project of a folder: `booklet.toml` or `[tool.booklet]`, found upward; without one, the folder itself.

    `BOOKLET_BOOK__TITLE=…` overrides `title` under `[book]`; `[language.en.book]` overrides keys for that language.
    BookletError (exit 4) names the line of what is wrong.
    """
    read = _read(_found(start.resolve(), file), start.resolve())
    table = _merged(read.table, _from_environment(environ))
    twins = table.pop("language", {})
    _check(read, table)
    for code in twins if isinstance(twins, dict) else ():
        _check(read, _merged(table, twins[code]), f"language.{code}")
    chosen = language or table.get("book", {}).get("language")
    config = Config.model_validate(_merged(table, _twin(twins, chosen)))
    return Project(read.root, config, read.file, tuple(twins) if isinstance(twins, dict) else ())


def schema() -> dict[str, Any]:
    """JSON Schema of `booklet.toml`, for editors."""
    return Config.model_json_schema()


def _found(start: Path, file: Path | None) -> Path | None:
    if file is not None:
        if not file.is_file():
            raise failure("config/missing", f"there is no file {file}", hint="name a file with -c, or a folder with -C")
        return file.resolve()
    if not start.is_dir():
        raise failure("config/missing", f"there is no folder {start}", hint="name the folder of the site with -C")
    for folder in (start, *start.parents):
        if (folder / NAME).is_file():
            return folder / NAME
        if "[tool.booklet" in _text(folder / "pyproject.toml"):
            return folder / "pyproject.toml"
    return None


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _read(file: Path | None, start: Path) -> _Read:
    if file is None:
        return _Read(None, start, "", {})
    text = _text(file)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        found = re.search(r"line (\d+)", str(problem))
        line = int(found[1]) if found else text.count("\n") + 1
        message = str(problem).partition(" (at")[0]
        raise failure("config/syntax", f"the file is no TOML: {message}", Location(file.name, line)) from None
    inside: Table = table.get("tool", {}).get("booklet", {}) if file.name == "pyproject.toml" else table
    return _Read(file, file.parent, text, inside)


def _from_environment(environ: Mapping[str, str]) -> Table:
    """`BOOKLET_PDF__TOC_DEPTH=2` → {"pdf": {"toc_depth": 2}}; a value that is no TOML is a text."""
    table: Table = {}
    for name in sorted(environ):
        head, separator, tail = name.removeprefix(PREFIX).partition("__")
        if name.startswith(PREFIX) and separator:
            table.setdefault(head.lower(), {})[tail.lower()] = _value(environ[name])
    return table


def _value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _merged(base: Table, more: Table) -> Table:
    result = dict(base)
    for name, value in more.items():
        known = result.get(name)
        result[name] = _merged(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return result


def _twin(twins: Any, language: str | None) -> Table:
    """The overrides for a language, by its code or the first part of it."""
    if not isinstance(twins, dict) or not language:
        return {}
    found: Table = twins.get(language) or twins.get(language.split("-")[0]) or {}
    return found


def _check(read: _Read, table: Table, inside: str = "") -> None:
    """BookletError for the first thing that is wrong."""
    try:
        Config.model_validate(table)
    except ValidationError as problem:
        raise next(_faults(read, problem, inside)) from None


def _faults(read: _Read, problem: ValidationError, inside: str) -> Iterator[BookletError]:
    for error in problem.errors():
        path = [str(part) for part in error["loc"] if not isinstance(part, int)]
        name = ".".join([*([inside] if inside else []), *path])
        where = Location(read.file.name, _line(read.text, path)) if read.file else None
        if error["type"] == "extra_forbidden":
            near = difflib.get_close_matches(path[-1], _keys(Config, path[:-1]), 1)
            hint = f"did you mean {near[0]}?" if near else f"keys here: {', '.join(_keys(Config, path[:-1]))}"
            yield failure("config/unknown-key", f"unknown key {name}", where, hint)
        else:
            yield failure("config/bad-value", f"{name}: {error['msg'][0].lower()}{error['msg'][1:]}", where)


def _keys(model: type[BaseModel], path: Sequence[str]) -> list[str]:
    """The keys of the table at a path."""
    for name in path:
        kind: Any = model.model_fields[name].annotation
        inner = [arg for arg in getattr(kind, "__args__", ()) if isinstance(arg, type) and issubclass(arg, BaseModel)]
        model = inner[0] if inner else kind
    return list(model.model_fields)


def _line(text: str, path: Sequence[str]) -> int | None:
    """The line of a key: after the header of its table, the first that begins with it; else the header's."""
    lines = text.split("\n")
    *tables, last = path
    header = re.compile(
        r"^\s*\[+\s*(?:tool\.booklet\.)?(?:language\.\S+\.)?" + r"\.".join(map(re.escape, tables)) + r"\s*\]+"
    )
    starts = [n for n, line in enumerate(lines) if header.match(line)] if tables else [0]
    own = re.compile(rf"^\s*(?:\[+\s*(?:tool\.booklet\.)?)?[\"']?{re.escape(last)}[\"']?\s*[=\].]")
    for start in starts:
        for n in range(start, len(lines)):
            if own.match(lines[n]):
                return n + 1
    dotted = re.compile(r"^\s*" + r"\s*\.\s*".join(map(re.escape, path)) + r"\s*=")
    found = [n for n, line in enumerate(lines) if dotted.match(line)] or (starts if tables else [])
    return found[0] + 1 if found else None

"""Front matter: YAML, TOML or JSON at the top of a file, read strictly, its values reduced to JSON types."""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from booklet.diagnostics import Location, failure

BROKEN = "source/front-matter"
FENCES = {"---": "yaml", "+++": "toml"}
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""No text: XML forbids them (XML 1.0 §2.2), and no face has glyphs for them."""
LARGEST = 10_000
"""Values in one front matter. YAML's aliases could make millions of a few lines."""
ISO = re.compile(
    r"^(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$"
)


@dataclass(frozen=True, slots=True)
class Document:
    """A file, cut in two. `body_line` is the line of the file, from 1, at which the body starts."""

    front: dict[str, Any] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1


def read(data: bytes, path: str) -> Document:
    """Front matter and body of a file. BookletError (exit 6) with the line of what cannot be read."""
    text = _text(data, path)
    first = text.split("\n", 1)[0].rstrip()
    if first in FENCES:
        return _fenced(text, first, path)
    if first.startswith("{") and not first.startswith("{{"):
        return _json(text, path)
    return Document({}, text, 1)


def _text(data: bytes, path: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        message = f"the file is not UTF-8 (byte {data[problem.start]:#04x})"
        raise failure("source/encoding", message, Location(path, line), "save it as UTF-8") from None
    return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _fenced(text: str, fence: str, path: str) -> Document:
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == fence), None)
    if end is None:
        hint = f"close it with a line that holds only {fence}"
        raise failure(BROKEN, "the front matter is not closed", Location(path, 1), hint)
    block = "\n".join(lines[1:end])
    front = _yaml(block, path) if fence == "---" else _toml(block, path)
    return Document(_table(front, path), "\n".join(lines[end + 1 :]), end + 2)


def _json(text: str, path: str) -> Document:
    try:
        front, end = json.JSONDecoder().raw_decode(text)
    except json.JSONDecodeError as problem:
        raise failure(BROKEN, f"the JSON front matter: {problem.msg}", Location(path, problem.lineno)) from None
    return Document(_table(front, path), text[end:].lstrip("\n"), text[:end].count("\n") + 2)


def _toml(block: str, path: str) -> Any:
    try:
        return tomllib.loads(block)
    except tomllib.TOMLDecodeError as problem:
        found = re.search(r"line (\d+)", str(problem))
        line = int(found[1]) + 1 if found else block.count("\n") + 2
        raise failure(BROKEN, f"the TOML front matter: {problem}", Location(path, line)) from None


def _yaml(block: str, path: str) -> Any:
    """YAML by python-frontmatter's handler, but a key given twice is an error."""
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    try:
        return YAMLHandler().load(block, Loader=_strict_loader())
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line = mark.line + 2 if mark else 1
        raise failure(BROKEN, f"the YAML front matter: {problem.problem}", Location(path, line)) from None
    except (yaml.YAMLError, ValueError) as problem:
        raise failure(BROKEN, f"the YAML front matter: {problem}", Location(path, 1)) from None


def _strict_loader() -> Any:
    """The safe loader, strict about duplicate keys."""
    import yaml

    class Strict(yaml.SafeLoader):
        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
            seen: set[Any] = set()
            for key, _ in node.value:
                if key.value in seen:
                    twice = f"the key {key.value!r} is given twice"
                    raise yaml.constructor.ConstructorError(None, None, twice, key.start_mark)
                seen.add(key.value)
            return super().construct_mapping(node, deep=deep)

    return Strict


def _table(front: Any, path: str) -> dict[str, Any]:
    if front is None:
        return {}
    if not isinstance(front, dict):
        raise failure(BROKEN, "the front matter is no table of keys and values", Location(path, 1))
    if not _fits(front):
        raise failure(BROKEN, f"the front matter holds more than {LARGEST:,} values", Location(path, 1))
    return {str(key): plain(value) for key, value in front.items()}


def _fits(front: Any) -> bool:
    """Has it at most LARGEST values, aliases written out?"""
    waiting, count = [front], 0
    while waiting and count <= LARGEST:
        value = waiting.pop()
        count += 1
        if isinstance(value, dict | list | tuple | set):
            waiting += value.values() if isinstance(value, dict) else value
    return count <= LARGEST


def plain(value: Any) -> Any:
    """A value as JSON has it: dates as ISO text, keys as text."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(item) for item in value]
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def moment(text: str) -> datetime.datetime | None:
    """A date or time as written → an aware time that sorts with all others (UTC where no zone is given)."""
    match = ISO.match(text.strip())
    if not match:
        return None
    zone = (match[7] or "Z").replace("Z", "+00:00")
    clock = f"{int(match[4] or 0):02}:{match[5] or '00'}:{match[6] or '00'}"
    try:
        return datetime.datetime.fromisoformat(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}T{clock}{zone}")
    except ValueError:
        return None

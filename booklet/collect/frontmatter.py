"""Front matter: YAML, TOML or JSON at the top of a file, read strictly, its values reduced to JSON types."""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from booklet.collect.keys import WRITTEN
from booklet.diagnostics import BookletError, Location, failure

BROKEN = "source/front-matter"
FENCES = {"---": "yaml", "+++": "toml"}
JSON = re.compile(r'\{\s*["}]')
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""No text: XML forbids them (XML 1.0 §2.2), and no face has glyphs for them."""
LARGEST = 10_000
"""Values in one front matter. YAML's aliases could make millions of a few lines."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file, cut in two. `body_line` is the line of the file, from 1, at which the body starts."""

    front: dict[str, Any] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    head: str = field(default="", repr=False)
    """All of the file before the body."""

    def line(self, key: str) -> int:
        """The line of the file on which a key of the front matter stands, in another case if not in this one."""
        pattern = rf"^[\s{{,]*[\"']?{re.escape(key)}[\"']?\s*[:=]"
        found = re.search(pattern, self.head, re.M) or re.search(pattern, self.head, re.M | re.I)
        return self.head.count("\n", 0, found.end()) + 1 if found else 1


def read(data: bytes, path: str) -> Document:
    """Front matter and body of a file. BookletError (exit 6) with the line of what cannot be read.

    As in Hugo, blank lines may stand before the front matter.
    """
    text = _text(data, path)
    start = len(text) - len(text.lstrip())
    lead, rest = text[:start], text[start:]
    first = rest.split("\n", 1)[0].rstrip()
    if first in FENCES:
        return _fenced(rest, first, path, lead.count("\n"))
    return _json(rest, path, lead.count("\n")) if JSON.match(rest) else Document({}, text, 1)


def _text(data: bytes, path: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        message = f"the file is not UTF-8 (byte {data[problem.start]:#04x})"
        raise failure("source/encoding", message, Location(path, line), "save it as UTF-8") from None
    return CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _fenced(text: str, fence: str, path: str, above: int) -> Document:
    """`above`: how many lines stand before the opening fence."""
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == fence), None)
    if end is None:
        hint = f"close it with a line that holds only {fence}"
        raise failure(BROKEN, "the front matter is not closed", Location(path, above + 1), hint)
    block = "\n".join(lines[1:end])
    front = _yaml(block, path, above + 2) if fence == "---" else _toml(block, path, above + 2)
    head = "\n" * above + "\n".join(lines[: end + 1]) + "\n"
    return Document(_table(front, path), "\n".join(lines[end + 1 :]), above + end + 2, head)


def _json(text: str, path: str, above: int) -> Document:
    try:
        front, end = json.JSONDecoder(object_pairs_hook=_once).raw_decode(text)
    except json.JSONDecodeError as problem:
        where = Location(path, above + problem.lineno)
        raise failure(BROKEN, f"the JSON front matter: {problem.msg}", where) from None
    except _Twice as problem:
        places = list(re.finditer(rf"{re.escape(json.dumps(problem.key, ensure_ascii=False))}\s*:", text))
        line = above + text.count("\n", 0, places[1].start() if len(places) > 1 else 0) + 1
        raise failure(BROKEN, f"the JSON front matter: {problem}", Location(path, line)) from None
    rest = text[end:]
    body = rest.lstrip("\n")
    below = len(rest) - len(body)
    head = "\n" * above + text[:end] + "\n" * below
    return Document(_table(front, path), body, head.count("\n") + 1, head)


class _Twice(Exception):
    """A key that stands twice in one JSON object."""

    def __init__(self, key: str) -> None:
        super().__init__(f"the key {key!r} is given twice")
        self.key = key


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for key, value in pairs:
        if key in table:
            raise _Twice(key)
        table[key] = value
    return table


def _toml(block: str, path: str, line: int) -> Any:
    """`line`: the line of the file on which the block starts."""
    try:
        return tomllib.loads(block)
    except tomllib.TOMLDecodeError as problem:
        found = re.search(r"line (\d+)", str(problem))
        at = line + (int(found[1]) - 1 if found else block.count("\n"))
        message = str(problem).partition(" (at")[0]
        raise failure(BROKEN, f"the TOML front matter: {message}", Location(path, at)) from None


def _yaml(block: str, path: str, line: int) -> Any:
    """YAML by python-frontmatter's handler, but a key given twice is an error."""
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    try:
        return YAMLHandler().load(block, Loader=_strict_loader())
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        at = mark.line + line if mark else 1
        raise _broken_yaml(problem.problem or str(problem), path, at) from None
    except (yaml.YAMLError, ValueError) as problem:
        raise _broken_yaml(str(problem).partition("\n")[0], path, line) from None


def _broken_yaml(problem: str, path: str, line: int) -> BookletError:
    hint = "put the value between quotation marks" if problem.startswith("mapping values") else None
    return failure(BROKEN, f"the YAML front matter: {problem}", Location(path, line), hint)


def _strict_loader() -> Any:
    """The safe loader, strict about duplicate keys; dates stay as they are written, and so do texts like `1.10`."""
    import yaml

    class Strict(yaml.SafeLoader):
        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Hashable, Any]:
            seen: set[Any] = set()
            for key, value in node.value:
                if isinstance(key.value, str) and key.value in seen:
                    twice = f"the key {key.value!r} is given twice"
                    raise yaml.constructor.ConstructorError(None, None, twice, key.start_mark)
                seen.add(key.value if isinstance(key.value, str) else id(key))
                if str(key.value).lower() in WRITTEN:
                    _as_written(value)
            return super().construct_mapping(node, deep=deep)

    Strict.add_constructor("tag:yaml.org,2002:timestamp", yaml.SafeLoader.construct_yaml_str)  # type: ignore[type-var]
    return Strict


def _as_written(node: Any) -> None:
    """A number, date or truth value that stands for a text keeps its letters: `title: 1.10`, `tags: [3.10]`."""
    items = node.value if isinstance(node.value, list) else [node]
    for item in items:
        if getattr(item, "id", "") == "scalar" and item.tag.rpartition(":")[2] in ("int", "float", "bool"):
            item.tag = "tag:yaml.org,2002:str"


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

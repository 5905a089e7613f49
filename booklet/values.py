"""Frozen values ↔ JSON, by their types: dataclasses, tuples, mappings, literals, unions."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

T = TypeVar("T")
Read = Callable[[Any], Any]


def plain(value: Any) -> Any:
    """A value in JSON's own types; what JSON knows already is not copied."""
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def typed(kind: type[T], data: Any) -> T:
    """The value of that type of which `plain` gave the data."""
    key: Any = kind
    result: T = _reader(key)(data)
    return result


@cache
def _reader(kind: Any) -> Read:
    """How values of a type are made; made once for each type."""
    if is_dataclass(kind) and isinstance(kind, type):
        return _of_fields(kind)
    arguments = get_args(kind)
    if get_origin(kind) is tuple:
        return _of_items(arguments)
    if get_origin(kind) in (typing.Union, types.UnionType):
        return _of_choices([choice for choice in arguments if choice is not type(None)])
    return _same


def _same(data: Any) -> Any:
    return data


def _of_fields(kind: Any) -> Read:
    hints = typing.get_type_hints(kind)
    readers: Mapping[str, Read] = {one.name: _reader(hints[one.name]) for one in fields(kind)}
    return lambda data: kind(**{name: readers[name](item) for name, item in data.items()})


def _of_items(arguments: tuple[Any, ...]) -> Read:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        one = _reader(arguments[0])
        return tuple if one is _same else lambda data: tuple(one(item) for item in data)
    each = [_reader(argument) for argument in arguments]
    return lambda data: tuple(read(item) for read, item in zip(each, data, strict=True))


def _of_choices(choices: list[Any]) -> Read:
    """None stays None; of several dataclasses it is the one that has these fields."""
    if not any(is_dataclass(choice) for choice in choices):
        return _same
    known = {frozenset(one.name for one in fields(choice)): _reader(choice) for choice in choices}
    return lambda data: None if data is None else known[frozenset(data)](data)

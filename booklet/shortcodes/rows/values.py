"""Data as JavaScript writes it: objects, lists, text, numbers; names without quotation marks, commas at the end."""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"(?:\s+|//[^\n]*|/\*.*?\*/)*(?:(?P<text>\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`)"
    r"|(?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)|(?P<name>[A-Za-z_$][\w$.-]*)|(?P<sign>[\[\]{}:,])|(?P<end>\Z))",
    re.S | re.I,
)
NAMES = {"true": True, "false": False, "null": None, "undefined": None}


class Unreadable(ValueError):
    """The text is more than data: a call, a function, an expression."""


def parse(text: str) -> object:
    """The value. Unreadable for anything else, and for what is nested deeper than fifty times."""
    tokens = []
    place = 0
    while True:
        match = TOKEN.match(text, place)
        if match is None:
            raise Unreadable
        kind = str(match.lastgroup)
        if kind == "end":
            break
        tokens.append((kind, match[kind]))
        place = match.end()
    value, rest = _value(tokens, 0, 0)
    if rest != len(tokens):
        raise Unreadable
    return value


Tokens = list[tuple[str, str]]


def _value(tokens: Tokens, n: int, depth: int) -> tuple[object, int]:
    if n >= len(tokens) or depth > 50:
        raise Unreadable
    kind, word = tokens[n]
    if kind == "text":
        return re.sub(r"\\(.)", r"\1", word[1:-1]), n + 1
    if kind == "number":
        number = float(word)
        return (int(number) if number.is_integer() and "e" not in word.lower() else number), n + 1
    if kind == "name" and word in NAMES:
        return NAMES[word], n + 1
    if word == "[":
        return _list(tokens, n + 1, depth)
    if word == "{":
        return _object(tokens, n + 1, depth)
    raise Unreadable


def _list(tokens: Tokens, n: int, depth: int) -> tuple[object, int]:
    items = []
    while n < len(tokens) and tokens[n][1] != "]":
        value, n = _value(tokens, n, depth + 1)
        items.append(value)
        n = _comma(tokens, n, "]")
    return items, n + 1


def _object(tokens: Tokens, n: int, depth: int) -> tuple[object, int]:
    items: dict[str, object] = {}
    while n + 2 < len(tokens) and tokens[n][1] != "}":
        key = tokens[n][1].strip("\"'`")
        if tokens[n][0] == "sign" or tokens[n + 1][1] != ":":
            raise Unreadable
        items[key], n = _value(tokens, n + 2, depth + 1)
        n = _comma(tokens, n, "}")
    if n >= len(tokens) or tokens[n][1] != "}":
        raise Unreadable
    return items, n + 1


def _comma(tokens: Tokens, n: int, end: str) -> int:
    """Past a comma; at the end of the list or object there may be none."""
    if n < len(tokens) and tokens[n] == ("sign", ","):
        return n + 1
    if n < len(tokens) and tokens[n] == ("sign", end):
        return n
    raise Unreadable

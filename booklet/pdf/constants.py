"""Custom properties that are the same all over a document, put in where style sheets use them.

WeasyPrint works out `var()` and `calc()` anew for every element: an eighth of the time that a chapter takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from xml.etree import ElementTree

START = re.compile(r"<html\b[^>]*>")
SET = re.compile(r"(--[\w-]+)\s*:")
"""A custom property in a `style` attribute."""
POINTS = {"pt": 1.0, "mm": 72 / 25.4, "in": 72.0, "px": 0.75}
DEEPEST = 16
"""Properties that name properties that name …"""
Tokens = list[Any]
Amount = tuple[float, bool]
"""A number, and whether it is a length in pt."""


class _Unknown(Exception):
    """No sum of constants."""


def start_of(html: str) -> str:
    """The start tag of a document, on which its constants depend."""
    found = START.search(html)
    return found[0] if found else ""


def set_inside(html: str, texts: Sequence[str]) -> frozenset[str]:
    """The properties that an element below the root sets for itself, of those that might be taken for constants."""
    declared = {name for text in (*texts, start_of(html)) for name in SET.findall(text)}
    return frozenset(declared.intersection(SET.findall(START.sub("", html, count=1))))


def folded(texts: Sequence[str], start: str, inside: frozenset[str]) -> list[str]:
    """Style sheets for a document that begins with the tag `start`. `inside`: properties that are no constants."""
    import tinycss2

    try:
        root = ElementTree.fromstring(f"{start}</html>")
    except ElementTree.ParseError:
        return list(texts)
    values = {name: value for name, value in _constants(texts, root).items() if name not in inside}
    parsed = [tinycss2.parse_component_value_list(text) for text in texts]
    return [tinycss2.serialize(_folded(tokens, values)) for tokens in parsed]


def _constants(texts: Sequence[str], root: Any) -> dict[str, Tokens]:
    """The properties that rules give to the root and to nothing else, by the cascade."""
    import cssselect2
    import tinycss2

    element = cssselect2.ElementWrapper.from_html_root(root)
    given: dict[str, tuple[Any, Tokens]] = {}
    elsewhere: set[str] = set()
    for rule in (rule for text in texts for rule in tinycss2.parse_stylesheet(text, skip_comments=True)):
        if rule.type == "at-rule":
            elsewhere |= set(SET.findall(tinycss2.serialize(rule.content or [])))
        elif rule.type == "qualified-rule":
            here = list(_properties(rule.content))
            if not here:
                continue
            if not _is_root(tinycss2.serialize(rule.prelude)):
                elsewhere |= {name for name, _ in here}
                continue
            weights = [s.specificity for s in cssselect2.compile_selector_list(rule.prelude) if s.test(element)]
            for name, value in here if weights else ():
                if name not in given or given[name][0] <= max(weights):
                    given[name] = (max(weights), value)
    own = dict(_properties(root.get("style", "")))
    return {name: value for name, (_, value) in given.items() if name not in elsewhere} | own


def _properties(content: Any) -> Iterable[tuple[str, Tokens]]:
    import tinycss2

    for item in tinycss2.parse_declaration_list(content, skip_comments=True, skip_whitespace=True):
        if item.type == "declaration" and item.name.startswith("--"):
            yield item.name, _trimmed(item.value)


def _trimmed(tokens: Tokens) -> Tokens:
    inside = [n for n, token in enumerate(tokens) if token.type != "whitespace"]
    return tokens[inside[0] : inside[-1] + 1] if inside else []


def _is_root(selector: str) -> bool:
    """Can it match nothing but the root? `:root`, `html[lang]`, `html:not(:lang(zh))`, but nothing below or beside."""
    return re.fullmatch(r"(:root|html)([:\[][^\s>+~,]*)?", selector.strip()) is not None


def _folded(tokens: Tokens, values: dict[str, Tokens], depth: int = 0) -> Tokens:
    """Tokens with constants in the place of `var()`, and sums of constants worked out."""
    result: Tokens = []
    for token in tokens:
        if token.type == "function" and token.lower_name == "var" and depth < DEEPEST:
            name = next((part.value for part in token.arguments if part.type == "ident"), "")
            result += _folded(values[name], values, depth + 1) if name in values else [token]
            continue
        for part in ("content", "arguments"):
            if isinstance(getattr(token, part, None), list):
                setattr(token, part, _folded(getattr(token, part), values, depth))
        result.append(_summed(token) if token.type == "function" and token.lower_name == "calc" else token)
    return result


def _summed(token: Any) -> Any:
    import tinycss2

    try:
        value, is_length = _sum(_spaceless(token.arguments))
    except (_Unknown, ZeroDivisionError):
        return token
    return tinycss2.parse_one_component_value(f"{value!r}{'pt' if is_length else ''}")


def _spaceless(tokens: Iterable[Any]) -> Tokens:
    return [token for token in tokens if token.type not in ("whitespace", "comment")]


def _sum(tokens: Tokens) -> Amount:
    """CSS Values 3 §8.1, left to right."""
    return _chain(tokens, {"+": _plus, "-": lambda a, b: _plus(a, (-b[0], b[1]))}, _product)


def _product(tokens: Tokens) -> Amount:
    return _chain(tokens, {"*": _times, "/": lambda a, b: _times(a, (1 / b[0], _number(b)))}, _single)


def _chain(
    tokens: Tokens, signs: dict[str, Callable[[Amount, Amount], Amount]], below: Callable[[Tokens], Amount]
) -> Amount:
    """Operands between signs of one rank."""
    places = [n for n, token in enumerate(tokens) if token.type == "literal" and token.value in signs]
    ends = [*places, len(tokens)]
    total = below(tokens[: ends[0]])
    for place, end in zip(places, ends[1:], strict=True):
        total = signs[tokens[place].value](total, below(tokens[place + 1 : end]))
    return total


def _plus(a: Amount, b: Amount) -> Amount:
    if a[1] != b[1]:
        raise _Unknown
    return a[0] + b[0], a[1]


def _times(a: Amount, b: Amount) -> Amount:
    if a[1] and b[1]:
        raise _Unknown
    return a[0] * b[0], a[1] or b[1]


def _number(amount: Amount) -> bool:
    if amount[1]:
        raise _Unknown
    return False


def _single(tokens: Tokens) -> Amount:
    if len(tokens) != 1:
        raise _Unknown
    [token] = tokens
    if token.type == "number":
        return token.value, False
    if token.type == "dimension" and token.lower_unit in POINTS:
        return token.value * POINTS[token.lower_unit], True
    if token.type == "() block":
        return _sum(_spaceless(token.content))
    raise _Unknown

"""The variables of a theme: each has a type and a default, and `[theme]` in `booklet.toml` may set it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Value = str | int | float | bool
TYPES = {
    "colour": (re.compile(r"#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}"), "a colour such as #b9301c"),
    "length": (re.compile(r"-?\d+(\.\d+)?(pt|mm|cm|in|em)"), "a length such as 12pt or 3mm"),
    "text": (re.compile(r"[^\x00-\x1f]*"), "a text"),
}
NAME = re.compile(r"[a-z][a-z0-9-]*")


class Wrong(ValueError):
    """A value that its variable does not take, or a declaration that declares nothing."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A declaration of `theme.toml`. `least` and `most` bound a whole number; `choices` are those of a choice; `same`
    names the variable whose value this one takes where nobody sets it."""

    name: str
    type: str
    default: Value
    about: str = ""
    choices: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    same: str = ""

    def checked(self, value: Any) -> Value:
        """The value, or `Wrong` with what is expected instead."""
        if not self._fits(value):
            raise Wrong(f"{self.name} is {self.expected}, not {value!r}")
        return value  # type: ignore[no-any-return]

    @property
    def expected(self) -> str:
        if self.type == "choice":
            return f"one of {', '.join(self.choices)}"
        if self.type == "number":
            return "a whole number" + (f" from {self.least} to {self.most}" if self.most is not None else "")
        return "true or false" if self.type == "flag" else TYPES[self.type][1]

    def _fits(self, value: Any) -> bool:
        if self.type == "flag":
            return isinstance(value, bool)
        if self.type == "number":
            whole = isinstance(value, int) and not isinstance(value, bool)
            return whole and (self.least is None or value >= self.least) and (self.most is None or value <= self.most)
        if self.type == "choice":
            return value in self.choices
        return isinstance(value, str) and bool(TYPES[self.type][0].fullmatch(value))


def declared(name: str, table: Mapping[str, Any]) -> Variable:
    """A variable from its table in `theme.toml`; `Wrong` for a table that makes none."""
    known = {"type", "default", "same", "about", "choices", "least", "most"}
    if (
        not NAME.fullmatch(name)
        or "type" not in table
        or len({"default", "same"} & set(table)) != 1
        or set(table) - known
    ):
        raise Wrong(f"variables.{name} needs type and default (or same), and may have about, choices, least and most")
    if table["type"] not in (*TYPES, "number", "flag", "choice"):
        raise Wrong(f"variables.{name}: there is no type {table['type']!r}")
    made = Variable(name, **{"default": "", **table, "choices": tuple(table.get("choices", ()))})
    if not made.same:
        made.checked(made.default)
    return made


def settled(variables: Mapping[str, Variable], chosen: Mapping[str, Value]) -> dict[str, Value]:
    """The value of every variable: what is chosen, else its default, else that of the one it is the same as."""
    values = {name: chosen.get(name, variable.default) for name, variable in variables.items()}
    for name, variable in variables.items():
        if variable.same and name not in chosen:
            if variable.same not in values or variables[variable.same].type != variable.type:
                raise Wrong(f"variables.{name} is the same as {variable.same}, which is no {variable.type}")
            values[name] = values[variable.same]
    return values


def as_css(values: Mapping[str, Value]) -> str:
    """Custom properties for a style sheet. Flags and choices are for templates and selectors: they have none."""
    plain = {name: value for name, value in values.items() if not isinstance(value, bool)}
    return ":root { " + " ".join(f"--{name}: {value};" for name, value in plain.items()) + " }"


def filled(css: str, values: Mapping[str, Value]) -> str:
    """`var(--red)` replaced by its value, for readers of e-books that know no custom properties."""
    return re.sub(r"var\(--([a-z0-9-]+)\)", lambda m: str(values[m[1]]) if m[1] in values else m[0], css)

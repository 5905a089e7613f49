"""Reading a theme: its own files first, then those of the theme that it extends, then what `booklet.toml` sets."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from booklet.diagnostics import BookletError, Location, failure
from booklet.resources import themes
from booklet.theme.papers import Paper, paper
from booklet.theme.theme import Theme
from booklet.theme.variables import Value, Variable, Wrong, declared, settled

if TYPE_CHECKING:
    from booklet.config import Project

Table = dict[str, Any]
Place = Callable[[str], Location | None]
KEYS = {"title", "about", "extends", "css", "variables", "papers", "fonts"}


def of(project: Project) -> Theme:
    """A project's theme, its variables as `booklet.toml` has them."""
    config = project.config
    return load(config.book.theme, project.root, config.theme, lambda key: project.place("theme", key))


def load(name: str, root: Path, settings: Mapping[str, Any] | None = None, where: Place = lambda key: None) -> Theme:
    """A theme that booklet brings along ("default"), or a folder ("./mine", relative to the project root).

    `settings`: variable → value, as `[theme]` of `booklet.toml` has it; `where`: variable → its line, for messages.
    BookletError for a theme that is not there or cannot be read, and for a variable that it lacks or refuses.
    """
    chain = _chain(name, root)
    css: dict[str, tuple[str, ...]] = {}
    strings: dict[str, dict[str, str]] = {}
    variables: dict[str, Variable] = {}
    papers: dict[str, Table] = {}
    for folder, table in reversed(chain):
        css |= {target: tuple(names) for target, names in table.get("css", {}).items()}
        for language, words in _read(folder / "strings.toml", name).items():
            strings[language] = strings.get(language, {}) | words
        variables |= _variables(table, variables, name)
        for paper_name, measures in table.get("papers", {}).items():
            papers[paper_name] = papers.get(paper_name, {}) | measures
    if not {"pdf", "epub"} <= set(css) or "en" not in strings:
        hint = 'extends = "default" takes over what a theme does not say itself'
        raise failure("config/theme", f"the theme {name!r} lacks style sheets or English words", hint=hint)
    chosen = {key: _one(key, value, variables, name, where) for key, value in (settings or {}).items()}
    try:
        values = settled(variables, chosen)
    except Wrong as problem:
        raise failure("config/theme", f"the theme {name!r}: {problem}", Location("theme.toml")) from None
    return Theme(name, tuple(folder for folder, _ in chain), css, strings, values, _papers(papers, name))


def _papers(tables: Mapping[str, Table], name: str) -> dict[str, Paper]:
    try:
        return {key: paper(key, table) for key, table in tables.items()}
    except Wrong as problem:
        raise failure("config/theme", f"the theme {name!r}: {problem}", Location("theme.toml")) from None


def _chain(name: str, root: Path) -> list[tuple[Path, Table]]:
    """The theme's folder and table, then those of the themes below it."""
    chain: list[tuple[Path, Table]] = []
    wanted: str | None = name
    base = root
    while wanted is not None:
        folder = base / wanted if wanted.startswith((".", "/")) else themes() / wanted
        if not (folder / "theme.toml").is_file():
            known = ", ".join(sorted(path.parent.name for path in themes().glob("*/theme.toml")))
            hint = f"booklet brings along: {known}; a folder of your own starts with ./"
            raise failure("config/theme", f"there is no theme {wanted!r}", hint=hint)
        if folder.resolve() in {known.resolve() for known, _ in chain}:
            raise failure("config/theme", f"the theme {name!r} extends itself")
        table = _read(folder / "theme.toml", name)
        if unknown := sorted(set(table) - KEYS):
            raise failure("config/theme", f"the theme {name!r}: unknown key {unknown[0]}", Location("theme.toml"))
        chain.append((folder, table))
        wanted, base = table.get("extends"), folder
    return chain


def _read(file: Path, name: str) -> Table:
    """A TOML file; an absent one is empty."""
    try:
        return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise failure("config/theme", f"the theme {name!r} cannot be read: {problem}", Location(file.name)) from None


def _variables(table: Table, below: Mapping[str, Variable], name: str) -> dict[str, Variable]:
    """The declarations of one theme. `red = "#0a5"` gives a variable of the theme below another default."""
    found: dict[str, Variable] = {}
    for key, value in table.get("variables", {}).items():
        try:
            if isinstance(value, dict):
                found[key] = declared(key, value)
            elif key in below:
                old = below[key]
                default = old.checked(value)
                found[key] = Variable(key, old.type, default, old.about, old.choices, old.least, old.most)
            else:
                raise Wrong(f"variables.{key} needs a type")
        except Wrong as problem:
            raise failure("config/theme", f"the theme {name!r}: {problem}", Location("theme.toml")) from None
    return found


def _one(key: str, value: Any, variables: Mapping[str, Variable], name: str, where: Place) -> Value:
    variable = variables.get(key)
    if variable is None:
        near = difflib.get_close_matches(key, variables, 1)
        hint = f"did you mean {near[0]}?" if near else f"it has: {', '.join(sorted(variables))}"
        raise failure("config/theme-variable", f"the theme {name!r} has no variable {key}", where(key), hint)
    try:
        return variable.checked(value)
    except Wrong as problem:
        raise _refused(problem, variable, where(key)) from None


def _refused(problem: Wrong, variable: Variable, where: Location | None) -> BookletError:
    return failure("config/theme-variable", f"theme.{problem}", where, variable.about or None)

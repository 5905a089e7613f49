"""A theme: a folder with `theme.toml`, `templates/`, `css/` and `fonts/`. The only door to Jinja2."""

from __future__ import annotations

import hashlib
import tomllib
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from booklet.diagnostics import Location, failure
from booklet.resources import themes


@dataclass(frozen=True)
class Theme:
    """A loaded theme. `strings`: language → the words that the theme itself says."""

    name: str
    folder: Path
    values: dict[str, Any] = field(hash=False)
    strings: dict[str, dict[str, str]] = field(hash=False)

    def css(self, target: str) -> tuple[str, ...]:
        """The style sheets of a back-end, "pdf" or "epub", in the order that `theme.toml` gives."""
        names: list[str] = self.values["css"][target]
        return tuple((self.folder / "css" / name).read_text("utf-8") for name in names)

    def words(self, language: str) -> dict[str, str]:
        """The theme's words in a language, else in its first part, else in English."""
        first = language.split("-")[0]
        return self.strings.get(language) or self.strings.get(first) or self.strings["en"]

    def render(self, template: str, **values: Any) -> str:
        """A template filled in; text is escaped, `Markup` is not. BookletError for an undefined name, with its line."""
        return _rendered(self._environment, template, values, "templates", f"the theme {self.name!r}")

    @cached_property
    def digest(self) -> str:
        """Of all files of the theme, for cache keys."""
        files = sorted(path for path in self.folder.rglob("*") if path.is_file())
        parts = (path.relative_to(self.folder).as_posix().encode() + b"\0" + path.read_bytes() for path in files)
        return hashlib.sha256(b"\0".join(parts)).hexdigest()

    @cached_property
    def _environment(self) -> Any:
        return _environment(self.folder / "templates")


@dataclass(frozen=True)
class Snippets:
    """A folder of templates that each make a bit of Markdown: shortcodes. It need not exist."""

    folder: Path

    def files(self) -> dict[str, str]:
        """Name of the shortcode → name of its file."""
        kinds = (".md", ".html", ".jinja")
        found = sorted(path.name for path in self.folder.glob("*") if path.suffix in kinds)
        return {name.partition(".")[0]: name for name in found}

    def render(self, file: str, values: Mapping[str, object]) -> str:
        """The template filled in. BookletError as for a theme's."""
        return _rendered(self._environment, file, values, self.folder.name, "a shortcode")

    @cached_property
    def _environment(self) -> Any:
        return _environment(self.folder)


def _environment(folder: Path) -> Any:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _rendered(environment: Any, file: str, values: Mapping[str, object], folder: str, whose: str) -> str:
    from jinja2 import TemplateError, TemplateSyntaxError

    try:
        return str(environment.get_template(file).render(**values))
    except TemplateError as problem:
        name = problem.name if isinstance(problem, TemplateSyntaxError) else file
        line = problem.lineno if isinstance(problem, TemplateSyntaxError) else _line(problem, folder)
        raise failure("config/template", f"{whose}: {problem.message}", Location(f"{folder}/{name}", line)) from None


def _line(problem: Exception, folder: str) -> int | None:
    """The line of a template that an error comes from: Jinja2 puts it into the traceback."""
    frames = traceback.extract_tb(problem.__traceback__)
    lines = [frame.lineno for frame in frames if Path(frame.filename).parts[-2:-1] == (folder,)]
    return lines[-1] if lines else None


def safe(html: str) -> Any:
    """HTML that is known to be well-formed, so that templates do not escape it."""
    from markupsafe import Markup

    return Markup(html)


def load(name: str, root: Path) -> Theme:
    """A theme that booklet brings along ("default"), or a folder ("./mine", relative to the project root)."""
    folder = root / name if name.startswith((".", "/")) else themes() / name
    file = folder / "theme.toml"
    if not file.is_file():
        known = ", ".join(sorted(path.parent.name for path in themes().glob("*/theme.toml")))
        hint = f"booklet brings along: {known}; a folder of your own starts with ./"
        raise failure("config/theme", f"there is no theme {name!r}", hint=hint)
    try:
        values = tomllib.loads(file.read_text("utf-8"))
        strings = tomllib.loads((folder / "strings.toml").read_text("utf-8"))
    except (tomllib.TOMLDecodeError, FileNotFoundError) as problem:
        raise failure("config/theme", f"the theme {name!r} cannot be read: {problem}", Location(file.name)) from None
    return Theme(name, folder, values, strings)

"""Templates filled in: a theme's, and those that each make a shortcode."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from booklet.diagnostics import Location, failure


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
        return rendered(self._environment, file, values, self.folder.name, "a shortcode")

    @property
    def _environment(self) -> Any:
        return environment((self.folder,))


@lru_cache(maxsize=16)
def environment(folders: tuple[Path, ...]) -> Any:
    """Of the templates in folders, the first one first. No template can do more than fill in.

    A template is compiled once, and again when its file has changed.
    """
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def rendered(environment: Any, file: str, values: Mapping[str, object], folder: str, whose: str) -> str:
    """A template filled in. BookletError for an undefined name or a mistake, with its line."""
    from jinja2 import TemplateError, TemplateSyntaxError

    try:
        return str(environment.get_template(file).render(**values))
    except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as problem:
        name = problem.name if isinstance(problem, TemplateSyntaxError) else file
        line = problem.lineno if isinstance(problem, TemplateSyntaxError) else _line(problem, folder)
        said = problem.message if isinstance(problem, TemplateError) else f"{problem} ({type(problem).__name__})"
        raise failure("config/template", f"{whose}: {said}", Location(f"{folder}/{name}", line)) from None


def _line(problem: Exception, folder: str) -> int | None:
    """The line of a template that an error comes from: Jinja2 puts it into the traceback."""
    frames = traceback.extract_tb(problem.__traceback__)
    paths = [(Path(frame.filename), frame.lineno) for frame in frames]
    lines = [line for path, line in paths if folder in path.parts and path.suffix != ".py"]
    return lines[-1] if lines else None

"""A loaded theme: its style sheets, its words, its templates."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from booklet.diagnostics import Location, failure
from booklet.theme.papers import Paper
from booklet.theme.render import environment, rendered
from booklet.theme.variables import Value, as_css, filled

COUNTED = re.compile(r"\bcounters?\(\s*pages?\b|\btarget-(?:counters?|text)\(")
COMMENT = re.compile(r"/\*.*?\*/", re.S)


@dataclass(frozen=True)
class Theme:
    """`folders`: the theme's own, then those of the themes that it extends. `strings`: language → its words."""

    name: str
    folders: tuple[Path, ...]
    css_files: dict[str, tuple[str, ...]] = field(hash=False)
    """Target ("pdf", "epub", an edition's name) → names of style sheets, in order."""
    strings: dict[str, dict[str, str]] = field(hash=False)
    values: dict[str, Value] = field(default_factory=dict, hash=False)
    """The variables, with what `booklet.toml` says of them."""
    papers: dict[str, Paper] = field(default_factory=dict, hash=False)

    def css(self, *targets: str, paper: str = "") -> tuple[str, ...]:
        """The style sheets of a back-end, "pdf", "epub" or "anki", and of an edition where the theme has some.

        Variables, and the measures of a paper, come first: as custom properties for the PDF, filled in for the others.
        """
        names = [name for target in targets for name in self.css_files.get(target, ())]
        sheets = tuple(self._sheet(name) for name in names)
        if "pdf" not in targets:
            return tuple(filled(sheet, self.values) for sheet in sheets)
        return (as_css(self.values), as_css(self.papers[paper].values) if paper else "", *sheets)

    def _sheet(self, name: str) -> str:
        """A style sheet. BookletError where it counts pages: a chapter that is laid out alone does not know its own."""
        text = self.file(f"css/{name}").read_text("utf-8")
        found = COUNTED.search(COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text))
        if found is None:
            return text
        where = Location(f"css/{name}", found.string.count("\n", 0, found.start()) + 1)
        hint = 'a page number is ink of the linker: url("slot:folio"), <img src="slot:page:ID" alt="slot:">'
        raise failure("config/theme", f"the theme {self.name!r} counts pages: {found[0]}", where, hint)

    def file(self, name: str) -> Path:
        """A file of the theme, else of the one that it extends."""
        found = next((folder / name for folder in self.folders if (folder / name).is_file()), None)
        if found is None:
            raise failure("config/theme", f"the theme {self.name!r} names {name}, which is not there")
        return found

    def words(self, language: str) -> dict[str, str]:
        """The theme's words in a language, else in its first part, else in English."""
        first = language.split("-")[0]
        return self.strings.get(language) or self.strings.get(first) or self.strings["en"]

    def render(self, template: str, **values: Any) -> str:
        """A template filled in; text is escaped, `Markup` is not. BookletError for an undefined name, with its line."""
        return rendered(
            self._environment, template, {**values, "theme": self.values}, "templates", f"the theme {self.name!r}"
        )

    @cached_property
    def digest(self) -> str:
        """Of all files of the theme and the values of its variables, for cache keys."""
        whole = hashlib.sha256(repr(sorted(self.values.items())).encode())
        for folder in self.folders:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
        return whole.hexdigest()

    @property
    def _environment(self) -> Any:
        return environment(tuple(folder / "templates" for folder in self.folders))


def safe(html: str) -> Any:
    """HTML that is known to be well-formed, so that templates do not escape it."""
    from markupsafe import Markup

    return Markup(html)

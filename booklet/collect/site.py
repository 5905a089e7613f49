"""The Hugo configuration, as far as a book needs it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from booklet.diagnostics import Location, Noted, failure
from booklet.model import Site

NAMES = ("hugo", "config")
SUFFIXES = (".toml", ".yaml", ".yml", ".json")
FOLDERS = ("config/_default", "config/production")
"""A book is a published thing: what `production` overrides holds."""


def read(root: Path, content: str | None) -> Noted[Site]:
    """The site at `root`. Without any Hugo configuration a bare folder of Markdown is a site too.

    BookletError: `config/hugo` (exit 4) for a configuration that does not parse, `config/missing-content` (exit 4).
    """
    hugo = configuration(root)
    languages = _lower(hugo.get("languages", {}))
    language = str(hugo.get("defaultcontentlanguage") or hugo.get("languagecode") or "") or None
    return Noted(
        Site(
            content=_content(root, content or hugo.get("contentdir"), bool(hugo)),
            language=_code(language, languages) or "und",
            base_url=str(hugo["baseurl"]) if hugo.get("baseurl") else None,
            static=_static(hugo),
            passthrough=_passthrough(hugo),
            archetypes=tuple(archetypes(root)),
            title=str(_lower(languages.get((language or "").lower(), {})).get("title") or hugo.get("title") or ""),
        )
    )


def configuration(root: Path) -> dict[str, Any]:
    """All Hugo configuration files merged, keys in lower case (Hugo's own rule), later files over earlier ones."""
    merged: dict[str, Any] = {}
    for name in NAMES:
        for suffix in SUFFIXES:
            _merge(merged, _load(root / f"{name}{suffix}", root))
    for folder in FOLDERS:
        for path in sorted((root / folder).glob("*")):
            if path.suffix in SUFFIXES:
                _merge(merged, _under(path.stem, _load(path, root)))
    return merged


def _under(stem: str, table: dict[str, Any]) -> dict[str, Any]:
    """`config/_default/markup.toml` holds what `hugo.toml` has under `[markup]`; `languages.en.toml` likewise."""
    if stem in NAMES:
        return table
    head, _, tail = stem.lower().partition(".")
    return {head: {tail: table} if tail and head == "languages" else table}


def _load(path: Path, root: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return _lower(_parse(path))
    except Exception as problem:
        where = Location(path.relative_to(root).as_posix())
        raise failure("config/hugo", f"the Hugo configuration does not parse: {problem}", where) from None


def _parse(path: Path) -> Any:
    text = path.read_text("utf-8-sig")
    if path.suffix == ".toml":
        return tomllib.loads(text)
    if path.suffix == ".json":
        return json.loads(text)
    import yaml

    return yaml.safe_load(text) or {}


def _lower(table: Any) -> dict[str, Any]:
    """Hugo reads keys without regard to case."""
    if not isinstance(table, dict):
        return {}
    return {str(key).lower(): _lower(value) if isinstance(value, dict) else value for key, value in table.items()}


def _merge(into: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value


def _content(root: Path, named: Any, is_hugo: bool) -> str:
    """The content folder; a bare folder of Markdown is its own."""
    name = str(named or "content")
    if (root / name).is_dir():
        return Path(name).as_posix()
    if not named and not is_hugo and any(root.rglob("*.md")):
        return "."
    hint = "run booklet in the folder of the site, or name the folder with `content` under [collect]"
    raise failure("config/missing-content", f"there is no content folder {name}/ in {root.name}/", hint=hint)


def _code(language: str | None, languages: dict[str, Any]) -> str | None:
    """A language's `languageCode` says more than its key; a site with one language may name only that."""
    key = (language or (next(iter(languages)) if languages else "")).lower()
    return str(_lower(languages.get(key, {})).get("languagecode") or language or key) or None


def _static(hugo: dict[str, Any]) -> tuple[str, ...]:
    named = hugo.get("staticdir") or ["static"]
    return tuple(str(name) for name in (named if isinstance(named, list) else [named]))


def _passthrough(hugo: dict[str, Any]) -> bool | None:
    """Whether Goldmark's passthrough extension is on; a Hugo site that does not name it has it off."""
    if not hugo:
        return None
    extension: Any = hugo
    for key in ("markup", "goldmark", "extensions", "passthrough"):
        extension = extension.get(key, {}) if isinstance(extension, dict) else {}
    return bool(extension.get("enable", False)) if isinstance(extension, dict) else False


def archetypes(root: Path) -> list[str]:
    """Each different line of the archetypes' bodies that a post would keep only by oversight."""
    lines: dict[str, None] = {}
    for path in sorted((root / "archetypes").rglob("*.md")):
        body = path.read_text("utf-8-sig", errors="replace").split("\n---", 1)[-1]
        lines |= dict.fromkeys(line.strip() for line in body.split("\n") if len(line.strip()) > 3 and "{{" not in line)
    return list(lines)


def languages_of(root: Path) -> list[str]:
    """The language keys that the site configures, in lower case."""
    return sorted(_lower(configuration(root).get("languages", {})))

"""What the Hugo configuration says, as far as a book needs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from booklet.collect import languages
from booklet.collect.frontmatter import plain
from booklet.collect.hugo import Table, configuration, inner, lower
from booklet.diagnostics import failure
from booklet.model import Site

UNKNOWN = "und"
"""The language of a site that says none (BCP 47)."""
LOCAL = ("localhost", "127.0.0.1", "0.0.0.0", "::1")
TAXONOMIES = {"tag": "tags", "category": "categories"}


@dataclass(frozen=True, slots=True)
class Root:
    """A content folder, POSIX, relative to the project root, and the language of all that lies in it (None: any)."""

    folder: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Hugo:
    """The site, and what only collecting needs of its configuration."""

    site: Site
    roots: tuple[Root, ...]
    languages: Mapping[str, Table] = field(default_factory=dict)
    """By key, in lower case."""
    default: str = ""
    """The key of the default language."""
    in_subfolder: bool = False
    """Has the default language a folder of its own in addresses, as the others have?"""
    permalinks: Mapping[str, str] = field(default_factory=dict)
    """Section → pattern of the addresses of its pages."""
    taxonomies: tuple[str, ...] = ()
    cascade: tuple[Table, ...] = ()
    ugly: bool = False
    keep_case: bool = False
    bundles: bool = True
    """Does an `index.md` make a bundle of its folder? Not in a bare folder of Markdown."""

    @property
    def codes(self) -> frozenset[str]:
        """The languages that the site configures."""
        return frozenset(self.languages)

    def key(self, language: str) -> str:
        """The site's key for a language: `zh-cn` for zh-Hans, if that is how the site calls it."""
        named = (key for key in self.languages if languages.same(key, language))
        coded = (
            k for k, table in self.languages.items() if languages.same(str(table.get("languagecode", k)), language)
        )
        return next(named, None) or next(coded, None) or language.lower()


def read(root: Path, content: str | None) -> Hugo:
    """The site at `root`. Without any Hugo configuration a bare folder of Markdown is a site too.

    BookletError: `config/hugo` (exit 4) for a configuration that does not parse, `config/missing-content` (exit 4).
    """
    hugo = configuration(root)
    tongues = {key: lower(table) for key, table in lower(hugo.get("languages")).items()}
    default = str(hugo.get("defaultcontentlanguage") or _only(tongues) or "").lower()
    roots = _roots(root, content, hugo, tongues)
    site = Site(
        content=next((r for r in roots if r.language in (None, default)), roots[0]).folder,
        language=_code(default, tongues) or str(hugo.get("languagecode") or "") or UNKNOWN,
        base_url=_base(hugo.get("baseurl")),
        static=tuple(_static(hugo)),
        passthrough=_passthrough(hugo),
        archetypes=tuple(archetypes(root)),
        title=str(tongues.get(default, {}).get("title") or hugo.get("title") or ""),
        params=plain(hugo.get("params") if isinstance(hugo.get("params"), dict) else {}),
        anchors=str(inner(hugo, "markup", "goldmark", "parser").get("autoheadingidtype") or "github"),
    )
    return Hugo(
        site,
        roots,
        tongues,
        default,
        bool(hugo.get("defaultcontentlanguageinsubdir")),
        _permalinks(hugo),
        tuple(str(name).lower() for name in lower(hugo.get("taxonomies") or TAXONOMIES).values()),
        _tables(hugo.get("cascade")),
        bool(hugo.get("uglyurls")),
        bool(hugo.get("disablepathtolower")),
        bool(hugo) or roots[0].folder.startswith("content"),
    )


def spoken(hugo: Hugo, language: str) -> Site:
    """The site as it is in one of its languages: content folder, title, address, parameters."""
    key = hugo.key(language)
    table = hugo.languages.get(key, {})
    own = next((root.folder for root in hugo.roots if root.language == key), None)
    return replace(
        hugo.site,
        language=languages.tag(language),
        content=own or hugo.site.content,
        title=str(table.get("title") or hugo.site.title),
        base_url=_base(table.get("baseurl")) or hugo.site.base_url,
        params={**hugo.site.params, **plain(table.get("params") or {})},
    )


def _only(tongues: Mapping[str, Table]) -> str | None:
    """Without `defaultContentLanguage`: English where it is one of several, else the first by weight."""
    if "en" in tongues:
        return "en"
    return min(tongues, key=lambda key: (int(tongues[key].get("weight") or 0) or 1 << 30, key), default=None)


def _code(key: str, tongues: Mapping[str, Table]) -> str:
    """A language's `languageCode` (newer: `locale`) says more than its key."""
    table = tongues.get(key, {})
    return str(table.get("locale") or table.get("languagecode") or key)


def _base(address: Any) -> str | None:
    """The site's address, if the public can reach it."""
    parts = urlsplit(str(address or ""))
    return str(address) if parts.scheme in ("http", "https") and parts.hostname not in (None, *LOCAL) else None


def _roots(root: Path, content: str | None, hugo: Table, tongues: Mapping[str, Table]) -> tuple[Root, ...]:
    """The content folders that exist; a bare folder of Markdown is its own."""
    if not content:
        own = [Root(_posix(table["contentdir"]), key) for key, table in tongues.items() if table.get("contentdir")]
        others = [key for key, table in tongues.items() if not table.get("contentdir")]
        shared = others[0] if own and len(others) == 1 else None
        common = [Root(_posix(hugo.get("contentdir") or "content"), shared), *_mounts(hugo)]
        found = [item for item in (*own, *common) if (root / item.folder).is_dir()]
        if found:
            return tuple(dict.fromkeys(found))
    if content and (root / content).is_dir():
        return (Root(_posix(content)),)
    if not content and not hugo and any(root.rglob("*.md")):
        return (Root("."),)
    name = content or hugo.get("contentdir") or "content"
    hint = "run booklet in the folder of the site, or name the folder with `content` under [collect]"
    raise failure("config/missing-content", f"there is no content folder {name}/ in {root.name}/", hint=hint)


def _mounts(hugo: Table) -> Iterator[Root]:
    """`[[module.mounts]]` whose target is the content folder."""
    for mount in inner(hugo, "module", "mounts") or ():
        if str(mount.get("target", "")).strip("/") == "content" and mount.get("source"):
            yield Root(_posix(mount["source"]), str(mount["lang"]).lower() if mount.get("lang") else None)


def _posix(name: Any) -> str:
    return Path(str(name).replace("\\", "/")).as_posix()


def _static(hugo: Table) -> Iterator[str]:
    """`staticDir` is a name or a list; `staticDir0`, `staticDir1`, … add to it."""
    named = hugo.get("staticdir") or ["static"]
    yield from map(str, named if isinstance(named, list) else [named])
    yield from (str(hugo[key]) for key in sorted(hugo) if key.startswith("staticdir") and key != "staticdir")


def _permalinks(hugo: Table) -> dict[str, str]:
    """`permalinks.posts`, or since Hugo 0.115 `permalinks.page.posts`."""
    table = lower(hugo.get("permalinks"))
    flat = {key: value for key, value in table.items() if isinstance(value, str)}
    return {**flat, **{key: str(value) for key, value in lower(table.get("page")).items()}}


def _tables(value: Any) -> tuple[Table, ...]:
    return tuple(item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict))


def _passthrough(hugo: Table) -> bool | None:
    """Whether Goldmark's passthrough extension is on; a Hugo site that does not name it has it off."""
    if not hugo:
        return None
    extension = inner(hugo, "markup", "goldmark", "extensions", "passthrough")
    return bool(extension.get("enable", False)) if isinstance(extension, dict) else False


def archetypes(root: Path) -> list[str]:
    """Each different line of the archetypes' bodies that a post would keep only by oversight."""
    lines: dict[str, None] = {}
    for path in sorted((root / "archetypes").rglob("*.md")):
        body = path.read_text("utf-8-sig", errors="replace").split("\n---", 1)[-1]
        lines |= dict.fromkeys(line.strip() for line in body.split("\n") if len(line.strip()) > 3 and "{{" not in line)
    return list(lines)


def root_of(path: str, roots: Sequence[Root]) -> Root:
    """The innermost content folder that holds a file."""
    holding = [root for root in roots if root.folder == "." or path.startswith(f"{root.folder}/")]
    return max(holding, key=lambda root: len(root.folder))

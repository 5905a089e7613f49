"""The collecting itself, told in order: files → posts → chosen → ordered."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from os.path import commonpath
from pathlib import Path
from typing import Any

from booklet.collect import choose, files, frontmatter, languages, order, posts, site, titles
from booklet.config import Config
from booklet.diagnostics import Diagnostic, Noted, counted, failure, finding
from booklet.model import Collected, LeftOut, Post, Site


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for. `clock`: the day against which dates are held."""

    clock: datetime.date
    language: str | None = None
    drafts: bool = False
    future: bool = False
    expired: bool = False


def collect(root: Path, config: Config, wanted: Wanted) -> Noted[Collected]:
    """The posts of the book in their order, and why every other post is not there.

    BookletError: exit 4 without a content folder, exit 6 for unreadable posts or when no post is left.
    """
    found = site.read(root, config.collect.content)
    codes = frozenset(site.languages_of(root))
    read = _read(root, found.value, codes)
    language = wanted.language or config.book.language or _language(found.value, read.value)
    where = replace(found.value, language=languages.tag(language))
    fit, left = _sift(read.value, wanted, language)
    chosen, filtered, why = _choose(fit, config, where)
    if not chosen:
        raise failure(
            "source/no-posts", _nothing(read.value, left), hint="`booklet list` says why each post is left out"
        )
    ranked = order.ordered(posts.with_ids(chosen, root), config.collect.order, config.collect.posts)
    parted = _parts(ranked, config, where)
    title = config.book.title or _title(parted, where, root)
    book = Collected(where, title, parted, tuple(sorted((*left, *filtered), key=lambda item: item.path)))
    notes = [*found.notes, *read.notes, *_choice(config, book, why)]
    return Noted(book, tuple(notes))


def _read(root: Path, where: Site, codes: frozenset[str]) -> Noted[tuple[Post, ...]]:
    """Every page of the content folder as a post, section values cascaded."""
    found = files.markdown(root, where.content)
    documents = {item.path: frontmatter.read(files.content(root, item.path), item.path) for item in found.value}
    sections = {path: document.front for path, document in documents.items() if files.is_section(path)}
    pages = tuple(
        posts.make(item, documents[item.path], where, codes, cascade(item.path, sections))
        for item in found.value
        if not files.is_section(item.path)
    )
    return Noted(pages, found.notes)


def cascade(path: str, sections: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """What the `_index.md` files above a page hand down, the nearest last."""
    result: dict[str, Any] = {}
    for index in sorted(sections, key=len):
        folder = index.rpartition("/")[0]
        if path.startswith(f"{folder}/") or not folder:
            handed = sections[index].get("cascade", {})
            for table in handed if isinstance(handed, list) else [handed]:
                result |= {key: value for key, value in table.items() if key not in ("target", "_target")}
    return result


def _language(where: Site, pages: Sequence[Post]) -> str:
    """The site's default language; without one, the language of most posts."""
    if where.language != "und":
        return where.language
    guessed = Counter(guess(post) if post.language == "und" else languages.tag(post.language) for post in pages)
    return max(sorted(guessed), key=lambda code: guessed[code], default="zh-Hans")


def guess(post: Post) -> str:
    """The language of a post that nothing names: by its script."""
    words = post.title + post.body
    if sum("\u3040" <= c <= "\u30ff" for c in words) * 50 > len(words):
        return "ja"
    return "zh-Hans" if sum("\u3400" <= c <= "\u9fff" for c in words) * 20 > len(words) else "en"


def _sift(pages: Sequence[Post], wanted: Wanted, language: str) -> tuple[list[Post], list[LeftOut]]:
    """Posts that may be published in this language, and the others with their reasons."""
    fit: list[Post] = []
    left: list[LeftOut] = []
    for post in pages:
        known = replace(post, language=guess(post)) if post.language == "und" else post
        reason = posts.unfit(known, wanted.clock, wanted.drafts, wanted.future, wanted.expired)
        if not languages.same(known.language, language):
            reason = ("language", known.language)
        if reason:
            left.append(LeftOut(post.path, post.title, reason[0], reason[1]))  # type: ignore[arg-type]
        else:
            fit.append(replace(known, language=languages.tag(known.language)))
    return fit, left


def _choose(fit: Sequence[Post], config: Config, where: Site) -> tuple[list[Post], list[LeftOut], str | None]:
    """The posts that the configuration asks for; without one, the largest series that asks questions."""
    asked = {key for key in choose.KEYS if getattr(config.collect, key)} | ({"parts"} if config.parts else set())
    series = None if asked else choose.largest_series(fit)
    chosen: list[Post] = []
    left: list[LeftOut] = []
    for post in fit:
        keys = choose.matching(post, config.collect, config.collect.title, posts.section(post.path, where))
        if keys is None or (series and titles.parse(post.title).series != series):
            detail = f"not of the series {series}" if series else "no key of [collect] takes it"
            left.append(LeftOut(post.path, post.title, "filter", detail))
        else:
            chosen.append(replace(post, included_by=keys or (("series",) if series else ("all",))))
    return chosen, left, series


def _parts(ranked: Sequence[Post], config: Config, where: Site) -> tuple[Post, ...]:
    """Posts part by part; the first part that takes a post has it, and those that none takes come last."""
    parted: list[Post] = []
    rest = list(ranked)
    for part in config.parts:
        taken = [p for p in rest if choose.matching(p, part, None, posts.section(p.path, where)) is not None]
        inside = order.ordered(taken, config.collect.order, part.posts) if part.posts else taken
        parted += [replace(post, part=part.title) for post in inside]
        rest = [post for post in rest if post not in taken]
    return (*parted, *rest)


def _title(chosen: Sequence[Post], where: Site, root: Path) -> str:
    """The series name that the posts share, else what their titles begin with, else the site's."""
    series = {titles.parse(post.title).series for post in chosen}
    if len(series) == 1 and (name := series.pop()):
        return name
    common = commonpath([titles.undecorated(post.title) for post in chosen]).strip(" -—|:：·（(")
    return common if len(common) > 3 else where.title or root.name


def _choice(config: Config, book: Collected, series: str | None) -> list[Diagnostic]:
    """What was chosen where the configuration chooses nothing."""
    if config.book.title and not series:
        return []
    count = counted(len(book.posts), "post")
    what = f"{count} of the series {series}" if series else count
    hint = "set `title` under [book] and `title` or `posts` under [collect] in booklet.toml to choose otherwise"
    return [finding("collect/chosen", f"the book is “{book.title}”: {what}", hint=hint)]


def _nothing(pages: Sequence[Post], left: Sequence[LeftOut]) -> str:
    if not pages:
        return "there is no Markdown file in the content folder"
    reasons = ", ".join(sorted({item.reason for item in left}))
    return f"of {counted(len(pages), 'post')} none belongs to the book" + (f" ({reasons})" if reasons else "")

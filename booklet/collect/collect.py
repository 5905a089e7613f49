"""The collecting itself, told in order: files → posts → chosen → ordered."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from os.path import commonpath
from pathlib import Path

from booklet.collect import cascade, choose, elsewhere, files, frontmatter, languages, order, posts, site, titles
from booklet.collect.elsewhere import Read
from booklet.collect.site import Hugo
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
    hugo = site.read(root, config.collect.content)
    read = _read(root, hugo)
    pages = read.value.posts
    language = wanted.language or config.book.language or _language(hugo.site, pages)
    where = _tree(site.spoken(hugo, language), pages, language)
    fit, left = _sift(pages, wanted, language)
    chosen, filtered, why = _choose(fit, config)
    if not chosen:
        raise failure("source/no-posts", _nothing(pages, left), hint="`booklet list` says why each post is left out")
    named = posts.with_ids(chosen, root)
    weights = order.weights(read.value.sections)
    ranked = order.ordered(named, config.collect.order, config.collect.posts, weights)
    parted = _parts(ranked, config)
    title = config.book.title or _title(parted, where, root)
    outside = elsewhere.pages(read.value, {post.path for post in chosen}, hugo, wanted.clock)
    book = Collected(
        where,
        title,
        parted,
        tuple(sorted((*left, *filtered), key=lambda item: item.path)),
        outside,
        elsewhere.files(root, hugo, pages),
    )
    return Noted(book, (*read.notes, *_choice(config, book, why)))


def _read(root: Path, hugo: Hugo) -> Noted[Read]:
    """Every page of the content folders as a post, section values cascaded."""
    found: dict[str, files.Found] = {}
    notes: list[Diagnostic] = []
    for folder in hugo.roots:
        inside = files.markdown(root, folder.folder, hugo.bundles)
        found |= {item.path: item for item in inside.value}
        notes += inside.notes
    placed = [
        posts.place(item, frontmatter.read(files.content(root, path), path), hugo)
        for path, item in sorted(found.items())
    ]
    sections = tuple(
        cascade.Section(item.inside, item.language, item.found.path, item.front) for item in placed if item.is_section
    )
    pages = tuple(
        posts.make(item, hugo, posts.handed(item, sections, hugo), root) for item in placed if not item.is_section
    )
    return Noted(Read(pages, sections), tuple(notes))


def _tree(where: Site, pages: Sequence[Post], language: str) -> Site:
    """`content/zh` as the content folder where all pages of the language lie in it."""
    inside = len(where.content) + 1 if where.content != "." else 0
    own = [post.path[inside:] for post in pages if languages.same(post.language, language)]
    folders = {path.partition("/")[0] for path in own if "/" in path}
    folder = next(iter(folders), "")
    if len(folders) != 1 or len(own) != sum("/" in path for path in own) or not languages.is_folder(folder):
        return where
    return replace(where, content=f"{where.content}/{folder}" if inside else folder)


def _language(where: Site, pages: Sequence[Post]) -> str:
    """The site's default language; without one, the language of most posts."""
    if where.language != site.UNKNOWN:
        return where.language
    guessed = Counter(guess(post) if post.language == site.UNKNOWN else languages.tag(post.language) for post in pages)
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
        known = replace(post, language=guess(post)) if post.language == site.UNKNOWN else post
        reason = posts.unfit(known, wanted.clock, wanted.drafts, wanted.future, wanted.expired)
        if not languages.same(known.language, language):
            reason = ("language", known.language)
        if reason:
            left.append(LeftOut(post.path, post.title, reason[0], reason[1]))  # type: ignore[arg-type]
        else:
            fit.append(replace(known, language=languages.tag(known.language)))
    return fit, left


def _choose(fit: Sequence[Post], config: Config) -> tuple[list[Post], list[LeftOut], str | None]:
    """The posts that the configuration asks for; without one, the largest series that asks questions."""
    asked = {key for key in choose.KEYS if getattr(config.collect, key)} | ({"parts"} if config.parts else set())
    series = None if asked else choose.largest_series(fit)
    chosen: list[Post] = []
    left: list[LeftOut] = []
    for post in fit:
        keys = choose.matching(post, config.collect, config.collect.title, post.section)
        if keys is None or (series and choose.series(post) != series):
            detail = f"not of the series {series}" if series else "no key of [collect] takes it"
            left.append(LeftOut(post.path, post.title, "filter", detail))
        else:
            chosen.append(replace(post, included_by=keys or (("series",) if series else ("all",))))
    return chosen, left, series


def _parts(ranked: Sequence[Post], config: Config) -> tuple[Post, ...]:
    """Posts part by part; the first part that takes a post has it, and those that none takes come last."""
    parted: list[Post] = []
    rest = list(ranked)
    for part in config.parts:
        taken = [p for p in rest if choose.matching(p, part, None, p.section) is not None]
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

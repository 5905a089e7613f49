"""The e-books that are asked for: one file a profile."""

from __future__ import annotations

from dataclasses import dataclass

from booklet.cache import Cache
from booklet.config import Config
from booklet.convert.contents import after, contents
from booklet.convert.spots import PageMap
from booklet.epub.binding import bind
from booklet.epub.build import Given
from booklet.epub.cover import plain
from booklet.epub.metadata import Series
from booklet.epub.model import Options
from booklet.model import Artifact, Book
from booklet.options import Progress
from booklet.theme import Theme

ENDINGS = {"standard": ".epub", "kindle": "-kindle.epub", "kobo": ".kepub.epub"}


@dataclass(frozen=True, slots=True)
class Printed:
    """What an e-book takes from the printed pages: the cover's picture, and where everything stands."""

    cover: bytes | None = None
    pages: PageMap | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """`suffix`: what the names of files in another language than the configured one have before their ending."""

    config: Config
    suffix: str
    progress: Progress


def artifacts(book: Book, theme: Theme, printed: Printed, asked: Asked, cache: Cache) -> list[Artifact]:
    """See the module."""
    config = asked.config
    series = Series(config.book.series, config.book.series_position) if config.book.series else None
    tree = (*contents(book, config.pdf.toc_depth), *after(book, theme.words(book.language)["answers"]))
    cover = printed.cover or plain(book)
    given = Given(theme, tree, cover, cache.store.get, cache, printed.pages, series)
    made: list[Artifact] = []
    profiles = dict.fromkeys(config.epub.profiles)
    drafts = len(book.chapters) + len(book.answers)
    with asked.progress.stage("e-book", len(profiles) * drafts) as step:
        for profile in profiles:
            options = Options(
                profile,
                config.epub.fonts,
                config.epub.maths,
                book.authors,
                plan=config.questions.plan,
                since=config.questions.since,
            )
            file = bind(book, given, options, cache, step.advance)
            name = f"{book.slug}{ENDINGS[profile].replace('.', f'{asked.suffix}.', 1)}"
            made.append(Artifact("epub", name, file, language=book.language, profile=profile))
    return made

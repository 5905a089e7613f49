"""The books of a release: one for each language that the configuration has, and how each is read and made."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from booklet import arrange, build, editions, reading
from booklet.cache import Cache, key
from booklet.collect import languages
from booklet.config import Project
from booklet.convert.assets import Offline
from booklet.diagnostics import Noted
from booklet.ledger import State
from booklet.model import Artifact, Book
from booklet.options import Options, Progress, Silent

Load = Callable[[str | None], Project]
"""The project with the keys of a language; None: the configuration's own."""
SHAPING = ("book", "collect", "parts", "questions", "maths")
"""The tables that say what is in the book."""


@dataclass(frozen=True, slots=True)
class Volume:
    """A language's project, and the options of its builds."""

    project: Project
    options: Options

    def source(self) -> str:
        """SHA-256 over the posts as they are written, and what the configuration makes of them."""
        found = build.collected(self.project, self.options).value
        said = self.project.config.model_dump_json(include=set(SHAPING), exclude_defaults=True)
        return key([said, *(text for post in found.posts for text in (post.body, repr(post.front)))])

    def book(self, state: State, cache: Cache, progress: Progress) -> Book:
        return build.bound(self.project, replace(self.options, state=state), cache, progress).value

    def files(self, state: State, cache: Cache, progress: Progress) -> Noted[tuple[Artifact, ...]]:
        """Every edition and profile."""
        done = build.build(self.project, replace(self.options, state=state), cache, progress)
        return Noted(done.value.artifacts, done.notes)

    def folios(self, book: Book, cache: Cache) -> Mapping[str, str]:
        """Where everything stands on the pages of the first edition that is a book; nothing where no PDF is made."""
        if not self.options.pdf:
            return {}
        whole = [edition for edition in self.project.config.pdf.editions if edition not in arrange.STUDY]
        edition = "print" if whole[:1] == ["booklet"] else (*whole, "screen")[0]
        return editions.pages(book, self.project, edition, self.options, cache, Silent()).value.folios


def volumes(load: Load, options: Options) -> list[Volume]:
    """The configuration's language first."""
    first = load(None)
    usual = first.config.book.language
    if usual is None and first.twins:
        usual = build.collected(first, options).value.site.language
    twins = [code for code in first.twins if not languages.same(usual or "", code)]
    return [
        Volume(first, options),
        *(Volume(_twin(load(code), usual), replace(options, language=code)) for code in twins),
    ]


def _twin(project: Project, usual: str | None) -> Project:
    """Knows which language needs no mark in the names of files, also where only the site says so."""
    book = project.config.book.model_copy(update={"language": usual})
    return replace(project, config=project.config.model_copy(update={"book": book}))


def pictures(volume: Volume, book: Book, state: State, cache: Cache) -> dict[str, bytes]:
    """The pictures of the network that a book shows: address → the bytes that came from there."""
    sources = {asset.source for chapter in book.chapters for asset in chapter.assets if asset.status == "ok"}
    addresses = {f"https:{source}" if source.startswith("//") else source for source in sources}
    found: dict[str, bytes] = {}
    for address in sorted(address for address in addresses if address.startswith(("http://", "https://"))):
        try:
            found[address] = reading.fetched(address, volume.project.root, volume.options.offline, state, cache)
        except (OSError, Offline):  # it was shown a moment ago: its bytes are in the cache, unless somebody emptied it
            continue
    return found


def again(listed: Sequence[Volume], state: State, known: Mapping[str, bytes], progress: Progress) -> list[Artifact]:
    """All files once more, from an empty cache that knows the network's pictures alone."""
    with tempfile.TemporaryDirectory(prefix="booklet-") as name:
        cache = Cache(Path(name))
        for address in known:
            cache.remember(reading.REMOTE, [address], functools.partial(known.__getitem__, address))
        return [item for one in listed for item in one.files(state, cache, progress).value]

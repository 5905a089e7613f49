"""What every pass may know about the post that it works on."""

from __future__ import annotations

from dataclasses import dataclass

from booklet.convert.dialect import Source
from booklet.diagnostics import Location
from booklet.model import Post, Site


@dataclass(frozen=True, slots=True)
class Options:
    """The configuration keys that change how a post is read."""

    patterns: tuple[str, ...] = ()
    tail: str = "omit"
    escapes: str = "auto"
    macros: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    post: Post
    site: Site
    options: Options
    source: Source

    def at(self, line: int | str | None) -> Location:
        """A place in the post's file."""
        return Location(self.post.path, int(line) if line else None)

    def find(self, words: str) -> Location:
        """The place of a text that carries no line: the first line of the file that holds its beginning."""
        wanted = "".join(words.split())[:24]
        for number, line in enumerate(self.post.body.split("\n"), self.post.body_line):
            if wanted and wanted in "".join(line.replace("*", "").split()):
                return self.at(number)
        return self.at(None)

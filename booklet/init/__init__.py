"""The start: a `booklet.toml` from what a site has, and files that build and release the book on other machines."""

from booklet.init.ci import INSTALLING, KINDS, Asked, files
from booklet.init.settings import settings
from booklet.init.source import HERE, Source, found, named

__all__ = ["HERE", "INSTALLING", "KINDS", "Asked", "Source", "files", "found", "named", "settings"]

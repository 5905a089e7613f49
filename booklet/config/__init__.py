"""`booklet.toml`, found, read, checked and frozen."""

from booklet.config.load import NAME, Project, load, schema
from booklet.config.tables import BookTable, CollectTable, Config, PartTable, ReleaseTable, Selection

__all__ = [
    "NAME",
    "BookTable",
    "CollectTable",
    "Config",
    "PartTable",
    "Project",
    "ReleaseTable",
    "Selection",
    "load",
    "schema",
]

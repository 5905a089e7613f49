"""`booklet.toml`, found, read, checked and frozen."""

from booklet.config.load import Project, load, schema
from booklet.config.tables import BookTable, CollectTable, Config, PartTable, ReleaseTable, Selection

__all__ = ["BookTable", "CollectTable", "Config", "PartTable", "Project", "ReleaseTable", "Selection", "load", "schema"]

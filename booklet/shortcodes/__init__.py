"""Hugo's shortcodes: a scanner, a table of those that booklet knows, and templates that themes and authors add."""

from booklet.shortcodes.call import Call, Files, Page, Row
from booklet.shortcodes.expand import Table, expand
from booklet.shortcodes.rows import ROWS
from booklet.shortcodes.traced import Traced, traced

__all__ = ["ROWS", "Call", "Files", "Page", "Row", "Table", "Traced", "expand", "traced"]

"""The book's questions for other programs: flash cards for Anki, a list as JSON, a table as CSV."""

from booklet.export.artifact import Asked, Exported, Format, export

__all__ = ["Asked", "Exported", "Format", "export"]

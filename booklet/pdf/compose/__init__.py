"""Book → pieces of HTML, by the templates of a theme."""

from booklet.pdf.compose.compose import Options, compose

__all__ = ["Options", "compose"]

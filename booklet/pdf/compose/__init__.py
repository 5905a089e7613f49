"""Book → pieces of HTML, by the templates of a theme."""

from booklet.pdf.compose.compose import compose
from booklet.pdf.compose.options import Options

__all__ = ["Options", "compose"]

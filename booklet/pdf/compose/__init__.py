"""Book → pieces of HTML, by the templates of a theme."""

from booklet.pdf.compose.compose import compose, cover_piece, orders
from booklet.pdf.compose.options import Options

__all__ = ["Options", "compose", "cover_piece", "orders"]

"""A theme: a folder with `theme.toml`, `templates/`, `css/` and `fonts/`. The only door to Jinja2."""

from booklet.theme.load import load, of
from booklet.theme.papers import Paper
from booklet.theme.render import Snippets
from booklet.theme.theme import Theme, safe

__all__ = ["Paper", "Snippets", "Theme", "load", "of", "safe"]

"""An author's Markdown → Markdown that pandoc reads right, with the line of every heading, link, picture and formula.

Formulas and shortcodes are lifted out before pandoc sees the text: each becomes a token that pandoc takes for a word,
and `booklet.convert.passes.tokens` puts the thing itself in its place.  So a `|` in a table, a blank line in `$$`, an
underscore or a backslash in a formula can never be misread, and nothing is lost: a token in code gives its text back.
"""

from booklet.convert.dialect.rewrite import rewrite
from booklet.convert.dialect.source import MARK, TOKEN, Formula, Source, Text, Token, bare

__all__ = ["MARK", "TOKEN", "Formula", "Source", "Text", "Token", "bare", "rewrite"]

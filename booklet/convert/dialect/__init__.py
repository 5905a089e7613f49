"""An author's Markdown → Markdown that pandoc reads right, with the line of every heading, link, picture and formula.

Formulas, listings and HTML tags are lifted out before pandoc sees the text: each becomes a token that pandoc takes for
a word, and `booklet.convert.passes.tokens` puts the thing itself in its place.  So a `|` in a table, a blank line in
`$$`, an underscore or a backslash in a formula can never be misread, and nothing is lost: a token in code gives its
text back.  What other systems leave behind (Liquid, MkDocs, `:::`) is read as the HTML that says the same.
"""

from booklet.convert.dialect.prose import code
from booklet.convert.dialect.rewrite import rewrite
from booklet.convert.dialect.source import MARK, TOKEN, Code, Formula, Markup, Source, Text, Token, bare

__all__ = ["MARK", "TOKEN", "Code", "Formula", "Markup", "Source", "Text", "Token", "bare", "code", "rewrite"]

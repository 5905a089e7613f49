"""Raw HTML in a post: what a book can show is rebuilt as AST, by an allow-list; the rest is dropped with a notice.

No tag is left: pandoc's writer writes the tags of the book, so that they are closed and in order.  The text between
tags is never lost, but for scripts and styles.
"""

from booklet.convert.passes.html.build import allow

__all__ = ["allow"]

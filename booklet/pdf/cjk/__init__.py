"""The text engine: Chinese and Japanese lines as a compositor sets them (CLREQ 3.1, JLREQ 3.8), inside WeasyPrint.

`classes` says what a character is, `fill` how a line is filled, `lines` reads a line out of WeasyPrint's boxes and
writes it back, `engine` hangs all of it into WeasyPrint 70.0.  What needs no layout is done before, in
`booklet.convert.han`.
"""

from booklet.pdf.cjk.engine import TESTED, Ragged, fits, setting

__all__ = ["TESTED", "Ragged", "fits", "setting"]

"""What Kobo's own renderer needs: each sentence in a `koboSpan`, by which it counts pages and keeps marks.

Kobo publishes no standard; the shape is that of the books it sells: two `div`s round the body, spans numbered by
paragraph and sentence, none inside formulas, drawings and code.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from booklet.epub.model import Document

XHTML = "{http://www.w3.org/1999/xhtml}"
BLOCKS = frozenset(f"{XHTML}{name}" for name in "p li h1 h2 h3 h4 h5 h6 table ul ol dl blockquote figure".split())
WHOLE = frozenset((f"{XHTML}pre", "{http://www.w3.org/1998/Math/MathML}math", "{http://www.w3.org/2000/svg}svg"))
SENTENCE = re.compile(r".*?(?:[。！？!?…]+[”’」』）)]*|\.[”’)]*(?=\s))\s*|.+\Z", re.S)


def spanned(document: Document) -> Document:
    """The document with Kobo's spans."""
    from lxml import etree

    root = etree.fromstring(document.xhtml.encode())
    body = root.find(f"{XHTML}body")
    assert body is not None
    _Spans().children(body)
    outer, inner = etree.Element(f"{XHTML}div", id="book-columns"), etree.Element(f"{XHTML}div", id="book-inner")
    outer.append(inner)
    inner.text, body.text = body.text, None
    inner.extend(list(body))
    body.append(outer)
    text = etree.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>")
    return replace(document, xhtml=f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n')


class _Spans:
    """One walk over a document. Spans are `kobo.PARAGRAPH.SENTENCE`."""

    def __init__(self) -> None:
        self.paragraph, self.sentence = 1, 0

    def children(self, element: Any) -> None:
        """Wrap the text of an element, and of what is inside it."""
        made = self.words(element.text)
        element.text = None if made else element.text
        for child in list(element):
            if child.tag in BLOCKS:
                self.paragraph, self.sentence = self.paragraph + 1, 0
            tail, child.tail = child.tail, None
            made.append(self.child(child))
            words = self.words(tail)
            if words:
                made += words
            else:
                child.tail = tail
                made[-1].tail = tail
        element[:] = made

    def child(self, child: Any) -> Any:
        if child.tag == f"{XHTML}img":
            span = self.span(None)
            span.append(child)
            return span
        if isinstance(child.tag, str) and child.tag not in WHOLE:
            self.children(child)
        return child

    def words(self, text: str | None) -> list[Any]:
        if not text or not text.strip():
            return []
        return [self.span(part) for part in SENTENCE.findall(text) if part]

    def span(self, text: str | None) -> Any:
        from lxml import etree

        self.sentence += 1
        made = etree.Element(f"{XHTML}span", {"class": "koboSpan", "id": f"kobo.{self.paragraph}.{self.sentence}"})
        made.text = text
        return made

"""MathML that readers and schemas accept, from MathJax's."""

from __future__ import annotations

from lxml import etree

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
TOKENS = ("mo", "mi", "mn", "mtext", "ms")
COLOURS = ("mathcolor", "mathbackground")


def clean(source: str, tex: str, display: bool) -> str:
    """A `<math>` element in its namespace, `alttext` the TeX, without attributes that no schema knows.

    Clauses: EPUB 3.3 §5.3.3 (MathML), MathML 3 §2.2.1 (alttext).
    """
    root = etree.fromstring(source.encode())
    for element in root.iter():
        element.text, element.tail = (text if text and text.strip() else None for text in (element.text, element.tail))
        for name in map(str, list(element.attrib)):
            if name.startswith("data-") or name in ("class", "style", "id", "href"):
                del element.attrib[name]
        for name in COLOURS:
            if name in element.attrib:
                element.set(name, _hexadecimal(element.get(name) or ""))
        if etree.QName(element).localname in TOKENS and len(element):
            element.tag = f"{{{NAMESPACE}}}mrow"
            element.attrib.clear()
            element.text = None
    etree.cleanup_namespaces(root)
    root.set("alttext", " ".join(tex.split()))
    root.set("display", "block" if display else "inline")
    return etree.tostring(root, encoding="unicode")


def _hexadecimal(colour: str) -> str:
    """MathML 3 allows sixteen names and hex triples; CSS names beyond them become triples."""
    from PIL import ImageColor

    try:
        red, green, blue = ImageColor.getrgb(colour)[:3]
    except ValueError:
        return "#000000"
    return f"#{red:02x}{green:02x}{blue:02x}"

"""MathML that readers and schemas accept, from MathJax's."""

from __future__ import annotations

from typing import Any

from lxml import etree

from booklet.maths import core
from booklet.maths.alphabets import STYLES, styled
from booklet.maths.lint import legible

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
TOKENS = ("mo", "mi", "mn", "mtext", "ms")
LETTERS = ("mo", "mi", "mn")
COLOURS = ("mathcolor", "mathbackground")
UNKNOWN = ("class", "style", "id", "href", "semantics")


def clean(source: str, tex: str, display: bool) -> str:
    """A `<math>` element in its namespace, `alttext` the TeX, without what no schema or reader knows.

    Clauses: EPUB 3.3 §5.3.3 (MathML), MathML 3 §2.2.1 (alttext), MathML Core §4.2 (alphabets).
    """
    root = etree.fromstring(source.encode())
    for element in list(root.iter()):
        name = element.tag.rpartition("}")[2]
        _tidy(element, name)
        if name in TOKENS and len(element):
            element.tag = f"{{{NAMESPACE}}}mrow"
            element.attrib.clear()
            element.text = None
        elif name in LETTERS and element.get("mathvariant") in STYLES:
            element.text = styled(element.text or "", str(element.attrib.pop("mathvariant")))
        elif name == "mlabeledtr":
            _label_last(element)
    core.adapt(root)
    etree.cleanup_namespaces(root)
    root.set("alttext", legible(tex))
    root.set("display", "block" if display else "inline")
    return etree.tostring(root, encoding="unicode")


def _tidy(element: Any, kind: str) -> None:
    """Without indentation, empty attributes and those that only MathJax knows; colours as triples."""
    element.tail = None
    if kind not in TOKENS:
        element.text = None
    for name, value in element.items():
        if not value or name in UNKNOWN or name.startswith("data-"):
            del element.attrib[name]
        elif name in COLOURS:
            element.set(name, _hexadecimal(value))


def _label_last(row: Any) -> None:
    """Browsers know no labelled rows: the number is the last cell of its row, two em behind the formula."""
    row.tag = f"{{{NAMESPACE}}}mtr"
    label = row[0]
    label.insert(0, etree.Element(f"{{{NAMESPACE}}}mspace", width="2em"))
    row.append(label)


def _hexadecimal(colour: str) -> str:
    """MathML 3 allows sixteen names and hex triples; CSS names beyond them become triples."""
    from PIL import ImageColor

    try:
        red, green, blue = ImageColor.getrgb(colour)[:3]
    except ValueError:
        return "#000000"
    return f"#{red:02x}{green:02x}{blue:02x}"

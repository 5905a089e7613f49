"""What MathML Core, which browsers draw, lacks of MathML 3: said in elements and styles that it has.

Clauses: MathML Core §3.2.4 (mpadded), §3.4 (tables have no alignment or lines of their own), §3.2.4.1 (function
application has no space).
"""

from __future__ import annotations

from typing import Any

from lxml import etree

NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
APPLICATION = "\u2061"
THIN = "0.1667em"
OPENING = tuple("([{⟨|‖⌊⌈")
LONG_ARROWS = {"\ue428": "←", "\ue429": "→", "\ue42a": "↔"}
"""Private characters of MathJax's chemistry font; the others there are kinds of ⇌."""
LINES = {"solid": "solid", "dashed": "dashed"}


def adapt(root: Any) -> None:
    """Change a MathML tree in place."""
    for element in list(root.iter(f"{NAMESPACE}mtable")):
        _table(element)
    for element in list(root.iter(f"{NAMESPACE}mpadded")):
        _padded(element)
    for element in list(root.iter(f"{NAMESPACE}mo")):
        if element.text == APPLICATION:
            _application(element)
        elif element.text and "\ue000" <= element.text <= "\uf8ff":
            element.text = LONG_ARROWS.get(element.text, "⇌")
            element.set("stretchy", "false")


def _application(sign: Any) -> None:
    """`\\log p` has a thin space on either side, but none before a bracket (The TeXbook, p. 170)."""
    after, name = sign.getnext(), sign.getprevious()
    first = next((e for e in after.iter() if e.text), None) if after is not None else None
    if first is not None and not (first.text or "").startswith(OPENING):
        sign.set("rspace", THIN)
    before = name.getprevious() if name is not None else None
    if before is not None and before.tag not in (f"{NAMESPACE}mo", f"{NAMESPACE}mspace"):
        name.addprevious(etree.Element(f"{NAMESPACE}mspace", width=THIN))


def _padded(element: Any) -> None:
    """Sizes that add to the content's (`+0.833em`): space on both sides instead."""
    width = element.get("width") or ""
    if not any((element.get(name) or "").startswith(("+", "-")) for name in ("width", "height", "depth")):
        return
    for name in ("width", "height", "depth", "lspace", "voffset"):
        element.attrib.pop(name, None)
    element.tag = f"{NAMESPACE}mrow"
    if width.startswith("+"):
        number, unit = width[1:].rstrip("abcdefghijklmnopqrstuvwxyz"), width[1:].lstrip("0123456789.")
        for place in (0, len(element) + 1):
            element.insert(place, etree.Element(f"{NAMESPACE}mspace", width=f"{float(number) / 2:g}{unit}"))


def _table(table: Any) -> None:
    """Alignment, gaps and lines of columns and rows, on the cells."""
    aligned, gaps, columns, rows = (
        (table.get(name) or "").split() for name in ("columnalign", "columnspacing", "columnlines", "rowlines")
    )
    for n, row in enumerate(e for e in table if e.tag == f"{NAMESPACE}mtr"):
        for k, cell in enumerate(row):
            style = [f"text-align:{_nth(aligned, k)}"] if aligned and k < len(aligned) else []
            style += _gap("left", gaps, k - 1) + _gap("right", gaps, k)
            style += _line("left", columns, k - 1) + _line("top", rows, n - 1)
            if style:
                cell.set("style", ";".join(style))


def _nth(values: list[str], n: int) -> str:
    """The last value holds for all that follow (MathML 3 §3.5.1.2)."""
    return values[min(n, len(values) - 1)]


def _gap(side: str, gaps: list[str], n: int) -> list[str]:
    return [f"padding-{side}:calc({_nth(gaps, n)} / 2)"] if gaps and n >= 0 else []


def _line(side: str, lines: list[str], n: int) -> list[str]:
    kind = LINES.get(_nth(lines, n)) if lines and n >= 0 else None
    return [f"border-{side}:.05em {kind}"] if kind else []

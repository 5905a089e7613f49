"""What WeasyPrint's tagged output needs to be PDF/UA-1 and PDF/A-3a at once, piece by piece, pixels unchanged.

Rules: ISO 14289-1 §7.2 (lists), §7.18.5 (links); ISO 19005-3 §6.2.8 (interpolation).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from booklet.pdf import continued, digests, fragments, inward, ornaments, spans
from booklet.pdf.formulas import SPOKEN
from booklet.pdf.model import Place
from booklet.pdf.names import name_tree, plain

Element = Any
MARKED = re.compile(rb"/\w+\s*<<\s*/MCID (\d+)\s*>>\s*BDC")


@dataclass(frozen=True, slots=True)
class Finished:
    """What the linker must know of a piece's PDF."""

    pages: int
    destinations: dict[str, Place]
    digests: dict[str, str]
    links: tuple[str, ...]


def piece(pdf: Any, prefix: str) -> Finished:
    """Repair a piece's PDF in place."""
    tree = _Tree(pdf)
    _no_interpolation(pdf)
    fragments.join(tree.root.K[0])
    ornaments.take_out(tree.elements(), tree.root.K[0])
    continued.join(tree.elements(), tree.nums, tree.entry)
    for element in tree.elements():
        tree.repair(element)
    _artifacts(pdf)
    _fewer_objects(pdf, tree.elements())
    spans.dissolve(tree.elements(), tree.nums, tree.entry)
    _own_ids(pdf, prefix)
    return Finished(len(pdf.pages), _destinations(pdf), digests.of(pdf.pages[0].Resources), tuple(inward.point(pdf)))


def kids(element: Element) -> list[Any]:
    import pikepdf

    found = element.get("/K")
    if found is None:
        return []
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def is_element(kid: Any) -> bool:
    import pikepdf

    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def is_reference(kid: Any) -> bool:
    """An object reference: how a link's annotation hangs in the tree (PDF 32000-1 §14.7.4.3)."""
    import pikepdf

    return isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == pikepdf.Name.OBJR


class _Tree:
    """The structure tree of one document, with the map from its annotations back to it."""

    def __init__(self, pdf: Any) -> None:
        self.pdf, self.root = pdf, pdf.Root.StructTreeRoot
        nums = self.root.ParentTree.Nums
        self.nums, self.entry = nums, {int(nums[i]): i + 1 for i in range(0, len(nums), 2)}

    def elements(self) -> list[Element]:
        """Every element, children before their parents, in reading order."""
        order: list[Element] = []
        waiting = list(reversed([kid for kid in kids(self.root) if is_element(kid)]))
        while waiting:
            element = waiting.pop()
            order.append(element)
            waiting += [kid for kid in kids(element) if is_element(kid)]
        return order[::-1]

    def repair(self, element: Element) -> None:
        kind = str(element.get("/S"))
        if kind == "/LI":
            self.wrap_item(element)
        elif kind == "/Figure":
            _name_figure(element)
            kind = str(element.S)
        self.link_figures(element, kind)
        if kind == "/Link":
            self.flatten(element)
        elif kind not in ("/Form", *PICTURES):
            self.lift_references(element)

    def new(self, kind: str, parent: Element, children: list[Any], page: Any) -> Element:
        import pikepdf

        values = {"/Type": pikepdf.Name.StructElem, "/S": pikepdf.Name(f"/{kind}"), "/P": parent}
        values |= {"/K": pikepdf.Array(children)} | ({"/Pg": page} if page is not None else {})
        made = self.pdf.make_indirect(pikepdf.Dictionary(values))
        for child in children:
            if is_element(child):
                child.P = made
        return made

    def wrap_item(self, item: Element) -> None:
        """A list item holds a label and one body, nothing else (7.2 t20)."""
        import pikepdf

        inside = kids(item)
        fit = [kid for kid in inside if is_element(kid) and str(kid.S) in ("/Lbl", "/LBody")]
        odd = [kid for kid in inside if not any(kid is kept for kept in fit)]
        if odd:
            body = self.new("LBody", item, odd, item.get("/Pg"))
            labels = [kid for kid in fit if str(kid.S) == "/Lbl"]
            item.K = pikepdf.Array([*labels, body, *(kid for kid in fit if str(kid.S) == "/LBody")])

    def own(self, reference: Any, element: Element) -> None:
        """The annotation of an object reference belongs to this element."""
        self.nums[self.entry[int(reference.Obj.StructParent)]] = element

    def link_figures(self, element: Element, kind: str) -> None:
        """A linked picture: the reference belongs to a Link around the Figure (7.18.5 t1)."""
        import pikepdf

        result, changed = [], False
        for kid in kids(element):
            found = [x for x in kids(kid) if is_reference(x)] if is_element(kid) and str(kid.S) in PICTURES else []
            if not found:
                result.append(kid)
                continue
            changed = True
            kid.K = pikepdf.Array([x for x in kids(kid) if not is_reference(x)])
            holder = element if kind == "/Link" else self.new("Link", element, [*found, kid], kid.get("/Pg"))
            result += [*found, kid] if kind == "/Link" else [holder]
            for reference in found:
                self.own(reference, holder)
        if changed:
            element.K = pikepdf.Array(result)

    def lift_references(self, element: Element) -> None:
        """`<a><code>…`: the inner box's annotation belongs to the Link that it stands in."""
        import pikepdf

        found = [kid for kid in kids(element) if is_reference(kid)]
        above = element.P if found else None
        while above is not None and str(above.get("/S")) != "/Link":
            above = above.get("/P")
        if found and above is not None:
            element.K = pikepdf.Array([kid for kid in kids(element) if not is_reference(kid)])
            above.K = pikepdf.Array([*kids(above), *found])
            for reference in found:
                self.own(reference, above)

    def flatten(self, link: Element) -> None:
        """Links inside a link (generated content) give their kids to the outermost."""
        import pikepdf

        result: list[Any] = []
        for kid in kids(link):
            if not (is_element(kid) and str(kid.S) == "/Link"):
                result.append(kid)
                continue
            for inner in kids(kid):
                self._adopt(inner, kid, link)
                result.append(inner)
        link.K = pikepdf.Array(result)

    def _adopt(self, inner: Any, old: Element, new: Element) -> None:
        if is_reference(inner):
            self.own(inner, new)
        elif is_element(inner):
            inner.P = new
        else:  # a marked-content id: its page's row of the parent tree must follow
            self.nums[self.entry[int(old.Pg.StructParents)]][int(inner)] = new


PICTURES = ("/Figure", "/Formula")


def _name_figure(figure: Element) -> None:
    """Formulas are tagged Formula; a slot is words that the linker writes, and no figure."""
    import pikepdf

    spoken = str(figure.get("/Alt", ""))
    if spoken.startswith(SPOKEN):
        figure.S = pikepdf.Name.Formula
        figure.Alt = pikepdf.String(spoken.removeprefix(SPOKEN))
    elif spoken.startswith("slot:"):
        figure.S = pikepdf.Name.Span
        for key in ("/Alt", "/A"):
            if key in figure:
                del figure[key]


def _no_interpolation(pdf: Any) -> None:
    import pikepdf

    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == pikepdf.Name.Image and "/Interpolate" in item:
            item.Interpolate = False


def _fewer_objects(pdf: Any, elements: list[Element]) -> None:
    """Slots share their resources, references stand in their elements: a quarter of what the linker has to copy."""
    import pikepdf

    forms = pdf.pages[0].obj.get("/Resources", {}).get("/XObject", {})
    slots = [forms[name] for name in forms if name.startswith("/slot")]
    for slot in slots[1:]:
        slot.Resources = slots[0].Resources
    for element in elements:
        if any(is_reference(kid) for kid in kids(element)):
            element.K = pikepdf.Array(
                [pikepdf.Dictionary(dict(kid.items())) if is_reference(kid) else kid for kid in kids(element)]
            )


def _artifacts(pdf: Any) -> None:
    """Running heads and folios, which hang outside the document's element, become pagination artifacts."""
    import pikepdf

    root = pdf.Root.StructTreeRoot
    shown = {kid.objgen for kid in kids(root.K[0])}
    nums = root.ParentTree.Nums
    for n, page in enumerate(pdf.pages):
        parents = nums[2 * n + 1]
        running = {mcid for mcid, element in enumerate(parents) if not _hangs(element, shown)}
        if running:

            def mark(match: re.Match[bytes], running: set[int] = running) -> bytes:
                return b"/Artifact <</Type/Pagination>> BDC" if int(match[1]) in running else match[0]

            page.Contents.write(MARKED.sub(mark, page.Contents.read_bytes()))
            nums[2 * n + 1] = pikepdf.Array([None if m in running else e for m, e in enumerate(parents)])


def _hangs(element: Element, shown: set[Any]) -> bool:
    """Does the element reach the document's own children?"""
    import pikepdf

    while pikepdf.Name.Document != element.P.S:
        element = element.P
    return element.objgen in shown


def _own_ids(pdf: Any, prefix: str) -> None:
    """Ids of header cells must be unique in the book: they get the piece's name."""
    import pikepdf

    ids: dict[str, Element] = {}
    for element in _structure(pdf):
        if "/ID" in element:
            element.ID = pikepdf.String(plain(f"{prefix}-{element.ID}"))
            ids[str(element.ID)] = element
        if "/A" in element and isinstance(element.A, pikepdf.Dictionary) and "/Headers" in element.A:
            element.A.Headers = pikepdf.Array([pikepdf.String(plain(f"{prefix}-{name}")) for name in element.A.Headers])
    if ids:
        pdf.Root.StructTreeRoot.IDTree = name_tree(pdf, ids)


def _structure(pdf: Any) -> Iterator[Element]:
    import pikepdf

    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == pikepdf.Name.StructElem:
            yield item


def _destinations(pdf: Any) -> dict[str, Place]:
    number = {page.objgen: n for n, page in enumerate(pdf.pages)}
    names = pdf.Root.get("/Names", {}).get("/Dests", {}).get("/Names", [])
    return {
        str(names[i]): (number[names[i + 1][0].objgen], float(names[i + 1][2]), float(names[i + 1][3]))
        for i in range(0, len(names), 2)
    }

"""The book while it grows, piece by piece."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

from booklet.convert.spots import numbered
from booklet.pdf.link import ink
from booklet.pdf.link.addresses import Addresses
from booklet.pdf.link.copies import Copied
from booklet.pdf.model import LaidOut, Plan, Slot
from booklet.pdf.names import name_tree
from booklet.pdf.slots import asked_of, kind_of


class Growing:
    """A PDF that holds its pieces and is given them in order. `undefined` names links and slots that lead nowhere."""

    def __init__(self, plan: Plan, addresses: Addresses, fonts: Any, out: Any) -> None:
        import pikepdf

        self.plan, self.at, self.out = plan, addresses, out
        self.fonts = self.out.copy_foreign(fonts.Root.Fonts)
        self.root = self.out.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
        self.document = self.out.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document, P=self.root, K=pikepdf.Array())
        )
        self.chapters = max(plan.chapters.values(), default=0)
        self.pages: list[Any] = []
        self.branches: list[Any] = []
        self.parents: list[Any] = []
        self.ids: dict[str, Any] = {}
        self.key = 0
        self.asked: list[tuple[int, str]] = []
        self.undefined: list[tuple[str, str]] = []
        self.overflow: list[tuple[str, str]] = []

    def add(self, number: int, copied: Copied, font_map: dict[str, str]) -> None:
        """Take in a piece: its pages, its structure; fill its slots."""
        if self.at.blanks[number]:
            self._blank()
        piece, first = copied.piece, len(self.pages)
        self._branch(copied.pages)
        fonts = copied.resources.get("/Font")
        for old, new in font_map.items():
            fonts[f"/{old}"] = self.fonts[f"/{new}"]
        self._structure(copied.tree, piece)
        self._parent_tree(copied.tree, copied.pages, piece)
        self.asked = self._questions(piece)
        for slot in piece.slots:
            self._fill(slot, piece, first, copied.resources.XObject)
        self.undefined += [(piece.id, name) for name in piece.links if name not in self.at.places]

    def _blank(self) -> None:
        """An empty page of the size of the one before, edges for trimming included."""
        import pikepdf

        last = self.pages[-1]
        page = pikepdf.Dictionary(Type=pikepdf.Name.Page, Resources=pikepdf.Dictionary())
        page.Contents = self.out.make_stream(b"")
        for box in ("/MediaBox", "/BleedBox", "/TrimBox"):
            if box in last:
                page[box] = last[box]
        self._branch([self.out.make_indirect(page)])

    def _branch(self, pages: list[Any]) -> None:
        """A branch of the page tree for pages that follow (ISO 32000-1 §7.7.3): one flat list takes quadratic time."""
        import pikepdf

        node = self.out.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Pages, Parent=self.out.Root.Pages))
        node.Kids, node.Count = pikepdf.Array(pages), len(pages)
        for page in pages:
            page.Parent = node
        self.branches.append(node)
        self.pages += pages

    def _structure(self, tree: Any, piece: LaidOut) -> None:
        import pikepdf

        children = tree.K[0].K
        for element in children:
            element.P = self.document
            if piece.language != self.plan.language:
                element.Lang = pikepdf.String(piece.language)
        self.document.K.extend(children)
        names = tree.get("/IDTree", {}).get("/Names", [])
        self.ids |= {str(names[i]): names[i + 1] for i in range(0, len(names), 2)}

    def _parent_tree(self, tree: Any, pages: Sequence[Any], piece: LaidOut) -> None:
        """The piece's rows of the parent tree as one kid, their keys moved behind those of the pieces before."""
        import pikepdf

        nums = tree.ParentTree.Nums
        for i in range(0, len(nums), 2):
            nums[i] += self.key
        for number, page in enumerate(pages):
            page.StructParents = self.key + number
            for annotation in page.get("/Annots", ()):
                annotation.StructParent += self.key
        last = int(nums[-2])
        self.parents.append(self.out.make_indirect(pikepdf.Dictionary(Limits=[self.key, last], Nums=nums)))
        self.key = last + 1

    def _fill(self, slot: Slot, piece: LaidOut, first: int, forms: Any) -> None:
        content = self._ink(slot, piece, first)
        if content is not None:
            forms[f"/{slot.name}"].write(content)

    def _ink(self, slot: Slot, piece: LaidOut, first: int) -> bytes | None:
        kind = kind_of(slot.url)
        if kind in ("chapter", "tab"):
            number = self.plan.chapters.get(piece.id)
            if number is None:
                return None
            if kind == "tab":
                here = self._here(slot, first + slot.page)
                return ink.tab(slot, number, self.chapters, self.plan.tabs, here)
            return ink.fitted(slot, str(number))
        if kind == "folio":
            return self._label(slot, self.at.labels[first + slot.page], piece)
        return self._cross(slot, kind, piece)

    def _cross(self, slot: Slot, kind: str, piece: LaidOut) -> bytes | None:
        """What is said of another place: its page, or the number that it has in the book."""
        name = unquote(slot.url.split(":", 2)[2])
        known = self.plan.cited if kind == "number" else self.at.places
        if name not in known:
            self.undefined.append((piece.id, name))
            return None
        text = self.plan.cited[name] if kind == "number" else self.at.labels[self.at.places[name][0]]
        return ink.fitted(slot, text)

    def _questions(self, piece: LaidOut) -> list[tuple[int, str]]:
        """The pages on which a piece's questions begin, and what the fore-edge calls them, in order."""
        spots = sorted((self.at.places[name][0], -self.at.places[name][2], name) for name in piece.destinations)
        return [(at, self.plan.marks[name]) for at, _, name in spots if name in self.plan.marks]

    def _here(self, slot: Slot, page: int) -> str:
        """The question that a page's edge names, as a dictionary does; nothing that the face has no figures for."""
        inside = [text for at, text in self.asked if at == page]
        before = [text for at, text in self.asked if at < page][-1:]
        shown = (inside[:1] if asked_of(slot.url).get("side") == "left" else inside[-1:]) or before
        return shown[0] if shown and set(shown[0]) <= set(slot.glyphs) else ""

    def _label(self, slot: Slot, text: str, piece: LaidOut) -> bytes:
        content, over = ink.label(slot, text)
        if over:
            self.overflow.append((piece.id, slot.url))
        return content

    def spot(self, name: str) -> Any:
        """The destination array of a name, None for one that the book lacks."""
        import pikepdf

        if name not in self.at.places:
            return None
        page, x, y = self.at.places[name]
        return pikepdf.Array([self.pages[page], pikepdf.Name.XYZ, x, y, 0])

    def close(self) -> None:
        """The catalogue: page tree, structure tree, names, page labels."""
        import pikepdf

        root = self.out.Root
        root.Pages.Kids, root.Pages.Count = pikepdf.Array(self.branches), len(self.pages)
        self.root.K = pikepdf.Array([self.document])
        self.root.ParentTree = self.out.make_indirect(pikepdf.Dictionary(Kids=self.parents))
        self.root.ParentTreeNextKey = self.key
        if self.ids:
            self.root.IDTree = name_tree(self.out, self.ids)
        root.StructTreeRoot = self.root
        root.Lang = pikepdf.String(self.plan.language)
        spots = {name: self.spot(name) for name in self.at.places if not numbered(name)}
        root.Names = pikepdf.Dictionary(Dests=name_tree(self.out, spots))
        figures = pikepdf.Dictionary(S=pikepdf.Name.D)
        roman = [0, pikepdf.Dictionary(S=pikepdf.Name.r)] if self.at.front else []
        root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array([*roman, self.at.front, figures]))

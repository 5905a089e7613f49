"""The typefaces of the e-book: what is set in which kind of face, and the faces cut to just that."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from booklet import fonts
from booklet.epub.model import Draft, File, Fonts
from booklet.maths import alphabets

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "th", "dt", "strong", "b", "summary"))
CODE = frozenset(("code", "pre", "kbd", "samp"))
IMPLIED = {"msqrt": "√", "mroot": "√"}
"""Characters that elements draw and no text holds."""
CELLS = frozenset(("q-no", "da", "plate", "label"))
"""Classes that the theme sets as headings."""


@dataclass(frozen=True, slots=True)
class Use:
    """A face of the e-book, and the kinds of text that it is for."""

    family: str
    weight: int
    slanted: bool
    kinds: tuple[str, ...]


MATHS = Use("Booklet Maths", 400, False, ("maths",))
BOOK = (
    Use("Booklet Song", 400, False, ("text", "slanted", "code")),
    Use("Booklet Hei", 700, False, ("bold",)),
    Use("Booklet Mono", 400, False, ("code",)),
    Use("Booklet Roman", 400, False, ("text",)),
    Use("Booklet Roman", 400, True, ("slanted",)),
)


def letters(files: Iterable[str]) -> dict[str, str]:
    """Kind of text (text, bold, code, slanted, maths) → its characters. ValueError for what is no well-formed XML."""
    from lxml import etree

    found: dict[str, set[str]] = {}

    def walk(element: etree._Element, kind: str) -> None:
        own = _kind(element, kind) if isinstance(element.tag, str) else kind
        if isinstance(element.tag, str):
            found.setdefault(own, set()).update(element.text or "", IMPLIED.get(etree.QName(element).localname, ""))
        for child in element:
            walk(child, own)
            if child.tail:
                found.setdefault(own, set()).update(child.tail)

    for text in files:
        walk(etree.fromstring(text.encode()), "text")
    return {kind: "".join(sorted(characters)) for kind, characters in sorted(found.items())}


def _kind(element: object, above: str) -> str:
    from lxml import etree

    assert isinstance(element, etree._Element)
    name = etree.QName(element).localname
    if name == "math" or above == "maths":
        return "maths"
    if name in CODE or above == "code":
        return "code"
    if name in HEADINGS or above == "bold" or CELLS & set((element.get("class") or "").split()):
        return "bold"
    return "slanted" if name in ("em", "i", "cite") else above


def files(drafts: Sequence[Draft], more: Mapping[str, str], wanted: Fonts) -> tuple[list[File], str]:
    """The font files, and the rules that name them. `more`: characters of the documents that are no chapters.

    The maths face comes along whenever a formula needs it: without its MATH table Σ stands on its limits.
    """
    kinds = {kind for draft in drafts for kind in draft.letters}
    texts = {
        kind: set(itertools.chain(more.get(kind, ""), *(draft.letters.get(kind, "") for draft in drafts)))
        for kind in kinds | set(more)
    }
    uses = [MATHS] * ("maths" in kinds) + [*BOOK] * (wanted == "subset")
    made: list[File] = []
    rules: list[str] = []
    for use in uses:
        characters = "".join(itertools.chain.from_iterable(sorted(texts.get(kind, ())) for kind in use.kinds))
        drawn = frozenset(alphabets.drawn(characters) if use is MATHS else map(ord, characters))
        if file := _cut(use, drawn - {0x09, 0x0A}):
            made.append(file)
            rules.append(_rule(use, file))
    return made, "".join(rules)


def _cut(use: Use, characters: frozenset[int]) -> File | None:
    """None where the face has none of the characters."""
    face = fonts.face_of(use.family, use.weight, use.slanted)
    inside = characters & fonts.covers(face)
    if not inside - {0x20}:
        return None
    return File(f"fonts/{face.key}.otf", "font/otf", fonts.cut_small(face, inside))


def _rule(use: Use, file: File) -> str:
    style = "font-style: italic; " if use.slanted else ""
    return f'@font-face {{ font-family: "{use.family}"; font-weight: {use.weight}; {style}src: url({file.name}) }}\n'

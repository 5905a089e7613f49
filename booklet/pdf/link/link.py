"""The linking, told in order."""

from __future__ import annotations

import io
from collections.abc import Sequence

from booklet.diagnostics import Diagnostic, Noted, finding
from booklet.fonts import cut_glyphs
from booklet.pdf.link import addresses, bookmarks, fonts, marks, metadata
from booklet.pdf.link.book import Growing
from booklet.pdf.link.copies import Copies
from booklet.pdf.model import LaidOut, Linked, Plan


def link(pieces: Sequence[LaidOut], plan: Plan, cut: fonts.Cut = cut_glyphs) -> Noted[Linked]:
    """Join laid-out pieces."""
    copies = Copies()
    for number, piece in enumerate(pieces):
        copies.take(number, piece)
    return finish(copies, plan, cut)


def finish(copies: Copies, plan: Plan, cut: fonts.Cut = cut_glyphs) -> Noted[Linked]:
    """Join copied pieces: addresses first, then fonts, then piece by piece, then what belongs to the whole."""
    import pikepdf

    copied = copies.in_order()
    pieces = [one.piece for one in copied]
    at = addresses.assign(pieces, plan.two_sided)
    shared, maps = fonts.union(pieces, cut)
    book = Growing(plan, at, shared, copies.out)
    for number, (one, font_map) in enumerate(zip(copied, maps, strict=True)):
        book.add(number, one, font_map)
    book.close()
    if plan.crop_marks:
        marks.draw(book.out)
    bookmarks.write(book.out, plan.contents, book.spot)
    metadata.write(book.out, plan)
    buffer = io.BytesIO()
    mode = pikepdf.ObjectStreamMode.generate
    book.out.save(buffer, deterministic_id=True, object_stream_mode=mode, min_version="1.7")
    folios = {name: at.labels[place[0]] for name, place in at.places.items()}
    return Noted(Linked(buffer.getvalue(), at.labels, folios), tuple(_notes(book)))


def _notes(book: Growing) -> list[Diagnostic]:
    lost = [
        finding("pdf/undefined", f"{piece}: nothing in the book is called {name}") for piece, name in book.undefined
    ]
    wide = [
        finding("pdf/overflow", f"{piece}: a page number is wider than {url} allows") for piece, url in book.overflow
    ]
    return [*dict.fromkeys((*lost, *wide))]

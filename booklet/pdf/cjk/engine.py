"""What is hung into WeasyPrint 70.0 while a piece is set. All of it is private there, so any other version is refused.

* `layout.inline.text_align` decides how a line fills its measure: see `Setter.text_align`.
* `layout.inline.line_box_verticality` decides how high a line is: see `Setter.line_box_verticality`.
* `layout.block.block_replaced_box_layout` decides how high a picture is: see `_snapped`.
* `text.line_break.Layout` shapes: `set_text` closes adjacent marks up before lines are broken, `reactivate`, which
  the drawing calls, puts the room of a justified line between the glyphs.  Shaping has happened by then: no run is
  split, no ligature lost, and laying a line out costs no second shaping.
* `layout.inline.handle_leader` repeats the dots before a page number: see `leader`.
* `draw.draw_text` draws the dots under emphasised characters: see `dots`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from booklet.pdf.cjk.classes import PAIR, script
from booklet.pdf.cjk.dots import dotted
from booklet.pdf.cjk.fill import fill
from booklet.pdf.cjk.leader import joined
from booklet.pdf.cjk.lines import Line

TESTED = "70.0"
"""The version of WeasyPrint that this was written for."""
COLLAPSING = ("normal", "nowrap", "pre-line")
TOUCHING = 0.5
"""Of the lead (line height less em): something may reach to where the em boxes of the lines above and below begin."""


@dataclass(frozen=True, slots=True)
class Ragged:
    """A line that could not be filled: the element whose line it is, and its words."""

    element: Any
    words: str


def fits() -> bool:
    """Is this the version of WeasyPrint that the engine knows?"""
    import weasyprint

    return str(weasyprint.__version__) == TESTED


@contextmanager
def setting() -> Iterator[list[Ragged]]:
    """Inside, WeasyPrint sets Chinese and Japanese by their rules; the list gathers the lines that stay ragged.

    Another version of WeasyPrint than `TESTED` is left as it is.
    """
    if not fits():
        yield []
        return
    from weasyprint import draw
    from weasyprint.layout import block, inline
    from weasyprint.text import line_break

    setter = Setter(inline.text_align, inline.line_box_verticality)
    with (
        mock.patch.object(inline, "text_align", setter.text_align),
        mock.patch.object(inline, "line_box_verticality", setter.line_box_verticality),
        mock.patch.object(inline, "handle_leader", joined(inline.handle_leader)),
        mock.patch.object(block, "block_replaced_box_layout", _snapped(block.block_replaced_box_layout)),
        mock.patch.object(line_break.Layout, "set_text", _closed(line_break.Layout.set_text)),
        mock.patch.object(line_break.Layout, "reactivate", _parted(line_break.Layout.reactivate)),
        mock.patch.object(line_break.pyphen, "language_fallback", _hyphenated(line_break.pyphen.language_fallback)),
        mock.patch.object(draw, "draw_text", dotted(draw.draw_text)),
    ):
        yield setter.ragged


@dataclass(slots=True)
class Setter:
    """The two functions of a layout, and what they have measured and noticed."""

    plain_align: Any
    plain_verticality: Any
    ragged: list[Ragged] = field(default_factory=list)
    widths: dict[tuple[object, ...], float] = field(default_factory=dict)

    def text_align(self, context: Any, line: Any, available_width: float, last: bool) -> float:
        """The offset of a line, in px, its characters parted where it is to be justified.

        An opening mark at the start and a closing one at the end lose their empty halves (CLREQ 3.1.6.2).
        """
        language = script(line.style["lang"])
        if language is None or line.style["white_space"] not in COLLAPSING or line.style["direction"] != "ltr":
            return float(self.plain_align(context, line, available_width, last))
        read = Line(line, language, self.ratio)
        align = _alignment(line.style, last)
        extra = available_width - line.width - read.closed + read.start + read.end
        grown = fill([gap for gap, _ in read.gaps], extra) if align == "justify" and extra > 0 else ()
        if grown is None:
            self.ragged.append(Ragged(line.element, read.words))
        read.set(grown)
        line.width = min(line.width, available_width)
        left = {"center": extra / 2, "end": extra}.get(align, 0.0) if extra > 0 else 0.0
        return left - read.start

    def line_box_verticality(self, line: Any) -> tuple[float, float]:
        """Lower and upper edge of a line, in px from its baseline: a whole number of lines apart.

        What is a little too high (a subscript, a fraction, a word in another face) reaches into the lead; what is
        higher opens whole lines, so that the baselines below stay on their grid.
        """
        from weasyprint.text.line_break import strut

        bottom, top = self.plain_verticality(line)
        height, base = strut(line.style)
        lead = max(0.0, height - line.style["font_size"])
        above, below = (over if over > TOUCHING * lead else 0.0 for over in (-base - top, bottom - height + base))
        if above + below == 0.0 or not height:
            return max(height - base, min(bottom, height - base)), -base
        rest = math.ceil((above + below) / height - 1e-6) * height - above - below
        return height - base + below + (rest if not above else 0.0), -base - above - (rest if above else 0.0)

    def ratio(self, style: Any, character: str) -> float:
        """Width of a character in em, as the faces of a style have it."""
        key = (*style["font_family"], style["font_weight"], style["font_style"], style["lang"], character)
        if key not in self.widths:
            from weasyprint.text.line_break import Layout, line_size

            layout = Layout(style)
            layout.set_text(character)
            self.widths[key] = line_size(layout.get_first_line()[0], style)[0] / style["font_size"]
        return self.widths[key]


def _alignment(style: Any, last: bool) -> str:
    """`start`, `end`, `center` or `justify` (CSS Text 3 §6.1), left to right."""
    align = style["text_align_all"]
    if last:
        align = align if style["text_align_last"] == "auto" else style["text_align_last"]
        align = "start" if align == "justify" and style["text_align_last"] == "auto" else align
    return str({"left": "start", "right": "end"}.get(align, align))


def _snapped(plain: Any) -> Any:
    """White under a picture, so that it takes whole quarters of a line and the text below stays on the grid."""

    def block_replaced_box_layout(context: Any, box: Any, containing_block: Any) -> Any:
        from weasyprint.text.line_break import strut

        made = plain(context, box, containing_block)
        quarter = strut(containing_block.style)[0] / 4
        if quarter:
            high = made[0].margin_height()
            made[0].padding_bottom += math.ceil(high / quarter - 1e-6) * quarter - high
        return made

    return block_replaced_box_layout


def _hyphenated(plain: Any) -> Any:
    """`pyphen.language_fallback`: the Latin words of a Chinese text are taken for English where CSS lets them break."""

    def language_fallback(language: str) -> Any:
        return "en_US" if script(language) else plain(language)

    return language_fallback


def _closed(plain: Any) -> Any:
    """`Layout.set_text` that sets one of two adjacent marks half as wide, by the font's own `halt` feature.

    A layout is given a shorter text when its line is known: what stands at its end has no neighbour any more.
    """

    def set_text(self: Any, text: str, justify: bool = False) -> None:
        plain(self, text, justify)
        before: dict[int, int] = getattr(self, "halved", {})
        if not (before or PAIR.search(text)) or script(self.style["lang"]) is None:
            return
        self.halved = {
            _bytes(self.text, match.start()): _bytes(self.text, match.end()) for match in PAIR.finditer(self.text)
        }
        _feature(self.layout, b"halt 0", {start: end for start, end in before.items() if start not in self.halved})
        _feature(self.layout, b"halt 1", self.halved)

    return set_text


def _bytes(text: str, end: int) -> int:
    return len(text[:end].encode())


def _feature(layout: Any, feature: bytes, places: dict[int, int]) -> None:
    """A font feature for parts of a layout's text, from byte to byte; the last one that is set for a place counts."""
    from weasyprint.text.ffi import ffi, pango

    if not places:
        return
    attributes = pango.pango_layout_get_attributes(layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    for start, end in places.items():
        made = pango.pango_attr_font_features_new(feature)
        made.start_index, made.end_index = start, end
        pango.pango_attr_list_insert(attributes, made)
    pango.pango_layout_set_attributes(layout, attributes)


def _parted(plain: Any) -> Any:
    """`Layout.reactivate` that moves the glyphs of a justified line apart, just before it is drawn."""

    def reactivate(self: Any, style: Any) -> None:
        plain(self, style)
        parted = getattr(self, "parted", None)
        if parted:
            _part(self, parted, style["font_size"])

    return reactivate


def _part(layout: Any, parted: dict[int, float], em: float) -> None:
    """Room after the glyphs that start at these bytes. Each is a whole number of thousandths of an em, as PDF
    writes it (ISO 32000-1 §9.4.3); what rounding leaves goes to the next, so that the line ends where it should.
    """
    from weasyprint.text.ffi import TO_UNITS, ffi, pango

    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    rest = 0.0
    run = line.runs[0]
    while run != ffi.NULL:
        item = run.data
        run = run.next
        start, glyphs, clusters = item.item.offset, item.glyphs.glyphs, item.glyphs.log_clusters
        count = item.glyphs.num_glyphs
        for n in range(count):
            if n + 1 < count and clusters[n + 1] == clusters[n]:
                continue
            after = clusters[n + 1] if n + 1 < count else item.item.length
            room = sum(parted.get(start + byte, 0.0) for byte in range(clusters[n], after))  # a ligature is one glyph
            if room:
                thousandths = round((room + rest) * 1000 / em)
                rest += room - thousandths * em / 1000
                glyphs[n].geometry.width += round((thousandths + 0.3) * em / 1000 * TO_UNITS)

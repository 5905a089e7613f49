"""Rules 1 to 3, 18 to 23 and 29: the type area, the page, and what stands on it."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from tools.typography.measure import HAN, LETTER, Measured, Verdict, numbered, place
from tools.typography.reading import HEADINGS, Line, Page

SMALLEST = 7.8
CALLS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
SIZES = {"A5": 28, "B5": 36, "A4": 40, "Letter": 40}


def body(book: Measured) -> Verdict:
    """1: 10.5 pt, and nothing that is read under 7.8 pt; indices and calls of notes aside."""
    small = []
    for page in filter(numbered, book.book.pages):
        base = {round(line.y, 1) for line in page.lines if line.size >= SMALLEST}
        small += [
            f"{char.size:.1f} pt “{char.text}” p. {page.number + 1}"
            for char in page.chars
            if char.size < SMALLEST - 0.05 and char.block and "Formula" not in char.tags and char.text not in CALLS
            and (HAN.match(char.text) or LETTER.match(char.text)) and not _raised(char.y, base)
        ]  # fmt: skip
    number = f"{book.em:.1f} pt, {len(small)} characters under {SMALLEST} pt"
    return Verdict(1, "body size", number, abs(book.em - 10.5) < 0.06 and not small, tuple(small))


def _raised(y: float, base: set[float]) -> bool:
    """Beside a line of a readable size, but not on its baseline."""
    return any(0.5 < abs(y - line) < 8 for line in base) and not any(abs(y - line) <= 0.5 for line in base)


def whole(book: Measured) -> Verdict:
    """2: the measure is a whole multiple of the em."""
    ems = (book.right - book.left) / book.em
    return Verdict(2, "measure in em", f"{ems:.3f} em", abs(ems - round(ems)) <= 0.02 and bool(book.inner))


def length(book: Measured) -> Verdict:
    """3: 25 to 40 Han characters a line."""
    ems = (book.right - book.left) / book.em
    return Verdict(3, "line length", f"{ems:.1f} characters", 24.98 <= ems <= 40.02)


def widows(book: Measured) -> Verdict:
    """18: a paragraph that goes over a page leaves two lines on each."""
    off: list[str] = []
    count = 0
    for lines in book.paragraphs:
        pages = Counter(line.page for line in lines)
        if len(pages) > 1:
            count += 1
            if min(pages[min(pages)], pages[max(pages)]) < 2:
                off.append(place(lines[-1]))
    return Verdict(18, "widows and orphans", f"{len(off)} of {count} split paragraphs", _holds(off, count), tuple(off))


def last_headings(book: Measured) -> Verdict:
    """19: what follows a heading stands under it: two lines, or a figure, table or formula."""
    off, count = _followed(book, 2, lambda line: True)
    return Verdict(19, "headings at page ends", f"{len(off)} of {count} alone", _holds(off, count), tuple(off))


def question_heads(book: Measured) -> Verdict:
    """20: a question's title stays with the first lines of its answer."""
    off, count = _followed(book, 1, lambda line: "NonStruct" in line.tags[-4:])
    return Verdict(20, "question and answer", f"{len(off)} of {count} apart", _holds(off, count), tuple(off))


def _followed(book: Measured, wanted: int, chosen) -> tuple[list[str], int]:  # type: ignore[no-untyped-def]
    off: list[str] = []
    count = 0
    for page in filter(numbered, book.book.pages):
        heads = [line for line in page.lines if set(HEADINGS) & set(line.tags) and chosen(line)]
        for head in heads:
            count += 1
            below = [line for line in page.lines if line.y < head.y + 1 and not set(HEADINGS) & set(line.tags)]
            things = [
                thing for thing in page.things if thing.box[3] < head.y and thing.block != head.block and thing.tags
            ]
            lines = [line for line in below if line.size >= 7.5]
            if len(lines) < wanted and not things and not _short(book, page, lines):
                off.append(place(head))
    return off, count


def _short(book: Measured, page: Page, lines: list[Line]) -> bool:
    """All that follows is one line, because its paragraph has no more."""
    return any(len(book.book.blocks()[line.block]) == 1 for line in lines)


def recto(book: Measured) -> Verdict:
    """21: in a print edition chapters open on a right-hand page."""
    if not book.book.path.stem.endswith("-print"):
        return Verdict(21, "chapters on right-hand pages", "not a print edition", None)
    opens = [page.number for page in filter(numbered, book.book.pages) if any("H1" in line.tags for line in page.lines)]
    off = [f"p. {number + 1}" for number in opens if number % 2]
    return Verdict(
        21, "chapters on right-hand pages", f"{len(off)} of {len(opens)} on the left", _holds(off, opens), tuple(off)
    )


def headings(book: Measured) -> Verdict:
    """22: in another face than the text, in steps that the eye tells apart."""
    heads = [line for line in book.book.lines if set(HEADINGS) & set(line.tags) and line.size < 40]
    same = [
        line
        for line in heads
        if all(char.font == book.face for char in line.chars if HAN.match(char.text)) and HAN.search(line.text)
    ]
    sizes = sorted({round(line.size, 1) for line in heads} | {round(book.em, 1)})
    close = [f"{a} and {b} pt" for a, b in pairwise(sizes) if b / a < 1.09]
    number = f"sizes {', '.join(f'{size:g}' for size in sizes)} pt; {len(same)} of {len(heads)} in the text's face"
    return Verdict(22, "headings", number, _holds(same + close, heads), (*map(place, same), *close))


def grid(book: Measured) -> Verdict:
    """23: baselines of running text keep to the grid from the first line of a page to the last.

    Blocks are whole quarters of a line high, so a baseline may stand a quarter, a half, three quarters lower.
    """
    quarter = book.step / 4
    worst, off, count = 0.0, list[str](), 0
    for page in book.book.pages:
        lines = [line for line in page.lines if line in book.running]
        if len(lines) < 8 or not quarter:
            continue
        count += 1
        drift = max(abs((lines[0].y - line.y) - round((lines[0].y - line.y) / quarter) * quarter) for line in lines)
        worst = max(worst, drift)
        if drift > 0.5:
            off.append(f"{drift:.2f} pt p. {page.number + 1}")
    return Verdict(23, "baseline grid", f"at most {worst:.2f} pt over {count} pages", _holds(off, count), tuple(off))


def outside(book: Measured) -> Verdict:
    """29: no ink of the text beyond the type area; pictures have the pixels that they need."""
    off: list[str] = []
    coarse: list[str] = []
    count = 0
    need = 300 if book.book.path.stem.endswith("-print") else 150
    left, right = book.left, book.right

    def beyond(x0: float, x1: float) -> float:
        return max(left - x0, x1 - right)

    for page in book.book.pages:
        if not any(line in book.running for line in page.lines):
            continue
        for char in page.chars:
            if char.block and char.text.strip() and "Formula" not in char.tags:
                count += 1
                if not (
                    book.left - 1 <= char.ink[0] and char.ink[2] <= book.right + 1 and 0 < char.ink[1] < page.height
                ):
                    off.append(f"“{char.text}” {beyond(char.ink[0], char.ink[2]):.1f} pt p. {page.number + 1}")
        for thing in page.things:
            if thing.tags and not (book.left - 1.5 <= thing.box[0] and thing.box[2] <= book.right + 1.5):
                off.append(f"{thing.kind} {beyond(thing.box[0], thing.box[2]):.1f} pt p. {page.number + 1}")
            if thing.kind == "image" and 0 < thing.dpi < need and thing.tags:
                coarse.append(f"{thing.dpi:.0f} dpi p. {page.number + 1}")
    number = f"{len(off)} of {count} characters and things outside, {len(coarse)} pictures under {need} dpi"
    return Verdict(29, "inside the measure", number, _holds(off, count), tuple(off + coarse))


def _holds(off: object, seen: object) -> bool | None:
    return not off if seen else None


RULES = (body, whole, length, widows, last_headings, question_heads, recto, headings, grid, outside)

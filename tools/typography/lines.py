"""Rules 4 to 17: the line and the paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import pstdev

from tools.typography.measure import (
    CLOSING,
    HAN,
    LETTER,
    NEAR,
    NOT_FIRST,
    OPENING,
    SPACES,
    Measured,
    Verdict,
    pairs,
    place,
    wide,
)
from tools.typography.reading import Char, Line

UNIT = re.compile("%|‰|℃|°|[KMGTkmμn]?(?:B|b|s|m|g|Hz|bps)(?![A-Za-z])")

BEARING = 0.13
"""em: the white beside the last letter of a formula, which belongs to it."""


def steps(book: Measured) -> Verdict:
    """4: baselines of a paragraph are one step apart, formulas and code included."""
    found = [(a.y - b.y, b) for lines in book.paragraphs for a, b in pairwise(lines) if a.page == b.page]
    off = [(step, line) for step, line in found if abs(step - book.step) > 0.3]
    spread = pstdev([step for step, _ in found]) if found else 0.0
    ratio = book.step / book.em
    holds = spread <= 0.3 and 1.5 <= ratio <= 2.0
    number = f"σ {spread:.2f} pt over {len(found)} steps of {book.step:.1f} pt ({ratio:.2f} em)"
    return Verdict(4, "line step", number, holds, tuple(f"{step:.1f} pt {place(line)}" for step, line in off))


def indents(book: Measured) -> Verdict:
    """5: a first line of running text begins 0 or 2 em from the edge, nothing between."""
    firsts = [
        lines[0] for lines in book.paragraphs if "P" in lines[0].tags and not {"LI", "BlockQuote"} & set(lines[0].tags)
    ]
    firsts = [line for line in firsts if len(line.chars) > 2 and any(char.font == book.face for char in line.chars)]
    ems = [((book.start(line) - book.left) / book.em, line) for line in firsts]
    off = [(em, line) for em, line in ems if min(abs(em), abs(em - 2)) > 0.12 and not starts_with_cell(line, em)]
    two = sum(abs(em - 2) <= 0.12 for em, _ in ems)
    number = f"{two} by 2 em, {len(ems) - two - len(off)} flush, {len(off)} other"
    return Verdict(
        5, "first-line indent", number, not off and two > 0, tuple(f"{em:.2f} em {place(line)}" for em, line in off)
    )


def starts_with_cell(line: Line, em: float) -> bool:
    """A theme's mark before the text: a character in another face and size."""
    return 0 <= em < 2 and abs(line.chars[0].size - line.size) > 0.3


def gaps_between(book: Measured) -> Verdict:
    """6: indented paragraphs have no extra space between them."""
    firsts = [(a[-1], b[0]) for a, b in zip(book.paragraphs, book.paragraphs[1:], strict=False)]
    both = [
        (a.y - b.y - book.step, b)
        for a, b in firsts
        if a.page == b.page
        and not {"LI", "BlockQuote"} & {*a.tags, *b.tags}
        and abs(book.start(b) - book.left - 2 * book.em) < 1
        and a.y - b.y < 4 * book.step
        and not _between(book, a, b)
    ]
    off = [(gap, line) for gap, line in both if gap > 0.5 * book.step + 0.3]
    worst = max((gap / book.step for gap, _ in both), default=0.0)
    return Verdict(
        6,
        "space between indented paragraphs",
        f"at most {worst:.2f} lines over {len(both)}",
        _holds(off, both),
        tuple(place(line) for _, line in off),
    )


def _between(book: Measured, a: Line, b: Line) -> bool:
    page = book.book.pages[a.page]
    others = [line.y for line in page.lines if b.y + 1 < line.y < a.y - 1]
    return bool(others) or any(
        b.y < (thing.box[1] + thing.box[3]) / 2 < a.y and thing.block not in (a.block, b.block) for thing in page.things
    )


def flush(book: Measured) -> Verdict:
    """7: lines that are not the last of their block end at the edge of the measure."""
    off = [
        (gap, line)
        for line in book.inner
        if abs(gap := book.end(line) - book.edge(line)) > NEAR + BEARING * book.em * _things_after(line)
    ]
    share = 1 - len(off) / len(book.inner) if book.inner else 0.0
    number = f"{share:.2%} of {len(book.inner)} lines within {NEAR} pt"
    return Verdict(7, "justified", number, share >= 0.995, tuple(f"{gap:+.1f} pt {place(line)}" for gap, line in off))


def room(book: Measured) -> Verdict:
    """8: word spaces over half an em are rare, and Han hardly part."""
    words: list[float] = []
    mixed: list[float] = []
    han: list[tuple[float, Line]] = []
    for line in book.inner:
        for a, b, gap in apart(line):
            squares = bool(HAN.match(a.text)) + bool(HAN.match(b.text))
            if (
                gap > 0.1
                and squares < 2
                and "Mono" not in a.font + b.font
                and not {a.text, b.text} & set(CLOSING + OPENING)
            ):
                (mixed if squares else words).append(gap)
        for a, b in pairs(line):
            if HAN.match(a.text) and HAN.match(b.text) and abs(a.size - b.size) < 0.1:
                han.append(((b.x - a.x) / a.size - 1, line))
    over = sum(width > 0.505 for width in words) / len(words) if words else 0.0
    stretch = sorted(gap for gap, _ in han)
    p95 = stretch[int(len(stretch) * 0.95)] if stretch else 0.0
    worst = stretch[-1] if stretch else 0.0
    number = (
        f"{over:.1%} of {len(words)} word spaces over ½ em; Han apart p95 {p95:.3f} em, at most {worst:.3f} em; "
        f"Han–Latin p95 {sorted(mixed)[int(len(mixed) * 0.95)] if mixed else 0:.2f} em"
    )
    holds = over < 0.03 and p95 <= 0.15 and worst <= 0.305
    return Verdict(
        8,
        "limits of adjustment",
        number,
        holds,
        tuple({f"{gap:.2f} em {place(line)}": 0 for gap, line in han if gap > 0.305}),
    )


FULL = "，。、；：！？）》〉」』】〕（《〈「『【〔"


def _typed(line: Line, a: Char, b: Char) -> bool:
    """Does a space stand between two characters?"""
    return any(char.text in SPACES and a.x < char.x < b.x for char in line.chars)


def apart(line: Line) -> Iterator[tuple[Char, Char, float]]:
    """Characters beside each other on the baseline, and the white between their advances in em, typed or not."""
    chars = [char for char in line.chars if abs(char.y - line.y) < 0.5 and char.text not in SPACES]
    for a, b in pairwise(chars):
        right = a.x + a.size if HAN.match(a.text) else a.right
        raised = any(a.x < char.x < b.x for char in line.chars if char.text not in SPACES)
        if not raised and not _split(line, a.x, b.x):
            yield a, b, (b.x - right) / line.size


def _split(line: Line, a: float, b: float) -> bool:
    return any(a < (thing.box[0] + thing.box[2]) / 2 < b for thing in line.things)


def ends(book: Measured) -> Verdict:
    """9: a full-width mark at the end of a flush line has its empty half outside the measure."""
    lines = [
        line for line in book.inner if wide(_last(line)) and _last(line).text in CLOSING and not _things_after(line)
    ]
    off = [
        line
        for line in lines
        if _last(line).x + _last(line).size > book.edge(line) - NEAR and abs(book.end(line) - book.edge(line)) > NEAR
    ]
    return Verdict(
        9,
        "marks at line ends",
        f"{len(off)} of {len(lines)} keep an empty half",
        _holds(off, lines),
        tuple(map(place, off)),
    )


def starts(book: Measured) -> Verdict:
    """10: an opening mark at the start of a line has its empty half outside."""
    lines = [
        line
        for lines in book.paragraphs
        for line in lines
        if line.chars[0].text in OPENING and wide(line.chars[0]) and line.left == line.chars[0].x
    ]
    off = [line for line in lines if abs(_columns(book, line) - round(_columns(book, line))) > 0.12]
    return Verdict(
        10,
        "marks at line starts",
        f"{len(off)} of {len(lines)} keep an empty half",
        _holds(off, lines),
        tuple(map(place, off)),
    )


def _columns(book: Measured, line: Line) -> float:
    """em from the edge of the type area; indents are whole em."""
    return (book.start(line) - book.left) / book.em


def adjacent(book: Measured) -> Verdict:
    """11: two marks side by side take one and a half em."""
    found = [
        ((b.x - a.x) / a.size, line)
        for line in book.running
        for a, b in pairs(line)
        if wide(a)
        and wide(b)
        and abs(a.size - b.size) < 0.1
        and ((a.text in CLOSING and b.text in CLOSING + OPENING) or (a.text in OPENING and b.text in OPENING))
    ]
    off = [line for apart, line in found if apart > 0.85]
    return Verdict(
        11,
        "adjacent marks",
        f"{len(off)} of {len(found)} pairs wider than 1½ em",
        _holds(off, found),
        tuple(map(place, off)),
    )


def line_starts(book: Measured) -> Verdict:
    """12: kinsoku."""
    lines = [line for lines in book.book.blocks().values() for line in lines[1:]]
    off = [
        line
        for line in lines
        if line.chars[0].text in NOT_FIRST and line.chars[0].x <= line.left + 0.1 and "Code" not in line.tags
    ]
    return Verdict(
        12, "never at line start", f"{len(off)} of {len(lines)} lines", _holds(off, lines), tuple(map(place, off))
    )


def line_ends(book: Measured) -> Verdict:
    """13: kinsoku."""
    lines = [line for lines in book.book.blocks().values() for line in lines[:-1]]
    off = [
        line for line in lines if _last(line).text in OPENING and not _things_after(line) and "Code" not in line.tags
    ]
    return Verdict(
        13, "never at line end", f"{len(off)} of {len(lines)} lines", _holds(off, lines), tuple(map(place, off))
    )


def dashes(book: Measured) -> Verdict:
    """14: —— and …… are whole, two em wide, and start no line."""
    off: list[str] = []
    count = 0
    for lines in book.paragraphs:
        for n, line in enumerate(lines):
            count += len(re.findall("——|……", line.text))
            if n and re.match("[—…]", line.text.lstrip()):
                off.append(f"at the start {place(line)}")
            chars = line.chars
            for a, b, c in zip(chars, chars[1:], chars[2:], strict=False):
                if a.text == b.text and a.text in "—…" and (c.x - a.x) / a.size < 1.9 and not _split(line, a.x, c.x):
                    off.append(f"{(c.x - a.x) / a.size:.2f} em wide {place(line)}")
    return Verdict(
        14, "—— and ……", f"{len(off)} of {count} split, narrow or at a line start", _holds(off, count), tuple(off)
    )


def unsplit(book: Measured) -> Verdict:
    """15: a number and its unit stay on one line. (Whether a Latin word does, no page says: a space is not drawn.)"""
    off: list[Line] = []
    count = 0
    for lines in book.paragraphs:
        for a, b in pairwise(lines):
            last, first = _last(a), b.chars[0]
            if "Mono" in last.font or "Mono" in first.font or _things_after(a) or b.left < first.x - 0.1:
                continue
            count += 1
            if last.text.isdigit() and UNIT.match(b.text):
                off.append(a)
    return Verdict(
        15, "numbers and their units", f"{len(off)} of {count} line ends", _holds(off, count), tuple(map(place, off))
    )


def _holds(off: object, seen: object) -> bool | None:
    """No exceptions; None where the book has nothing that the rule is about."""
    return not off if seen else None


def _last(line: Line):  # type: ignore[no-untyped-def]
    return max((char for char in line.chars if char.text not in SPACES), key=lambda char: char.x)


def _things_after(line: Line) -> bool:
    return any(thing.box[0] > _last(line).x for thing in line.things)


def autospace(book: Measured) -> Verdict:
    """16: an eighth to a third of an em between Han and Latin, none beside full-width marks."""
    tight: list[Line] = []
    loose: list[Line] = []
    marks: list[Line] = []
    count = 0
    for line in book.running:
        for a, b, gap in apart(line):
            if abs(a.size - b.size) > 0.3 and "Mono" not in a.font + b.font:
                continue
            marks_here = [c for c in (a, b) if c.text in FULL and wide(c)]
            if marks_here and _typed(line, a, b):
                marks.append(line)
            elif (HAN.match(a.text) and LETTER.match(b.text)) or (LETTER.match(a.text) and HAN.match(b.text)):
                count += 1
                if gap < 0.12:
                    tight.append(line)
                elif gap > 0.52:
                    loose.append(line)
        for thing in line.things:
            near = [
                char
                for char in line.chars
                if HAN.match(char.text) and -0.1 * book.em < thing.box[0] - (char.x + char.size) < 0.08 * book.em
            ]
            tight += [line] * len(near)
            count += 1
    off = tight + loose + marks
    number = f"{len(tight)} tight, {len(loose)} loose, {len(marks)} beside marks, of {count}"
    return Verdict(16, "Han–Latin space", number, _holds(off, count), tuple(map(place, off)))


def last_lines(book: Measured) -> Verdict:
    """17: no paragraph ends with a single Han character on its line."""
    lines = [lines[-1] for lines in book.paragraphs if len(lines) > 1]
    alone = [
        line for line in lines if len(HAN.findall(line.text)) == 1 and not LETTER.search(line.text) and not line.things
    ]
    return Verdict(
        17,
        "single characters",
        f"{len(alone)} of {len(lines)} last lines",
        not alone and bool(lines),
        tuple(map(place, alone)),
    )


RULES = (
    steps,
    indents,
    gaps_between,
    flush,
    room,
    ends,
    starts,
    adjacent,
    line_starts,
    line_ends,
    dashes,
    unsplit,
    autospace,
    last_lines,
)

"""Rules 24 to 28 and 30: glyphs, text, contents, folios, the file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf
from fontTools.ttLib import TTFont

from tools.typography.measure import HAN, Measured, Verdict, place, spoken

OTHER_REGIONS = re.compile("(JP|KR|TC|HK)(-|$)|(Song|Hei)(JA|KO|HANT)", re.I)
FAULTS = re.compile("，，|。。|、、|[\u4e00-\u9fff],[\u4e00-\u9fff]|[\u4e00-\u9fff]\\.[\u4e00-\u9fff]")


def slanted(book: Measured) -> Verdict:
    """24: no slanted Han glyph."""
    han = [char for page in book.book.pages for char in page.chars if HAN.match(char.text)]
    off = [char for char in han if char.slanted or re.search("italic|oblique", char.font, re.I)]
    return Verdict(24, "no slanted Han", f"{len(off)} of {len(han)} characters", not off if han else None)


def region(book: Measured) -> Verdict:
    """25: faces of the book's own region, and a glyph for every character."""
    foreign = sorted(
        {
            char.font
            for page in book.book.pages
            for char in page.chars
            if HAN.match(char.text) and OTHER_REGIONS.search(char.font)
        }
    )
    empty = list(notdef(book))
    number = f"{len(foreign)} faces of another region, {len(empty)} characters without a glyph"
    return Verdict(25, "glyphs of the region", number, not foreign and not empty, tuple(foreign + empty))


def notdef(book: Measured) -> Iterator[str]:
    """Characters that a font of the file is said to have, but whose glyph is not in it."""
    with pikepdf.open(book.book.path) as pdf:
        for item in pdf.objects:
            if not isinstance(item, pikepdf.Dictionary) or item.get("/Subtype") != "/Type0" or "/ToUnicode" not in item:
                continue
            file = next(
                (f for key, f in item.DescendantFonts[0].FontDescriptor.items() if key.startswith("/FontFile")), None
            )
            count = _glyphs(file.read_bytes()) if file is not None else 0
            text = item.ToUnicode.read_bytes().decode("latin-1")
            for gid, words in re.findall(r"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>", text):
                if int(gid, 16) >= count:
                    yield f"“{bytes.fromhex(words).decode('utf-16-be', 'replace')}” in {str(item.BaseFont)[1:]}"


def _glyphs(data: bytes) -> int:
    return int(TTFont(io.BytesIO(data), lazy=True)["maxp"].numGlyphs)


def lint(book: Measured) -> Verdict:
    """26: no doubled marks, no half-width comma between Han; quotation marks in pairs."""
    off: list[str] = []
    for lines in book.paragraphs:
        text = "".join(map(spoken, lines))
        off += [f"{match[0]} {place(lines[0])}" for match in FAULTS.finditer(text)]
        off += [
            f"{pair} not paired {place(lines[0])}"
            for pair in ("“”", "《》", "「」")
            if text.count(pair[0]) != text.count(pair[1])
        ]
    count = len(book.paragraphs)
    return Verdict(26, "text", f"{len(off)} faults in {count} paragraphs", not off if count else None, tuple(off))


def contents(book: Measured) -> Verdict:
    """27: the number beside an entry is that of its target's page; numbers end at one edge."""
    off: list[str] = []
    count = 0
    edges: dict[int, float] = {}
    for page, box, _ in _links(book):
        edges[page] = max(edges.get(page, 0.0), box[2])
    for page, box, target in _links(book):
        if box[2] < edges[page] - 3:
            continue
        inside = [
            char
            for char in book.book.pages[page].chars
            if box[0] - 1 <= char.x <= box[2] + 1 and box[1] - 1 <= char.y <= box[3] + 1
        ]
        digits = [char for char in sorted(inside, key=lambda char: char.x) if char.block == 0 or char.x > box[2] - 40]
        shown = "".join(char.text for char in digits if char.x > box[2] - 40).replace(" ", "").strip(",")
        if re.fullmatch(r"\d+\.\d+", shown):
            continue  # an index cites questions by their numbers
        number = shown.replace(".", "")
        if not re.fullmatch("[0-9]+|[ivxlc]+", number):
            continue
        count += 1
        if number != book.book.pages[target].label:
            off.append(f"{number} instead of {book.book.pages[target].label}, p. {page + 1}")
        elif abs(max(char.right for char in digits) - box[2]) > 1.5:
            off.append(f"{number} is not at the edge, p. {page + 1}")
    return Verdict(27, "contents", f"{len(off)} of {count} numbers wrong", not off if count else None, tuple(off))


def _links(book: Measured) -> Iterator[tuple[int, tuple[float, float, float, float], int]]:
    """Links inside the book on pages before the first running text: page, box, page of the target."""
    with pikepdf.open(book.book.path) as pdf:
        numbers = {page.objgen: n for n, page in enumerate(pdf.pages)}
        names = dict(_names(pdf))
        for n, page in enumerate(pdf.pages):
            for note in page.get("/Annots", []):
                target = note.get("/Dest") or note.get("/A", {}).get("/D")
                if isinstance(target, pikepdf.String):
                    target = names.get(str(target))
                if target is not None and target[0].objgen in numbers:
                    x0, y0, x1, y1 = (float(value) for value in note.Rect)
                    x0, x1 = x0 + book.book.pages[n].shift, x1 + book.book.pages[n].shift
                    yield n, (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), numbers[target[0].objgen]


def _names(pdf: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Object]]:
    if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names:
        for name, target in pikepdf.NameTree(pdf.Root.Names.Dests).items():
            yield str(name), target.get("/D") if isinstance(target, pikepdf.Dictionary) else target


def folios(book: Measured) -> Verdict:
    """28: every page of running text says its label, above or below the type area."""
    off: list[str] = []
    count = 0
    for page in book.book.pages:
        lines = [line for line in page.lines if line in book.running]
        if len(lines) < 3:
            continue
        top, foot = max(line.y for line in page.lines) + 12, min(line.y for line in page.lines) - 12
        outer = [char for char in page.chars if not char.block and (char.y > top or char.y < foot)]
        rows: dict[float, str] = {}
        for char in sorted(outer, key=lambda char: char.x):
            rows[round(char.y)] = rows.get(round(char.y), "") + char.text
        numbers = {part for row in rows.values() for part in re.findall("[0-9]+|[ivxlcdm]+", row)}
        if not any("H1" in line.tags for line in page.lines):
            count += 1
            if page.label not in numbers:
                off.append(f"{page.label!r} is not on p. {page.number + 1}")
    with pikepdf.open(book.book.path) as pdf:
        off += [] if "/PageLabels" in pdf.Root else ["the file has no page labels"]
    return Verdict(
        28, "folios", f"{len(off)} of {count} pages without their label", not off if count else None, tuple(off)
    )


def printing(book: Measured) -> Verdict:
    """30: every font is embedded and cut; a booklet has whole sheets."""
    off: list[str] = []
    count = 0
    with pikepdf.open(book.book.path) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                count += 1
                name = str(item.FontName)[1:]
                if not any(str(key).startswith("/FontFile") for key in item.keys()):  # noqa: SIM118
                    off.append(f"{name} is not embedded")
                elif not re.match("[A-Z]{6}[+]", name):
                    off.append(f"{name} is not a subset")
        if book.book.path.stem.endswith("-booklet") and len(pdf.pages) % 2:
            off.append(f"{len(pdf.pages)} sides")
    return Verdict(30, "print", f"{count} fonts, {len(off)} faults", not off if count else None, tuple(off))


RULES = (slanted, region, lint, contents, folios, printing)

"""Answers apart from their questions: each can be reached from its question, and leads back; page numbers are right.

pypdf reads a PDF's links and destinations, pdfium the words under a link; lxml reads an EPUB.  The names `q-…` and
`q-…_answer` are all that is known of how the book was made.  A file whose answers stand below their questions has
nothing to be found.
"""

from __future__ import annotations

import posixpath
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

ENDING = "_answer"
XHTML = "{http://www.w3.org/1999/xhtml}"


def of_pdf(file: Path) -> list[str]:
    """What is wrong with the links between questions and answers of a PDF."""
    import pypdf
    import pypdfium2

    reader, pages = pypdf.PdfReader(file), pypdfium2.PdfDocument(file)
    where = {name: reader.get_destination_page_number(spot) for name, spot in reader.named_destinations.items()}
    found: list[str] = []
    links: dict[tuple[str, int], set[str]] = {}
    texts: dict[int, Any] = {}
    for number, target, box in _links(reader):
        if target in where:
            if number not in texts:
                texts[number] = pages[number].get_textpage()
            words = texts[number].get_text_bounded(*box)
            links.setdefault((target, number), set()).update(re.findall(r"[0-9ivxlc]+", words))
    for answer in (name for name in where if name.endswith(ENDING)):
        question = answer.removesuffix(ENDING)
        if question not in where:
            continue
        for start, goal in ((question, answer), (answer, question)):
            label = reader.page_labels[where[goal] or 0]
            shown = links.get((goal, where[start] or 0))
            if shown is None:
                found.append(f"{start} does not lead to {goal}")
            elif label not in shown:
                found.append(f"{start} says page {sorted(shown)} of {goal}, which is on {label}")
    return found


def _links(reader: Any) -> Iterator[tuple[int, str, tuple[float, float, float, float]]]:
    """Page, name of the target and box of every link of the document to itself."""
    for number, page in enumerate(reader.pages):
        for link in page.get("/Annots", ()):
            target = link.get_object().get("/Dest")
            if target is not None:
                left, low, right, high = map(float, link.get_object()["/Rect"])
                yield number, str(target), (left, low, right, high)


def of_epub(file: Path) -> list[str]:
    """What is wrong with the links between questions and answers of an EPUB."""
    places = dict(_places(file))
    found = [
        f"{answer} has no question" for answer in places if answer.endswith(ENDING) and _question(answer) not in places
    ]
    for answer in (name for name in places if name.endswith(ENDING) and _question(name) in places):
        for start, goal in ((_question(answer), answer), (answer, _question(answer))):
            if f"{places[goal][0]}#{goal}" not in places[start][1]:
                found.append(f"{start} does not lead to {goal}")
    return found


def _question(answer: str) -> str:
    return answer.removesuffix(ENDING)


def _places(file: Path) -> Iterator[tuple[str, tuple[str, set[str]]]]:
    """Every id: its file, and where the links inside it lead."""
    from lxml import etree

    with zipfile.ZipFile(file) as book:
        for name in book.namelist():
            if name.endswith(".xhtml"):
                for element in etree.fromstring(book.read(name)).iter(tag=etree.Element):
                    if identifier := element.get("id"):
                        hrefs = (str(link.get("href", "")) for link in element.iter(f"{XHTML}a"))
                        yield str(identifier), (name, {_resolved(name, href) for href in hrefs})


def _resolved(file: str, href: str) -> str:
    path, _, fragment = href.partition("#")
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(path))) if path else file
    return f"{whole}#{unquote(fragment)}"


def counted(file: Path) -> int:
    """How many answers stand apart in a file."""
    if file.suffix == ".epub":
        return sum(name.endswith(ENDING) for name, _ in _places(file))
    import pypdf

    return sum(name.endswith(ENDING) for name in pypdf.PdfReader(file).named_destinations)


def findings(file: Path) -> list[str]:
    return of_epub(file) if file.suffix == ".epub" else of_pdf(file)


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:]):
        print(f"{path.name}: {counted(path)} answers apart", *findings(path), sep="\n    ")

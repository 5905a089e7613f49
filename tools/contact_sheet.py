"""contact_sheet.py PDF PNG PAGE…: pages of a book side by side on grey, as README.md shows them."""

from __future__ import annotations

import sys

import pypdfium2
from PIL import Image

WIDTH = 420
"""px of a page."""
GAP = 24
"""px between pages and around them."""
GROUND = "#8f8b86"


def sheet(pages: list[Image.Image]) -> Image.Image:
    """All pages in one row."""
    height = max(page.height for page in pages)
    whole = Image.new("RGB", (GAP + (WIDTH + GAP) * len(pages), height + 2 * GAP), GROUND)
    for n, page in enumerate(pages):
        whole.paste(page, (GAP + (WIDTH + GAP) * n, GAP))
    return whole


def main(pdf: str, png: str, *numbers: str) -> None:
    document = pypdfium2.PdfDocument(pdf)
    chosen = [document[int(number) - 1] for number in numbers]
    pages = [page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB") for page in chosen]
    sheet(pages).quantize(128).save(png, optimize=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

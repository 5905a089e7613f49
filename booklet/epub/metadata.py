"""What the package says of the book; the accessibility metadata is computed from the content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from booklet.convert import ast
from booklet.epub.model import Document, File
from booklet.model import Book


def describe(made: Any, book: Book, documents: Sequence[Document], files: Sequence[File]) -> None:
    """Dublin Core, and schema.org's accessibility terms (EPUB Accessibility 1.1 §2)."""
    for n, author in enumerate(book.authors, 1):
        made.add_author(author, role="aut", uid=f"creator-{n}")
    for name, value in (("publisher", book.publisher), ("rights", book.rights), ("description", book.description)):
        if value:
            made.add_metadata("DC", name, value)
    if book.date:
        made.add_metadata("DC", "date", book.date)
    if book.source:
        made.add_metadata("DC", "source", book.source)
    for tag in sorted({tag for chapter in book.chapters for tag in chapter.tags}):
        made.add_metadata("DC", "subject", tag)
    for name, value in accessibility(book, documents, files):
        made.add_metadata(None, "meta", value, {"property": f"schema:{name}"})


def accessibility(book: Book, documents: Sequence[Document], files: Sequence[File]) -> Iterator[tuple[str, str]]:
    """Modes, features and hazards that the content really has."""
    images = [image for chapter in book.chapters for image in ast.of(chapter.blocks, "Image")]
    silent = [image for image in images if not image["c"][1]]
    formulas = any("mathml" in document.properties for document in documents)
    drawn = any('class="math" role="img"' in document.xhtml.decode() for document in documents)
    yield "accessMode", "textual"
    if images or drawn:
        yield "accessMode", "visual"
    yield "accessModeSufficient", "textual" if not silent else "textual,visual"
    for feature in ("structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"):
        yield "accessibilityFeature", feature
    if drawn or (images and not silent):
        yield "accessibilityFeature", "alternativeText"
    if formulas:
        yield "accessibilityFeature", "MathML"
    yield "accessibilityHazard", "none"
    yield "accessibilitySummary", _summary(book.language, bool(silent), formulas)


def _summary(language: str, silent: bool, formulas: bool) -> str:
    if language.startswith("zh"):
        maths = "公式为 MathML，" if formulas else ""
        return f"目录可导航，{maths}" + ("部分图片没有替代文字。" if silent else "图片均有替代文字。")
    maths = "Formulas are MathML. " if formulas else ""
    return f"Navigable contents. {maths}" + (
        "Some pictures lack alternative text." if silent else "Pictures have alternative text."
    )

"""What the package says of its accessibility, computed from what it holds (EPUB Accessibility 1.1 §2, schema.org)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

STANDARD = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
SEEN = ("structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability", "ARIA")


@dataclass(frozen=True, slots=True)
class Content:
    """Counts over the whole book."""

    pictures: int = 0
    silent: int = 0
    """Pictures without an alternative text."""
    formulas: int = 0
    mathml: bool = True
    broken: int = 0
    """Formulas that do not parse, and pictures that could not be had."""
    moving: int = 0
    """Pictures of several frames."""
    pages: bool = False
    """Does it know the printed pages?"""
    index: bool = False

    @property
    def conforms(self) -> bool:
        """Everything that is shown is also told: nothing else of WCAG 2.2 AA depends on what an author writes."""
        return not (self.silent or self.broken or self.moving)


def statements(content: Content, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Properties of schema.org and their values. `words`: the theme's, for the summary."""
    yield "accessMode", "textual"
    drawn = content.formulas and not content.mathml
    if content.pictures or drawn:
        yield "accessMode", "visual"
    told = not content.silent and not content.broken
    if told:
        yield "accessModeSufficient", "textual"
    if content.pictures or not told:
        yield "accessModeSufficient", "textual,visual"
    for feature in _features(content):
        yield "accessibilityFeature", feature
    for hazard in ("noSoundHazard", "unknownFlashingHazard", "unknownMotionSimulationHazard"):
        if content.moving:
            yield "accessibilityHazard", hazard
    if not content.moving:
        yield "accessibilityHazard", "none"
    yield "accessibilitySummary", _summary(content, words)


def _features(content: Content) -> Iterator[str]:
    yield from SEEN
    rows = (
        ("alternativeText", (content.pictures and not content.silent) or (content.formulas and not content.mathml)),
        ("MathML", content.formulas and content.mathml),
        ("latex", content.formulas),
        ("pageBreakMarkers", content.pages),
        ("pageNavigation", content.pages),
        ("index", content.index),
    )
    yield from (name for name, there in rows if there)


def _summary(content: Content, words: Mapping[str, str]) -> str:
    """Sentences of the theme, those that hold."""
    rows = (
        ("a11y_contents", True),
        ("a11y_pages", content.pages),
        ("a11y_mathml", content.formulas and content.mathml),
        ("a11y_drawn", content.formulas and not content.mathml),
        ("a11y_pictures", content.pictures and not content.silent),
        ("a11y_silent", content.silent),
        ("a11y_broken", content.broken),
    )
    return words["a11y_join"].join(words[name] for name, holds in rows if holds)

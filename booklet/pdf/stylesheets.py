"""A theme's style sheets, read once a process: a sixth of the time that a chapter takes."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from booklet.pdf import constants
from booklet.pdf.fetcher import ROOT

ALONE = ("@font-face", "@import")
"""Rules that name files: a sheet that has them is read anew for each piece."""


def alone(texts: Sequence[str]) -> bool:
    """Does a sheet name files of its own?"""
    return any(rule in text for text in texts for rule in ALONE)


def read(texts: Sequence[str], html: str, counters: Any, own: Callable[[str], Any]) -> list[Any]:
    """The sheets in order, for a document. `counters` is told of their counter styles; `own` reads one for it alone.

    What the engine says of a sheet it says again for every piece.
    """
    if alone(texts):
        return [own(text) for text in texts]
    sheets, found, said = _shared(tuple(texts), constants.start_of(html), constants.set_inside(html, texts))
    counters.update(found)
    for record in said:
        logging.getLogger("weasyprint").handle(record)
    return list(sheets)


class _Listening(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@lru_cache(maxsize=8)
def _shared(
    texts: tuple[str, ...], start: str, inside: frozenset[str]
) -> tuple[list[Any], Any, list[logging.LogRecord]]:
    """The sheets, their counter styles, and what was said of them."""
    from weasyprint import CSS
    from weasyprint.css.counters import CounterStyle

    counters = CounterStyle()
    logger, listening = logging.getLogger("weasyprint"), _Listening()
    before, logger.handlers[:] = logger.handlers[:], [listening]
    try:
        folded = constants.folded(texts, start, inside)
        sheets = [CSS(string=text, counter_style=counters, base_url=ROOT) for text in folded]
    finally:
        logger.handlers[:] = before
    return sheets, counters, listening.records

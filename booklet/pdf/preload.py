"""Imported by the process that workers are forked from, so that each starts with the engine and the house's faces."""

from contextlib import suppress

from booklet import fonts
from booklet.diagnostics import BookletError
from booklet.pdf import engine

with suppress(BookletError):  # what is missing is said by the first worker that needs it
    engine.load()
    for face in fonts.FACES:
        if not face.region:
            fonts.covers(face)

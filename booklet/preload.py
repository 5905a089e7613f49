"""What workers are forked from imports this: each of them starts with the program, the engine and the house's faces."""

from contextlib import suppress

from booklet import chapters, fonts  # noqa: F401
from booklet.diagnostics import BookletError
from booklet.pdf import compose, engine, lay_out, workers  # noqa: F401
from booklet.theme.render import environment

environment(())  # Jinja2
with suppress(BookletError):  # what is missing is said by the first worker that needs it
    engine.load()
    for face in fonts.FACES:
        if not face.region:
            fonts.covers(face)

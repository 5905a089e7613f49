"""Imported by the process that workers are forked from, so that each of them starts with the engine loaded."""

from booklet.pdf.lay_out import load_engine

load_engine()

import weasyprint  # noqa: E402, F401  the libraries must be prepared first

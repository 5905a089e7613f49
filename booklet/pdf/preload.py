"""Imported by the process that workers are forked from, so that each of them starts with the engine loaded."""

from booklet.pdf import engine

engine.load()

"""The faces of the book: where their files come from, which characters they have, and how they are cut."""

from booklet.fonts.cut import cut, cut_glyphs, cut_small
from booklet.fonts.faces import FACES, Face, covers, data, face_of

__all__ = ["FACES", "Face", "covers", "cut", "cut_glyphs", "cut_small", "data", "face_of"]

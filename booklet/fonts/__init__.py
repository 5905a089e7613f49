"""The faces of the book: where their files come from, which characters they have, and how they are cut."""

from booklet.fonts.choose import chosen, plainer, region
from booklet.fonts.cut import cut, cut_glyphs, cut_small
from booklet.fonts.faces import FACES, Face, covers, data, face_of
from booklet.fonts.foreign import emoji, named, own

__all__ = [
    "FACES",
    "Face",
    "chosen",
    "covers",
    "cut",
    "cut_glyphs",
    "cut_small",
    "data",
    "emoji",
    "face_of",
    "named",
    "own",
    "plainer",
    "region",
]

"""Pages two up on sheets, to be printed, folded and stitched."""

from booklet.pdf.impose.fold import Folding, order, sides
from booklet.pdf.impose.write import impose

__all__ = ["Folding", "impose", "order", "sides"]

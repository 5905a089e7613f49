"""Pieces laid out apart → one tagged PDF/UA-1 and PDF/A-3a: nothing is laid out again, slots get their ink."""

from booklet.pdf.link.copies import Copies
from booklet.pdf.link.link import finish, link

__all__ = ["Copies", "finish", "link"]

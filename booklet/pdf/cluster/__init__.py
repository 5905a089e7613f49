"""Pieces set by other machines, which share no folder with this one: what they need is sent to them by its hash."""

from booklet.pdf.cluster.cluster import over, set_all
from booklet.pdf.cluster.dask import checked

__all__ = ["checked", "over", "set_all"]

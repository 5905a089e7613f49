"""A Hugo site → the posts of the book, in order, each with the reason why it is there."""

from booklet.collect.collect import Wanted, collect

__all__ = ["Wanted", "collect"]

"""Releases: versions, what changed, notes, publishing."""

from booklet.release.notes import row, summary, words
from booklet.release.release import FOLDER, Asked, Outcome, release
from booklet.release.schedule import end_of

__all__ = ["FOLDER", "Asked", "Outcome", "end_of", "release", "row", "summary", "words"]

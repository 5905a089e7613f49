"""Releases: versions, what changed, notes, publishing."""

from booklet.release.changes import between
from booklet.release.notes import listing, row, summary, words
from booklet.release.release import FOLDER, Asked, Outcome, release
from booklet.release.schedule import end_of
from booklet.release.states import States

__all__ = [
    "FOLDER",
    "Asked",
    "Outcome",
    "States",
    "between",
    "end_of",
    "listing",
    "release",
    "row",
    "summary",
    "words",
]

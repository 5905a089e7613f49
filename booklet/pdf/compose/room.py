"""Lines to write on: how many a question has before the page gives it what is left (`booklet.pdf.filling`)."""

from __future__ import annotations

import math

from booklet.model import Question
from booklet.theme import Paper, Theme

HEAD = 5
"""Lines of text that a question's title and mark take."""
QUIZ = 4
"""Lines of text that a question of a quiz takes beside its lines to write on."""
LEAST = 3
"""Lines to write on that a question of a quiz has in any case."""
WRITING = 1.5
"""Lines of text that a line to write on takes: 9.5 mm, wide enough for a pen."""


SHARE = (1, 1, 1, 5 / 3, 7 / 3, 7 / 3)
"""By difficulty, which may be unknown: what is hard needs more words (6, 10 and 14 lines of six)."""


def room(question: Question, theme: Theme, paper: Paper) -> int:
    """As many as the theme says, more for a hard question, no more than a page holds."""
    return _fitting(float(theme.values["writing-lines"]) * SHARE[question.difficulty or 0], paper)


def share(theme: Theme, paper: Paper) -> int:
    """In a quiz: as many for each question as the theme says, no more than lets two questions stand on a page."""
    half = math.floor((paper.lines / 2 - QUIZ) / WRITING)
    return max(LEAST, min(_fitting(float(theme.values["writing-lines"]), paper), half))


def _fitting(lines: float, paper: Paper) -> int:
    return min(round(lines), math.floor((paper.lines - HEAD) / WRITING))

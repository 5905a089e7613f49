"""Which question of one state is which of another: by the author's id, else by title and answer.

Numbers never count, chapters only decide between equals.  Whatever is the same word for word is paired first; what is
left is compared by the characters that titles and answers share.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from booklet.ledger.lock import Asked

TELLING = 24
"""Letters that an answer must have to be known again by itself."""
SAME_TITLE, SAME_ANSWER = 0.7, 0.7
"""So alike are two titles (answers) that mean the same question, whatever the other says."""
TITLE, ANSWER = 0.5, 0.4
"""So alike both must be, where neither is enough by itself."""
ENOUGH = 2000
"""Letters of an answer that are compared."""
RARE, NEAREST = 16, 8
"""Questions that may share a run of letters that tells anything, and how many are looked at closely for each."""
Key = Callable[[Asked], "tuple[str, ...] | None"]


def pair(before: Sequence[Asked], after: Sequence[Asked], own: Collection[str] = ()) -> dict[int, int]:
    """Index in `after` → index in `before`. `own`: the ids of `after` that authors gave.

    Questions that were removed are known again only by their very title or answer, after all others.
    """
    found: dict[int, int] = {}
    _equal(before, after, found, lambda q: (q.id,) if q.id in own else None, removed=None)
    for removed in (False, True):
        for key in KEYS:
            _equal(before, after, found, key, removed)
        if not removed:
            _alike(before, after, found)
    return found


def _telling(question: Asked) -> str | None:
    letters = "".join(_letters("".join(question.answer)))
    return letters if len(letters) >= TELLING else None


def _title(question: Asked) -> str:
    return "".join(_letters(question.title))


def _by_answer(question: Asked) -> tuple[str, ...] | None:
    answer = _telling(question)
    return (answer,) if answer else None


KEYS: tuple[Key, ...] = (
    lambda q: (_title(q), *q.answer, q.chapter),
    lambda q: (_title(q), *q.answer),
    _by_answer,
    lambda q: (_title(q), q.chapter),
    lambda q: (_title(q),),
)
"""The surest first."""


def _equal(
    before: Sequence[Asked], after: Sequence[Asked], found: dict[int, int], key: Key, removed: bool | None
) -> None:
    """Pair what is left and has the same key, in order."""
    taken = set(found.values())
    waiting: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, question in enumerate(before):
        name = key(question)
        if place not in taken and removed in (None, question.removed is not None) and name is not None:
            waiting[name].append(place)
    for place, question in enumerate(after):
        name = key(question)
        if place not in found and name is not None and waiting.get(name):
            found[place] = waiting[name].pop(0)


def _alike(before: Sequence[Asked], after: Sequence[Asked], found: dict[int, int]) -> None:
    """Pair what is left and alike, the most alike first."""
    taken = set(found.values())
    old = {n: q for n, q in enumerate(before) if n not in taken and q.removed is None}
    new = {n: q for n, q in enumerate(after) if n not in found}
    titles = _likeness(old, new, lambda q: _title(q), 2)
    answers = _likeness(old, new, lambda q: (_telling(q) or "")[:ENOUGH], 3)
    scored = sorted(_scored(old, new, titles, answers), key=lambda item: (-item[0], item[1], item[2]))
    for _, later, earlier in scored:
        if later not in found and earlier not in taken:
            found[later] = earlier
            taken.add(earlier)


def _scored(
    old: Mapping[int, Asked],
    new: Mapping[int, Asked],
    titles: Mapping[tuple[int, int], float],
    answers: Mapping[tuple[int, int], float],
) -> Iterator[tuple[float, int, int]]:
    """How alike, and the indices of the later and the earlier question, where they may be the same."""
    for later, earlier in {*titles, *answers}:
        title, answer = titles.get((later, earlier), 0.0), answers.get((later, earlier), 0.0)
        bare = not (_telling(old[earlier]) and _telling(new[later]))
        enough = title >= SAME_TITLE if bare else answer >= SAME_ANSWER or (title >= TITLE and answer >= ANSWER)
        if enough:
            yield title + answer + 0.1 * (old[earlier].chapter == new[later].chapter), later, earlier


def _likeness(
    old: Mapping[int, Asked], new: Mapping[int, Asked], text: Callable[[Asked], str], size: int
) -> dict[tuple[int, int], float]:
    """(later, earlier) → Dice's coefficient of their runs of `size` letters, where rare ones are in common."""
    grams = {n: _grams(text(question), size) for n, question in old.items()}
    places: dict[str, list[int]] = defaultdict(list)
    for n, runs in grams.items():
        for run in runs:
            places[run].append(n)
    rare = {run: found for run, found in places.items() if len(found) <= RARE}
    result: dict[tuple[int, int], float] = {}
    for later, question in new.items():
        runs = _grams(text(question), size)
        hits = Counter(n for run in runs for n in rare.get(run, ()))
        for n, _ in sorted(hits.items(), key=lambda item: (-item[1], item[0]))[:NEAREST]:
            result[later, n] = 2 * len(runs & grams[n]) / (len(runs) + len(grams[n]))
    return result


def _grams(text: str, size: int) -> set[str]:
    return {text[n : n + size] for n in range(max(1, len(text) - size + 1))} if text else set()


def _letters(text: str) -> Iterator[str]:
    """Case, width, spaces and punctuation aside."""
    return (c for c in unicodedata.normalize("NFKC", text).casefold() if unicodedata.category(c)[0] in "LNS")

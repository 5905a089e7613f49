"""How chapters, questions, parts and days are called on paper."""

from __future__ import annotations

import re
from collections.abc import Sequence

from booklet.model import Book, Chapter, Question
from booklet.pdf.slots import CHARACTERS

HAN_FIGURES = "〇一二三四五六七八九十"
WORDS = 150
"""On a page of A5 with formulas, pictures and lists, at least."""


def numbering(chapter: Chapter) -> dict[str, str]:
    """Each question's label in its chapter: the author's number, else its place."""
    return {question.id: label(question, place) for place, question in enumerate(chapter.questions, 1)}


def label(question: Question, place: int) -> str:
    return question.number or str(place)


def citations(book: Book) -> dict[str, str]:
    """Each question's number in the book, `3.2`: it holds in every paper size, in the EPUB and in the next edition."""
    return {
        identifier: f"{number}.{text}"
        for number, chapter in book.numbered
        for identifier, text in numbering(chapter).items()
    }


def numbers(book: Book) -> dict[str, str]:
    """As `citations`, and the chapters' own."""
    return citations(book) | {chapter.id: str(number) for number, chapter in book.numbered}


def is_inked(number: str) -> bool:
    """Can the linker write it? An author's own number may have other characters."""
    return set(number) <= set(CHARACTERS)


def short_title(title: str) -> str:
    """`大模型面试题-基础篇（2）` is 基础篇（2） on its own opener: the series is the book's name."""
    head, tail = _series(title)
    return tail if head else title


def short_titles(book: Book) -> dict[str, str]:
    """The chapters' titles for lists: without the series, where all of them have the same one."""
    series = {_series(chapter.title)[0] for chapter in book.chapters}
    one = len(series) == 1 and "" not in series
    return {chapter.id: short_title(chapter.title) if one else chapter.title for chapter in book.chapters}


def _series(title: str) -> tuple[str, str]:
    """Series and rest of a title; no series where it has no separator."""
    han = any("\u3400" <= c <= "\u9fff" for c in title)
    head, _, tail = title.partition("-" if han else " - ")
    return (head.strip(), tail.strip()) if head.strip() and tail.strip() else ("", title)


def ordinal(number: int, language: str) -> str:
    """The number of a part: 一, 二, …, 十二 in Chinese, figures elsewhere."""
    if not language.startswith(("zh", "ja")) or not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{HAN_FIGURES[tens]}十"
    return head + (HAN_FIGURES[ones] if ones or not tens else "")


def version(book: Book) -> str:
    """Of a book that was never released, the month of its newest content: `2025.11`."""
    return book.version or ".".join(book.date.split("-")[:2])


def digits(book: Book) -> int:
    """How many digits the book's folios have, by an estimate that is rather too high."""
    words = sum(chapter.words for chapter in book.chapters)
    return len(str(10 + words // WORDS + 3 * len(book.chapters)))


def joined(names: Sequence[str], language: str) -> str:
    return ("、" if language.startswith(("zh", "ja")) else ", ").join(names)


def width(text: str) -> float:
    """Of a title line in em, roughly: Han characters one, others half."""
    return sum(1.0 if ord(c) > 0x2E80 else 0.56 for c in text)


def title_lines(title: str) -> list[str]:
    """A title in at most three lines of about equal length, cut between words and after marks."""
    if width(title) <= 5:
        return [title]
    words = re.findall(r"[\x21-\x7e]+\s*|[^\x00-\x7f]|\s", title)
    count = 3 if width(title) > 16 else 2
    return [line for line in (text.strip() for text in _cut(words, count)) if line]


def _cut(words: Sequence[str], count: int) -> list[str]:
    """Words in `count` lines, the longest as short as can be; closing marks and `的` start no line."""
    if count == 1 or len(words) < 2:
        return ["".join(words)]
    best, least = ["".join(words)], width("".join(words))
    for n in range(1, len(words)):
        if re.match(r"[，。：；？！、）》”’」』\s]|的", words[n]):
            continue
        lines = ["".join(words[:n]), *_cut(words[n:], count - 1)]
        longest = max(map(width, lines)) - (1.0 if re.search(r"[，：；？！—·\s]$", lines[0]) else 0)
        if longest < least:
            best, least = lines, longest
    return best

"""The terms of an index, and where the book speaks of each: tags, names in titles, defined and emphasised words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from booklet.convert.han import HAN
from booklet.model import Book, Chapter, Passage, Question, Section

NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-+/.][A-Za-z0-9]+)*\+{0,2}")
INSIDE = re.compile(r"[\s，。、；：？！,;:?!（）()“”\"]")
MANY = 8
"""A term that so many places speak of, and none in its title, is no help: it leads to the chapters that bear it."""
LABELS = frozenset("考察点 评分标准 追问 提示 易错 注意 警告 小结 总结 例子 优点 缺点 区别 答案 解析 扩展".split())
"""What heads a paragraph in bold and is no term."""
SOUNDS = (
    (re.compile("重(?=[排写参采训算构置建组试放编])"), "虫"),
    (re.compile("(?<=[微精])调|调(?=[参优])"), "条"),
    (re.compile("长(?=[上文序短程尾链])"), "常"),
)
"""Words of the trade that pypinyin's dictionary lacks, each with a character that is always read as this one here."""
LONGEST = 24
"""Characters."""
TAGS = 3


@dataclass(frozen=True, slots=True)
class Term:
    """An entry: its group's letter, the ids of its questions, and those of chapters and sections outside of any."""

    text: str
    letter: str
    key: str
    questions: tuple[str, ...]
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """A passage in its chapter. `folded`: its title without capitals."""

    passage: Passage
    chapter: Chapter
    folded: str

    def speaks(self, text: str) -> bool:
        return _in(text, self.folded) or _in(text, self.passage.text)

    def is_chief(self, text: str) -> bool:
        own = (*self.passage.strong, *self.passage.defined)
        return _in(text, self.folded) or text.casefold() in (word.casefold() for word in own)


class _Text:
    """The passages of a book: a chapter that does not hold a word at all is passed over in one step."""

    def __init__(self, chapters: Iterable[Chapter]) -> None:
        read = [_places(chapter) for chapter in chapters]
        self.places = [place for places in read for place in places]
        self._chapters = [("\0".join(_words(places)), places) for places in read]

    def speaking(self, text: str) -> Iterator[_Place]:
        """Where the text is spoken of, in reading order."""
        sought = text.casefold()
        near = (place for whole, places in self._chapters if sought in whole for place in places)
        return (place for place in near if place.speaks(text))


def _places(chapter: Chapter) -> list[_Place]:
    return [_Place(passage, chapter, passage.title.casefold()) for passage in chapter.passages]


def _words(places: Iterable[_Place]) -> Iterator[str]:
    for place in places:
        yield place.folded
        yield place.passage.text


def terms(book: Book) -> tuple[Term, ...]:
    """The index in order: by pinyin in Chinese, with a letter for each group; `#` holds what has none."""
    text = _Text(book.chapters)
    found = (_term(word, text, book) for word in _candidates(text, book))
    return tuple(sorted((term for term in found if term), key=lambda term: (term.letter == "#", term.key, term.text)))


def tagged(chapter: Chapter) -> Chapter:
    """The chapter, every question with tags: its own, else the post's that it speaks of.

    One that all questions speak of tells nothing.
    """
    asked = [place for place in _places(chapter) if place.passage.question]
    telling = [tag for tag in chapter.tags if 0 < sum(place.speaks(tag) for place in asked) < max(2, len(asked))]
    found = {place.passage.id: tuple(tag for tag in telling if place.speaks(tag))[:TAGS] for place in asked}

    def with_tags(heading: Section | Question) -> Section | Question:
        if isinstance(heading, Section) or heading.tags:
            return heading
        return replace(heading, tags=found.get(heading.id, ()))

    return replace(chapter, headings=tuple(map(with_tags, chapter.headings)))


def _candidates(text: _Text, book: Book) -> list[str]:
    """Spelled as they are found first; `RoPE` and `rope` are one."""
    tags = [
        tag for chapter in book.chapters for tag in (*chapter.tags, *(t for q in chapter.questions for t in q.tags))
    ]
    names = [name for place in text.places if place.passage.question for name in _names(place)]
    defined = [word for place in text.places for word in place.passage.defined]
    stressed = dict.fromkeys(word for place in text.places for word in place.passage.strong)
    strong = [word for word in stressed if _is_vocabulary(word, text)]
    spelled: dict[str, str] = {}
    for word in (*tags, *names, *defined, *strong):
        if 1 < len(word) <= LONGEST:
            spelled.setdefault(word.casefold(), word)
    return list(spelled.values())


def _names(place: _Place) -> list[str]:
    """Latin words of a Chinese title; of another, those that are written like names: LoRA, BF16, top-k."""
    words = NAME.findall(_without_tex(place.passage.title))
    chinese = place.chapter.language.startswith(("zh", "ja"))
    return [word for word in words if len(word) > 1 and (chinese or re.search(r"[a-z0-9-][A-Z0-9]|^[A-Z]{2}", word))]


def _without_tex(title: str) -> str:
    return re.sub(r"\\[A-Za-z]+|[{}_^]\S*", " ", title)


def _is_vocabulary(word: str, text: _Text) -> bool:
    """An emphasised word that other passages use too; `**优点**：` only heads a list."""
    han = len(re.findall(f"[{HAN}]", word))
    if word in LABELS or INSIDE.search(word) or (han < 3 and not re.search(r"[A-Z]", word)):
        return False
    return len(tuple(islice(text.speaking(word), 2))) > 1


def _term(word: str, text: _Text, book: Book) -> Term | None:
    """Where the term is chief, else wherever it is spoken of; prose only of chapters whose questions are not cited."""
    spoken = list(text.speaking(word))
    chosen = [place for place in spoken if place.is_chief(word)] or spoken
    if len(chosen) > MANY:
        tagged = [chapter.id for chapter in book.chapters if word in chapter.tags]
        return _entry(word, (), tagged, book) if len(tagged) <= len(book.chapters) // 2 else None
    covered = {place.chapter.id for place in chosen if place.passage.question}
    questions = [place.passage.id for place in chosen if place.passage.question]
    prose = [place for place in chosen if not place.passage.question and place.chapter.id not in covered]
    return _entry(word, questions, [place.passage.id for place in prose], book)


def _entry(text: str, questions: Iterable[str], places: Iterable[str], book: Book) -> Term | None:
    cited, others = tuple(dict.fromkeys(questions)), tuple(dict.fromkeys(places))
    if not cited and not others:
        return None
    key = _key(text, book.language)
    return Term(text, key[0].upper() if key[:1].isalpha() else "#", key, cited, others)


def _in(text: str, where: str) -> bool:
    """Whole words of Latin letters, any run of Han characters; `where` has no capitals."""
    sought = text.casefold()
    return sought in where and _whole(sought).search(where) is not None


@lru_cache(maxsize=4096)
def _whole(sought: str) -> re.Pattern[str]:
    edge = r"(?<![a-z0-9])" if sought[0].isascii() else "", r"(?![a-z0-9])" if sought[-1].isascii() else ""
    return re.compile(f"{edge[0]}{re.escape(sought)}{edge[1]}")


def _key(text: str, language: str) -> str:
    """What a term is sorted by: the sounds of Han characters, letters without case."""
    if not language.startswith("zh"):
        return text.casefold()
    from pypinyin import lazy_pinyin

    for written, sound in SOUNDS:
        text = written.sub(sound, text)
    return " ".join(lazy_pinyin(text)).casefold()

"""The terms of an index, and where the book speaks of each: tags, names in titles, defined and emphasised words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice

from booklet.convert import ast
from booklet.convert.ast import Node
from booklet.convert.han import HAN
from booklet.model import Book, Chapter, Question, Section

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


@dataclass(slots=True)
class _Passage:
    """A question, or the prose under a heading."""

    id: str
    chapter: Chapter
    question: bool
    title: str
    text: str = ""
    """Without capitals, as the title is, so that terms are found whatever their spelling."""
    strong: list[str] = field(default_factory=list)
    defined: list[str] = field(default_factory=list)

    @property
    def folded(self) -> str:
        return self.title.casefold()

    def take(self, block: Node) -> None:
        self.text += "\n" + ast.plain(block).casefold()
        self.strong += [_bare(ast.plain(item)) for item in ast.of(block, "Strong")]
        self.defined += [_bare(ast.plain(item[0])) for items in ast.of(block, "DefinitionList") for item in items["c"]]


def terms(book: Book) -> tuple[Term, ...]:
    """The index in order: by pinyin in Chinese, with a letter for each group; `#` holds what has none."""
    passages = [passage for chapter in book.chapters for passage in _passages(chapter)]
    found = (_term(text, passages, book) for text in _candidates(passages, book))
    return tuple(sorted((term for term in found if term), key=lambda term: (term.letter == "#", term.key, term.text)))


def tagged(chapter: Chapter) -> Chapter:
    """The chapter, every question with tags: its own, else the post's that it speaks of.

    One that all questions speak of tells nothing.
    """
    asked = [passage for passage in _passages(chapter) if passage.question]
    telling = [tag for tag in chapter.tags if 0 < sum(_speaks(passage, tag) for passage in asked) < max(2, len(asked))]
    found = {passage.id: tuple(tag for tag in telling if _speaks(passage, tag))[:TAGS] for passage in asked}

    def with_tags(heading: Section | Question) -> Section | Question:
        if isinstance(heading, Section) or heading.tags:
            return heading
        return replace(heading, tags=found.get(heading.id, ()))

    return replace(chapter, headings=tuple(map(with_tags, chapter.headings)))


def _passages(chapter: Chapter) -> Iterator[_Passage]:
    questions = {question.id: question for question in chapter.questions}
    current = _Passage(chapter.id, chapter, False, chapter.title)
    for block in chapter.blocks:
        identifier = ast.attribute(block)[0]
        if identifier in questions:
            asked: Question = questions[identifier]
            passage = _Passage(identifier, chapter, True, asked.title)
            passage.take({"t": "Div", "c": [["", [], []], block["c"][1][1:]]})
            yield passage
        elif block["t"] == "Header":
            yield current
            current = _Passage(identifier or chapter.id, chapter, False, ast.plain(block))
        else:
            current.take(block)
    yield current


def _candidates(passages: Iterable[_Passage], book: Book) -> list[str]:
    """Spelled as they are found first; `RoPE` and `rope` are one."""
    passages = list(passages)
    tags = [
        tag for chapter in book.chapters for tag in (*chapter.tags, *(t for q in chapter.questions for t in q.tags))
    ]
    names = [name for passage in passages if passage.question for name in _names(passage)]
    defined = [word for passage in passages for word in passage.defined]
    stressed = dict.fromkeys(word for passage in passages for word in passage.strong)
    strong = [word for word in stressed if _is_vocabulary(word, passages)]
    spelled: dict[str, str] = {}
    for text in (*tags, *names, *defined, *strong):
        if 1 < len(text) <= LONGEST:
            spelled.setdefault(text.casefold(), text)
    return list(spelled.values())


def _names(passage: _Passage) -> list[str]:
    """Latin words of a Chinese title; of another, those that are written like names: LoRA, BF16, top-k."""
    words = NAME.findall(_without_tex(passage.title))
    chinese = passage.chapter.language.startswith(("zh", "ja"))
    return [word for word in words if len(word) > 1 and (chinese or re.search(r"[a-z0-9-][A-Z0-9]|^[A-Z]{2}", word))]


def _without_tex(title: str) -> str:
    return re.sub(r"\\[A-Za-z]+|[{}_^]\S*", " ", title)


def _is_vocabulary(word: str, passages: Iterable[_Passage]) -> bool:
    """An emphasised word that other passages use too; `**优点**：` only heads a list."""
    han = len(re.findall(f"[{HAN}]", word))
    if word in LABELS or INSIDE.search(word) or (han < 3 and not re.search(r"[A-Z]", word)):
        return False
    return len(tuple(islice((passage for passage in passages if _speaks(passage, word)), 2))) > 1


def _term(text: str, passages: list[_Passage], book: Book) -> Term | None:
    """Where the term is chief, else wherever it is spoken of; prose only of chapters whose questions are not cited."""
    spoken = [passage for passage in passages if _speaks(passage, text)]
    chosen = [passage for passage in spoken if _is_chief(passage, text)] or spoken
    if len(chosen) > MANY:
        tagged = [chapter.id for chapter in book.chapters if text in chapter.tags]
        return _entry(text, (), tagged, book) if len(tagged) <= len(book.chapters) // 2 else None
    covered = {passage.chapter.id for passage in chosen if passage.question}
    questions = [passage.id for passage in chosen if passage.question]
    return _entry(text, questions, [p.id for p in chosen if not p.question and p.chapter.id not in covered], book)


def _entry(text: str, questions: Iterable[str], places: Iterable[str], book: Book) -> Term | None:
    cited, others = tuple(dict.fromkeys(questions)), tuple(dict.fromkeys(places))
    if not cited and not others:
        return None
    key = _key(text, book.language)
    return Term(text, key[0].upper() if key[:1].isalpha() else "#", key, cited, others)


def _speaks(passage: _Passage, text: str) -> bool:
    return _in(text, passage.folded) or _in(text, passage.text)


def _is_chief(passage: _Passage, text: str) -> bool:
    own = (*passage.strong, *passage.defined)
    return _in(text, passage.folded) or text.casefold() in (word.casefold() for word in own)


def _in(text: str, where: str) -> bool:
    """Whole words of Latin letters, any run of Han characters; `where` has no capitals."""
    sought = text.casefold()
    return sought in where and _whole(sought).search(where) is not None


@lru_cache(maxsize=4096)
def _whole(sought: str) -> re.Pattern[str]:
    edge = r"(?<![a-z0-9])" if sought[0].isascii() else "", r"(?![a-z0-9])" if sought[-1].isascii() else ""
    return re.compile(f"{edge[0]}{re.escape(sought)}{edge[1]}")


def _bare(words: str) -> str:
    return words.strip('：:，,。. “”"')


def _key(text: str, language: str) -> str:
    """What a term is sorted by: the sounds of Han characters, letters without case."""
    if not language.startswith("zh"):
        return text.casefold()
    from pypinyin import lazy_pinyin

    for written, sound in SOUNDS:
        text = written.sub(sound, text)
    return " ".join(lazy_pinyin(text)).casefold()

"""Where the answers stand: see `cases/`, and what holds for every book."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet import study
from booklet.convert import apart, ast
from booklet.convert.html import fragments
from booklet.model import Book, Chapter, Question
from booklet.study.place import Where
from tests import cases
from tests.study.make import WORD, book, word
from tests.test_properties import BODIES, FEW

CASES = sorted(Path(__file__).parent.joinpath("cases").glob("*.md"))
APART: tuple[Where, ...] = ("chapter-end", "book-end")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, rewrite: bool) -> None:
    whole = book(cases.read(path)["markdown"])
    ends = study.placed(whole, "book-end", word)
    shown = {
        "chapter_end": study.placed(whole, "chapter-end", word).chapters,
        "book_end": ends.chapters,
        "answers": ends.answers,
        "alone": study.alone(whole).chapters,
    }
    html = {name: fragments([chapter.blocks for chapter in made])[0] for name, made in shown.items()}
    cases.check(path, html, rewrite)


def every(made: Book) -> list[Chapter]:
    return [*made.chapters, *made.answers]


def said(chapters: list[Chapter]) -> Counter[str]:
    """Every piece of text, formula, code and picture, and how often it is there."""
    found: Counter[str] = Counter()
    for item in ast.walk([chapter.blocks for chapter in chapters]):
        if item["t"] in ("Str", "Math", "Code", "CodeBlock", "Image"):
            content = item["c"] if item["t"] == "Str" else item["c"][-1]
            found[f"{item['t']} {content}"] += 1
    return found


def ids(chapters: list[Chapter]) -> list[str]:
    blocks = [chapter.blocks for chapter in chapters]
    names = [ast.attribute(item)[0] for item in ast.walk(blocks)]
    return [*(chapter.id for chapter in chapters), *filter(None, names)]


def targets(chapters: list[Chapter]) -> list[str]:
    blocks = [chapter.blocks for chapter in chapters]
    return [item["c"][2][0][1:] for item in ast.of(blocks, "Link") if item["c"][2][0].startswith("#")]


@FEW
@given(BODIES, st.sampled_from(APART))
def test_no_text_is_lost_and_none_is_there_twice(bodies: list[str], where: Where) -> None:
    whole = book(*bodies)
    placed = study.placed(whole, where, word)
    headings = sum(h.title == WORD for h in _headings(placed)) - sum(h.title == WORD for h in _headings(whole))
    assert said(every(placed)) == said(every(whole)) + Counter({f"Str {WORD}": headings})
    answered = [q for q in whole.questions if q.status != "unanswered"]
    replies = [item for item in ast.of([c.blocks for c in every(placed)], "Div") if apart.is_reply(item)]
    assert [ast.value(item, "question") for item in replies] == [q.id for q in answered]
    for chapter in every(placed):
        standing = [ast.attribute(item)[0] for item in ast.of(chapter.blocks, "Header", "Div")]
        listed = [heading.id for heading in chapter.headings]
        assert chapter.answers_to or listed == [name for name in standing if name in listed]


def _headings(made: Book) -> list[Any]:
    return [heading for chapter in made.chapters for heading in chapter.headings]


@FEW
@given(BODIES, st.sampled_from(APART))
def test_answers_put_back_are_where_they_were(bodies: list[str], where: Where) -> None:
    def plain(made: Book) -> list[tuple[str, list[str]]]:
        return [(c.id, [ast.plain(block) for block in c.blocks]) for c in made.chapters]

    whole = book(*bodies)
    back = apart.together(study.placed(whole, where, word))
    assert plain(back) == plain(whole)
    assert back.questions == whole.questions
    assert not back.answers


@FEW
@given(BODIES, st.sampled_from(APART))
def test_ids_stay_unique_and_every_question_leads_to_its_answer_and_back(bodies: list[str], where: Where) -> None:
    whole = book(*bodies)
    placed = study.placed(whole, where, word)
    before, names = Counter(ids(every(whole))), Counter(ids(every(placed)))
    assert all(names[name] == max(before[name], 1) for name in names)
    asked = {q.id: q for q in placed.questions}
    blocks = [c.blocks for c in every(placed)]
    for item in ast.of(blocks, "Div"):
        if apart.is_reply(item):
            assert asked[ast.value(item, "question") or ""].status != "unanswered"
        elif apart.is_question(item) and (leads := ast.value(item, "answer")):
            assert leads in names


@FEW
@given(BODIES)
def test_the_answers_alone_hold_every_answer_and_no_dead_link(bodies: list[str]) -> None:
    whole = book(*bodies)
    alone = study.alone(whole)
    assert [q.id for q in alone.questions] == [q.id for q in whole.questions]
    assert set(targets(every(alone))) <= set(ids(every(alone)))
    assert {number for number, _ in alone.numbered} == {n for n, c in whole.numbered if c.questions}


@FEW
@given(BODIES)
def test_what_has_no_answer_is_left_out_and_the_rest_keeps_numbers_and_links(bodies: list[str]) -> None:
    whole = book(*bodies)
    left = study.without_waiting(whole)
    gone = [q for q in whole.questions if q.status == "unanswered"]
    assert [q.id for q in left.value.questions] == [q.id for q in whole.questions if q.status != "unanswered"]
    named = [note.location.line for note in left.notes if note.location and note.location.line]
    assert sorted(named) == sorted(q.line for q in gone)
    if gone:
        dead = set(targets(every(whole))) - set(ids(every(whole)))
        assert set(targets(every(left.value))) <= set(ids(every(left.value))) | dead
    answers = Counter("".join(map(ast.plain, _answers(c))) for c in whole.chapters for _ in [0])
    kept = Counter("".join(map(ast.plain, _answers(c))) for c in left.value.chapters)
    assert not kept - answers


def _answers(chapter: Chapter) -> list[Any]:
    return [block for block in chapter.blocks if apart.is_question(block) and not ast.has_class(block, "unanswered")]


def test_a_section_goes_with_the_only_question_that_it_holds() -> None:
    made = study.without_waiting(book("## 甲\n\n### 1. 空的？\n\n-\n\n## 乙\n\n文。\n\n### 2. 满的？\n\n答。"))
    assert [heading.title for heading in made.value.chapters[0].headings] == ["乙", "满的？"]
    numbers = [heading.number for heading in made.value.chapters[0].headings if isinstance(heading, Question)]
    assert numbers == ["2"]
    assert [note.code for note in made.notes] == ["questions/left-out"]


def test_a_chapter_goes_with_its_last_question_and_links_to_it_are_words() -> None:
    made = study.without_waiting(book("### 1. 空的？\n\n-", "### 2. 满的？\n\n见[那题](#q-x)。"))
    assert [chapter.id for chapter in made.value.chapters] == ["b"]
    assert len(made.notes) == 2
    assert targets(every(made.value)) == []
    assert "见那题。" in ast.plain(made.value.chapters[0].blocks)

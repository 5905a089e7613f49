"""The note type: its fields, the two sides of a card, and how they look, by day and by night."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from booklet.export import escape
from booklet.export.questions import Item
from booklet.export.texts import Texts
from booklet.model import Book
from booklet.theme import Theme

FIELDS = ("Question", "Number", "Level", "Topics", "Statement", "Answer", "Focus", "Rubric", "Source")
"""They may not change: Anki keeps what it knows of a note type under its id."""
TOP = 5
FRONT = """<div class="booklet" lang="%(language)s">
<p class="head"><span class="no">{{Number}}</span>{{#Level}}<span class="level">{{Level}}</span>{{/Level}}\
{{#Topics}}<span class="topics">{{Topics}}</span>{{/Topics}}</p>
<h1>{{Question}}</h1>
{{#Statement}}<div class="statement">{{Statement}}</div>{{/Statement}}
</div>"""
BACK = """{{FrontSide}}
<hr id="answer">
<div class="booklet" lang="%(language)s">
<div class="answer">{{Answer}}</div>
{{#Focus}}<section><h2>%(focus)s</h2>{{Focus}}</section>{{/Focus}}
{{#Rubric}}<section><h2>%(rubric)s</h2>{{Rubric}}</section>{{/Rubric}}
<p class="source">{{Source}}</p>
</div>"""


def model(identifier: int, book: Book, theme: Theme) -> Any:
    """The note type as genanki has it, in the theme's style and the book's language."""
    from genanki import Model

    words = theme.words(book.language)
    said = {name: html.escape(words[name]) for name in ("focus", "rubric")} | {"language": html.escape(book.language)}
    return Model(
        identifier,
        book.title,
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": book.title, "qfmt": FRONT % said, "afmt": BACK % said}],
        css="\n".join(theme.css("anki")),
    )


def fields(item: Item, text: Texts, words: Mapping[str, str]) -> list[str]:
    """The values of FIELDS."""
    question = item.question
    hard = question.difficulty
    level = f"{'■' * hard}{'□' * (TOP - hard)} {words[f'level_{hard}']}" if hard else ""
    mark = ""
    if question.status == "unfinished":
        said = escape.words(words["unfinished"]), escape.words(words["unfinished_note"])
        mark = f'<p><span class="mark">{said[0]}</span> {said[1]}</p>'
    return [
        text["title"],
        item.number,
        escape.words(level),
        escape.words(" · ".join(item.topics)),
        text["asked"],
        text["answer"] + mark,
        text["focus"],
        text["rubric"],
        _source(item, words),
    ]


def _source(item: Item, words: Mapping[str, str]) -> str:
    """Where it stands in the book, and on the site."""
    where = f"{item.number}　{item.chapter.title}"
    if not item.url:
        return escape.words(where)
    return f'{escape.words(where)} · <a href="{html.escape(item.url)}">{escape.words(words["online"])}</a>'

"""What the first page of a chapter says of it, as the front matter asks: facts, lead, picture, contents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from booklet.convert.pictures import extension
from booklet.model import Asset, Chapter, Question, Section

READING = 400
"""Characters or words in a minute."""
DEEPEST = 3
"""Level of the sections that `toc: true` lists."""


def facts(chapter: Chapter, words: Mapping[str, str], signed: Sequence[str]) -> list[tuple[str, str]]:
    """Name and value of each fact. `signed`: the authors of the book, whom a chapter need not name again."""
    shown = chapter.opener
    updated = chapter.lastmod if shown.updated and chapter.lastmod else None
    done = sum(question.status != "unanswered" for question in chapter.questions)
    minutes = max(1, round(chapter.words / READING))
    comma = "、" if chapter.language.startswith(("zh", "ja")) else ", "
    rows = [
        (words["by_author"], comma.join(chapter.authors) if set(chapter.authors) != set(signed) else ""),
        (words["updated"], (updated or "")[:10]),
        (words["published"], "" if updated else (chapter.date or "")[:10]),
        (words["words"], f"{chapter.words:,}".replace(",", " ") if shown.words else ""),
        (words["reading"], f"{minutes} {words['minutes']}" if shown.reading else ""),
        (words["answered"], f"{done} / {len(chapter.questions)}" if chapter.questions else ""),
    ]
    return [(name, value) for name, value in rows if value]


def listed(chapter: Chapter) -> Sequence[Section | Question]:
    """What the chapter's own contents list: its questions; without any, its sections if `toc: true` asks for them."""
    if chapter.opener.contents is False:
        return ()
    if chapter.questions or not chapter.opener.contents:
        return chapter.questions
    return tuple(section for section in chapter.sections if section.level <= DEEPEST)


def source(picture: Asset) -> str:
    """The address of a picture, as the AST has it."""
    return f"asset:{picture.sha256}.{extension(picture.media_type)}"

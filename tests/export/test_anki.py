"""The package of flash cards as a zip and a database; Anki's own library judges it in `make validate`."""

from __future__ import annotations

import io
import json
import re
import sqlite3
import zipfile
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet import build, theme
from booklet.cache import Cache
from booklet.config import load
from booklet.diagnostics import BookletError, Exit
from booklet.export import escape, note_type
from booklet.model import Artifact
from booklet.options import Silent
from tests import inside, site

HARD = """---
title: "面试题-高级篇"
lastmod: 2025-05-06T08:00:00+08:00
tags: ["top k", 采样]
---

## 1. 模板 `{{ x }}` 与 \\\\(a < b\\\\) 是什么？

**难度**：较难

**考察点**：边界

- 列表里的公式
  $$
  \\\\begin{aligned} \\\\frac{{{a}}}{{{b}}} & \\\\R \\\\end{aligned}
  $$
- 见[第一题](/posts/one/)与[外面](https://elsewhere.example/?a=1&b=2)，脚注[^1]，字面 `\\(`。

```python
x = "{{ y }}"  # <b>
```

![五个词元](/img/mask.svg)

![没有](/img/none.png)

| `[latex]` | {{c1::空}} |
|---|---|
| 采样 | [sound:x.mp3] |

**评分标准**：

- 说出边界（3 分）

[^1]: 注 \\\\(n\\\\)。

## 2. 写了一半？

开头。

-

## 3. 空题？
"""
TOML = """
[book]
title = "书::题"
slug = "book"
language = "zh-Hans"
[[parts]]
title = "后"
posts = ["content/posts/hard.md"]
"""
LATER = HARD.replace("2025-05-06", "2025-06-07").replace("开头。", "开头更长。") + "\n## 4. 新题？\n\n新。\n"


class Note(NamedTuple):
    guid: str
    changed: int
    tags: list[str]
    fields: dict[str, str]
    deck: str
    due: int


class Package(NamedTuple):
    notes: dict[str, Note]
    media: dict[str, bytes]
    ids: tuple[list[str], list[str]]


def exported(folder: Path, kind: str = "anki", **files: str) -> Any:
    here = site.make(folder / "site", **{"booklet.toml": TOML, "content/posts/hard.md": HARD, **files})
    return build.export(load(here, {}), kind, inside.options(), Cache(folder / "cache"), Silent())  # type: ignore[arg-type]


def read(artifact: Artifact) -> Package:
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
        names = json.loads(archive.read("media"))
        media = {name: archive.read(place) for place, name in names.items()}
        with sqlite3.connect(":memory:") as database:
            database.deserialize(archive.read("collection.anki2"))
            decks, models = (json.loads(row) for row in database.execute("SELECT decks, models FROM col").fetchone())
            rows = database.execute(
                "SELECT guid, notes.mod, tags, flds, did, due FROM notes JOIN cards ON cards.nid = notes.id"
            ).fetchall()
    notes = [
        Note(
            guid,
            mod,
            tags.split(),
            dict(zip(note_type.FIELDS, flds.split("\x1f"), strict=True)),
            decks[str(did)]["name"],
            due,
        )
        for guid, mod, tags, flds, did, due in rows
    ]
    return Package({note.fields["Number"]: note for note in notes}, media, (sorted(decks), sorted(models)))


def _fields(text: str) -> dict[str, str]:
    return dict(zip(note_type.FIELDS, text.split("\x1f"), strict=True))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return exported(tmp_path_factory.mktemp("anki"))


@pytest.fixture(scope="module")
def package(made: Any) -> Package:
    return read(made.value.artifact)


def test_a_card_for_every_question_with_an_answer(made: Any, package: Package) -> None:
    assert list(package.notes) == ["1.1", "1.2", "2.1", "3.1", "3.2"]
    assert dict(made.value.counts) == {"questions": 5, "left_out": 2, "pictures": 1}
    assert sorted(note.location.line for note in made.notes if note.code == "export/unanswered") == [25, 43]
    assert [note.due for note in package.notes.values()] == [1, 2, 3, 4, 5]
    assert made.value.artifact.file == "book.apkg"


def test_the_guid_is_the_question_s_id(package: Package) -> None:
    assert re.fullmatch("q-[0-9a-f]{8}", package.notes["1.1"].guid)


def test_formulas_stand_between_mathjax_s_delimiters(package: Package) -> None:
    fields = package.notes["1.1"].fields
    assert r"\(a &lt; b\)" in fields["Question"]
    [display] = re.findall(r"\\\[(.*?)\\\]", fields["Answer"], re.S)
    assert unescape(display).startswith(r"\def\R{\mathbb{R}}"), "KaTeX knows it, Anki's MathJax does not"
    assert r"\frac{{{a}}}{{{b}}} & \R" in unescape(display)


def test_nothing_is_a_command_to_anki_but_is_seen_as_written(package: Package) -> None:
    for note in package.notes.values():
        for field in note.fields.values():
            assert "{{" not in field
            assert "[latex]" not in field and "[sound:" not in field
    answer = package.notes["1.1"].fields["Answer"]
    assert "{{c1::空}}" in unescape(answer)
    assert "[sound:x.mp3]" in unescape(answer)
    assert "<code>\\(</code>" in answer, "MathJax leaves code alone"


def test_what_an_answer_holds(package: Package) -> None:
    fields = package.notes["1.1"].fields
    answer = fields["Answer"]
    assert "见第一题与<a" in answer, "a card has no other questions to lead to"
    assert 'href="https://elsewhere.example/?a=1&amp;b=2"' in answer
    assert "<sup>1</sup>" in answer
    assert r"注 \(n\)。" in answer.partition('class="notes"')[2]
    assert '<span class="c"># &lt;b&gt;</span>' in answer
    assert "/img/none.png" in answer
    assert (fields["Level"], fields["Focus"]) == ("■■■■□ 较难", "<p>边界</p>")
    assert "3 分" in fields["Rubric"] and "3 分" not in answer
    assert 'href="https://example.org/posts/hard/#' in fields["Source"]


def test_an_unfinished_answer_says_so(package: Package) -> None:
    assert "未完" in package.notes["1.2"].fields["Answer"]
    assert not any("未完" in package.notes[n].fields["Answer"] for n in ("2.1", "3.1", "3.2", "1.1"))


def test_pictures_are_named_by_their_content(package: Package) -> None:
    [(name, data)] = package.media.items()
    assert re.fullmatch(r"booklet-[0-9a-f]{32}\.svg", name)
    assert b'fill="#b9301c"' in data
    for number in ("3.1", "1.1"):
        assert f'<img src="{name}"' in package.notes[number].fields["Answer"]


def test_decks_and_tags_lead_to_part_chapter_and_topic(package: Package) -> None:
    assert package.notes["1.1"].deck == "书：题::后::面试题-高级篇"
    assert package.notes["2.1"].deck == "书：题::面试题-基础篇（1）"
    assert package.notes["1.1"].tags == ["book::hard", "采样"]
    assert package.notes["1.2"].tags == ["book::hard", "top_k", "采样"], "a question without topics has its post's"


def test_the_same_book_is_the_same_file(made: Any, tmp_path: Path) -> None:
    assert exported(tmp_path / "elsewhere").value.artifact.data == made.value.artifact.data


def test_a_later_version_updates_the_same_notes(package: Package, tmp_path: Path) -> None:
    later = read(exported(tmp_path, **{"content/posts/hard.md": LATER}).value.artifact)
    assert set(later.notes) - set(package.notes) == {"1.4"}
    assert later.ids == package.ids, "decks and note type"
    for number, note in package.notes.items():
        assert later.notes[number].guid == note.guid
        assert later.notes[number].changed > note.changed
    assert "更长" in later.notes["1.2"].fields["Answer"]


def test_who_builds_it_may_say_when_the_version_came_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    made = exported(tmp_path)
    assert {note.changed for note in read(made.value.artifact).notes.values()} == {1_800_000_000}
    assert "export/undated" not in {note.code for note in made.notes}


def test_posts_that_do_not_say_when_they_changed_are_named(made: Any) -> None:
    [note] = [note for note in made.notes if note.code == "export/undated"]
    assert note.location.path == "content/posts/two.md"


def test_twins_do_not_replace_each_other(tmp_path: Path) -> None:
    here = site.make(tmp_path / "site", **{"booklet.toml": TOML})
    cache, options = Cache(tmp_path / "cache"), inside.options(language="en")
    english = build.export(load(here, {}, language="en"), "anki", options, cache, Silent()).value.artifact
    assert english.file == "book.en.apkg"
    assert [note.guid.endswith(".en") for note in read(english).notes.values()] == [True]


def test_a_book_without_answers_is_an_error(tmp_path: Path) -> None:
    empty = "---\ntitle: 面试题\n---\n\n## 1. 空？\n"
    files = {f"content/posts/{name}.md": empty for name in ("one", "two", "hard")}
    with pytest.raises(BookletError) as problem:
        exported(tmp_path, **files)
    assert (problem.value.diagnostic.code, problem.value.exit) == ("export/no-questions", Exit.SOURCE)


TEXT = st.text(st.sampled_from("{}[]\\()$:/latexsoundanki<&c1 题"), max_size=40)


@given(TEXT)
def test_a_field_says_the_same_and_holds_no_command(text: str) -> None:
    field = escape.field(text)
    assert "{{" not in field
    assert not re.search(r"\[/?(latex|\$\$?)\]|\[(sound|anki):", field)
    assert unescape(field) == unescape(text)


@given(TEXT)
def test_words_hold_no_formula(text: str) -> None:
    shown = escape.words(text)
    assert not re.search(r"\\[()\[\]]", shown)
    assert unescape(re.sub("</?span>", "", shown)) == text


@given(TEXT)
def test_tags_and_decks_have_one_level(text: str) -> None:
    assert not re.search(r"\s|::", escape.tag(text))
    assert "::" not in escape.level(text)


def test_every_theme_has_a_style_for_cards() -> None:
    for name in ("default", "indigo"):
        [css] = theme.load(name, Path()).css("anki")
        assert ".nightMode" in css
        assert not re.search(r"var\(--(accent|ink|grey|rule)\)", css), "a card knows no variable of the theme"

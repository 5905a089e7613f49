"""The scanner against the pages of Hugo's own tests, malformed ones among them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from booklet.convert import ast
from booklet.shortcodes.scan import OPEN, scan
from tests import site
from tests.convert.make import convert

HUGO = site.shared("corpora/gohugoio+hugo") or Path("absent")
PAGES = sorted(path for path in HUGO.rglob("*") if path.suffix in (".md", ".html", ".org", ".adoc", ".rst"))
FRONT = re.compile(r"\A(?:---\n.*?\n---|\+\+\+\n.*?\n\+\+\+|\{\n.*?\n\})[ \t]*(?:\n|\Z)", re.S)
absent = pytest.mark.skipif(not PAGES, reason="the pages of gohugoio+hugo are not beside the project")


def texts() -> list[tuple[str, str]]:
    found = [(path.relative_to(HUGO).as_posix(), path.read_text("utf-8", errors="replace")) for path in PAGES]
    return [(name, FRONT.sub("", text, count=1)) for name, text in found]


@absent
def test_every_tag_of_every_page_is_found_where_it_stands() -> None:
    count = 0
    for name, text in texts():
        found = list(scan(text))
        inside = [match.start() for match in OPEN.finditer(text)]
        assert {item.start for item in found} <= set(inside), name
        for start in inside:
            assert any(item.start <= start < item.end for item in found), name
        count += len(found)
    assert count > 100


@absent
def test_pages_with_shortcodes_come_through_without_any() -> None:
    for name, text in texts():
        if "{{<" in text or "{{%" in text:
            result = convert(text, path=name)
            shown = " ".join(item["c"] for item in ast.of(result.value.blocks, "Str"))
            escaped = "{{</*" in text or "{{%/*" in text or any("malformed" in note.code for note in result.notes)
            assert escaped or not re.search(r"\{\{[<%]|[\ufdd0-\ufdef]", shown), name
            lines = text.count("\n") + 1
            assert all(note.location and 1 <= (note.location.line or 1) <= lines for note in result.notes), name

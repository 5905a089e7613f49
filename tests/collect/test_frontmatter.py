"""Front matter in all its forms, and what is said about the broken ones."""

from __future__ import annotations

import pytest

from booklet.collect.dates import moment
from booklet.collect.frontmatter import read
from booklet.diagnostics import BookletError


@pytest.mark.parametrize(
    ("text", "front", "body", "line"),
    [
        ("---\ntitle: 2024\ntags: [a]\n---\nbody\n", {"title": "2024", "tags": ["a"]}, "body\n", 5),
        ('+++\ntitle = "x"\ndate = 2025-01-02\n+++\n\nbody', {"title": "x", "date": "2025-01-02"}, "\nbody", 5),
        ('{"title": "x"}\n\nbody', {"title": "x"}, "body", 3),
        ("\ufeff---\r\ntitle: x\r\n---\r\nbody\r\n", {"title": "x"}, "body\n", 4),
        ("no front matter\n---\nbody", {}, "no front matter\n---\nbody", 1),
        ("---\n---\nbody", {}, "body", 3),
        ("{{< include >}}", {}, "{{< include >}}", 1),
    ],
)
def test_read(text: str, front: dict[str, object], body: str, line: int) -> None:
    document = read(text.encode(), "a.md")
    assert (document.front, document.body, document.body_line) == (front, body, line)


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"---\ntitle: x\n", "source/front-matter", 1),
        (b"---\ntitle: x\ntitle: y\n---\n", "source/front-matter", 3),
        (b"---\ntitle: [x\n---\n", "source/front-matter", 2),
        (b"+++\ntitle = \n+++\n", "source/front-matter", 2),
        (b"---\n- a\n---\n", "source/front-matter", 1),
        ("题目\n\n正文".encode("gb18030"), "source/encoding", 1),
    ],
)
def test_what_is_broken_is_named_with_its_line(data: bytes, code: str, line: int) -> None:
    with pytest.raises(BookletError) as caught:
        read(data, "posts/a.md")
    note = caught.value.diagnostic
    assert (note.code, str(note.location.path), note.location.line) == (code, "posts/a.md", line)  # type: ignore[union-attr]
    assert caught.value.exit == 6


def test_all_forms_of_a_date_sort_together() -> None:
    forms = ["2025-01-02", "2025-01-02 03:04:05", "2025-01-02T03:04:05Z", "2025-01-02T08:04:06+05:00"]
    times = [moment(form) for form in forms]
    assert None not in times
    assert sorted(times) == times  # type: ignore[type-var]
    assert moment("tomorrow") is None

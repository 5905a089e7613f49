"""Posts that nobody should write end in a book or in a message, never in a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.run import booklet

HEAD = "---\ntitle: 面试题-甲（1）\n---\n\n"
ALIASES = "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdef", "bcdefg", strict=True)
)
BOOKS = {
    "a name with space（1）": "## 1. 什么？\n\n答\n",
    "long heading": f"## 1. {'很长' * 1000}？\n\n答\n",
    "control characters": "## 1. 什么？\n\n答\x00案\x01\x0b\x1b[31m\n",
    "line ends": "## 1. 什么？\r\n\r\n- a\r\n  - b\r\n",
    "one id thrice": "## 1. 甲？ {#q-a}\n\n答\n\n## 2. 乙？ {#q-a}\n\n答\n\n## 总结 {#q-a}\n\n[x](#q-a)\n",
    "brackets": "[" * 200 + "a" + "]" * 200 + "\n",
    "open tags": "<table><tr><td>a<script>alert(1)</script>\n\n<b><i></b></i> <!-- x\n",
    "wide table": f"|{'a|' * 60}\n|{'-|' * 60}\n|{'很长的单元格|' * 60}\n",
    "long words": f"{'a' * 1000}\n\n`{'b' * 1000}`\n\n```\n{'c' * 1000}\n```\n\nhttps://example.org/{'x' * 1000}\n",
    "open shortcodes": '{{< a >}}{{< b "x\n{{% /c %}} {{< {{< x >}}\n',
    "notes in notes": "a[^1] [^2]\n\n[^1]: x[^1]\n[^2]: [^3]\n[^3]: [^2]\n",
    "other scripts": "## 1. 😀👩‍👩‍👧？\n\n\U0010ffff \ue000 𠮷 עברית العربية ไทย हिन्दी 한국어\n",
    "formulas": f"${'{' * 3000}x{'}' * 3000}$ $\\def\\a{{\\a\\a}}\\a$\n\n$$\n{'x+' * 50000}\n$$\n",
}
MISTAKES = {
    "nothing": ("", "error[source/no-posts]"),
    "front matter alone": (HEAD, "error[source/no-posts]"),
    "deep list": (HEAD + "".join("  " * n + "- 项\n" for n in range(200)), "error[source/nested]"),
    "deep quotation": (HEAD + ">" * 300 + " 深\n", "error[source/nested]"),
    "deep tags": (HEAD + "<div>" * 400 + "x\n", "error[source/nested]"),
    "a date that is none": ("---\ntitle: 甲\ndate: tomorrow\n---\n\nx\n", "`date` is no date"),
    "aliases": (f"---\na: &a [x]\n{ALIASES}title: 面试题\n---\nx\n", "more than 10,000 values"),
}


def build(folder: Path, name: str, text: str):  # type: ignore[no-untyped-def]
    path = folder / f"content/posts/{name}.md"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8", newline="")
    return booklet("build", "--offline", "--cache", folder / "cache", cwd=folder)


@pytest.mark.parametrize("name", BOOKS)
def test_an_odd_post_is_still_a_book(tmp_path: Path, name: str) -> None:
    answer = build(tmp_path, name, HEAD + BOOKS[name])
    assert answer.code == 0, answer.err
    assert "Traceback" not in answer.err
    assert "[WARNING]" not in answer.err  # pandoc's words are not ours
    assert len(list((tmp_path / "dist").iterdir())) == 2


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_a_message(tmp_path: Path, name: str) -> None:
    text, said = MISTAKES[name]
    answer = build(tmp_path, "post", text)
    assert (answer.code, said in answer.err, "Traceback" in answer.err) == (6, True, False), answer.err

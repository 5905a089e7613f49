"""Shortcodes done: what is put, where it is put, and which line it comes from."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from booklet import shortcodes
from booklet.convert import ast, dialect
from booklet.model import Question
from booklet.shortcodes.rows.charts import chart
from booklet.shortcodes.traced import traced
from tests.convert.make import Texts, convert

PAGE = shortcodes.Page({"title": "题"}, {"Answer": {"Deep": 42}}, "zh-Hans", Texts())
TABLE = shortcodes.Table(shortcodes.ROWS, dialect.code)
WORDS = st.text("注意力机制模型abcXYZ，。？！：", min_size=1, max_size=12)


def done(body: str) -> str:
    return shortcodes.expand(body, "content/posts/a.md", 1, PAGE, TABLE).value.text


def test_parameters_come_from_the_page_then_from_the_site() -> None:
    assert done("{{< param title >}} {{% param answer.deep %}}") == "题 42"


def test_a_parameter_that_nobody_gives_leaves_code_whole() -> None:
    assert done("`{{< param none >}}` {{< param none >}}") == "`{{< param none >}}` "


def test_an_address_among_words_is_a_link_and_in_code_a_path() -> None:
    assert done('[x]({{< ref "b.md" >}})') == "[x](ref:b.md)"
    assert done('<a href="{{% relref "b.md#c" %}}">') == '<a href="ref:b.md#c">'
    assert "(<ref:b.md>)" in done('见 {{< ref "b.md" >}}。')
    assert done('`{{< ref "b.md" >}}`') == "`b.md`"
    assert done('[x]: {{< ref "b.md" >}}') == "[x]: ref:b.md"


def test_a_file_that_includes_itself_ends() -> None:
    class Same(Texts):
        def read(self, name: str) -> str | None:
            return '字 {{< include "same" >}}'

    page = shortcodes.Page({}, {}, "", Same())
    text = shortcodes.expand('{{< include "same" >}}', "a.md", 1, page, TABLE).value.text
    assert 1 < text.count("字") < 50


def test_a_chart_is_a_table_or_nothing() -> None:
    call = shortcodes.Call("chart", PAGE, raw="data: {labels: ['a', 'b',], datasets: [{label: 'n|m', data: [1, .5]}]}")
    assert chart(call).split("\n") == ["|  | n\\|m |", "| --- | --- |", "| a | 1 |", "| b | 0.5 |"]
    for broken in (
        "data: {}",
        "data: {labels: f(), datasets: [1]}",
        "}{",
        "data: " + "[" * 999,
        "data: {datasets: []}",
    ):
        assert chart(shortcodes.Call("chart", PAGE, raw=broken)).startswith("```js")


def test_every_row_answers_every_call() -> None:
    """Called alone, with nonsense, between tags, each row gives text, none of it a shortcode."""
    for name in shortcodes.ROWS:
        for body in (
            f"{{{{< {name} >}}}}",
            f"{{{{< {name} />}}}}",
            f'{{{{< {name} "a b" c=d >}}}}甲{{{{< /{name} >}}}}',
            f'{{{{% {name} src="x.png" id="1" title="题" %}}}}\n甲\n\n{{{{% /{name} %}}}}',
        ):
            assert "{{" not in done(body), body


FILLER = st.sampled_from(
    [
        "{{< alert >}}\n甲\n\n乙\n{{< /alert >}}",
        '{{< figure\n  src="a.png"\n  caption=`多\n行`\n>}}',
        '{{% details "题" %}}\n\n- 甲\n  - 乙\n\n{{% /details %}}',
        "<!-- 注\n\n释 -->",
        "<details>\n<summary>题</summary>\n\n甲\n\n</details>",
        "```\n## 码\n\n{{</* x */>}}\n```",
        "$$\nx\n\n= y\n$$",
        "!!! note\n    甲\n\n    乙",
        "::: tip 题\n甲\n:::",
        "{% note %}\n甲\n{% endnote %}",
        "> [!NOTE]\n> 甲",
        "[TOC]",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "{{< highlight go >}}\na\n\nb\n{{< /highlight >}}",
        "<table>\n  <tr>\n    <td>甲</td>\n  </tr>\n</table>",
        '{{% include "part.md" %}}',
    ]
)
MARKED = st.sampled_from(
    [
        "## 题 {n}",
        "{{{{< unknown-{n} >}}}}",
        "- ### 题 {n}\n\n  甲",
        "{{{{< tabs >}}}}\n{{{{% tab x %}}}}\n### 题 {n}\n{{{{% /tab %}}}}\n{{{{< /tabs >}}}}",
        "<div>\n\n### 题 {n}\n\n</div>",
        "<h3>题 {n}</h3>",
        "题 {n}\n---",
        "> {{{{< unknown-{n} >}}}}",
        "{{{{< alert >}}}}\n\n甲 {{{{< unknown-{n} />}}}}\n{{{{< /alert >}}}}",
        "!!! note\n    甲\n\n    ### 题 {n}",
    ]
)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.one_of(FILLER, MARKED), min_size=1, max_size=8), st.integers(1, 30))
def test_lines_are_exact_after_every_rewriting(blocks: list[str], first: int) -> None:
    body = "\n\n".join(block.format(n=n) if block.count("{n}") else block for n, block in enumerate(blocks))
    lines = {
        match[0]: first + n
        for n, line in enumerate(body.split("\n"))
        for match in re.finditer(r"(?:题 |unknown-)\d+", line)
    }
    result = convert(body, body_line=first)
    found = {heading.title: heading.line for heading in result.value.headings if not isinstance(heading, Question)}
    for note in result.notes:
        if match := re.search(r"unknown-\d+", note.message):
            assert note.location
            found[match[0]] = note.location.line or 0
    assert found == lines


PIECE = st.one_of(
    WORDS.map(lambda words: f"文{words}"),
    st.sampled_from(
        [
            "{{< katex >}}",
            "{{< icon x >}}",
            "{{< unknown a=b >}}",
            "{{% toc %}}",
            "$x_1$",
            "\\\\(y\\\\)",
            '{{< figure src="a.png" >}}',
            "<b></b>",
        ]
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(PIECE, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=5))
def test_text_outside_shortcodes_and_maths_is_never_changed(paragraphs: list[str]) -> None:
    body = "\n\n".join(paragraphs)
    wanted = "".join(word for word in body.split() if word.startswith("文"))
    strings = [item["c"] for item in ast.of(convert(body).value.blocks, "Str")]
    assert "".join("".join(strings).split()) == wanted


@pytest.mark.parametrize("body", ["{{< katex >}} " * 4 + "文", "- {{< katex >}}      文", "{{< /b >}}\t文"])
def test_calls_that_show_nothing_make_no_code_of_their_line(body: str) -> None:
    assert [item["c"] for item in ast.of(convert(body).value.blocks, "Str")] == ["文"]


SIGNS = st.text("文字ab 12\n*_~#->+|:.!?,()'\"&;=^@，。（）【】“”", max_size=80)


@settings(max_examples=150, deadline=None)
@given(SIGNS)
def test_markdown_without_anything_to_lift_is_handed_on_as_it_is(text: str) -> None:
    """But for marks, for `1)` and numbers that begin no list, for the blank lines that keep tables and notes apart."""
    if re.search(r"!!!|:::|^\s*\d+[.)]", text, re.M):
        return
    handed = dialect.rewrite(traced(text, 1), "a.md").value
    kept = [item for item in handed.tokens if isinstance(item, dialect.Code)]
    if not kept:
        restored = re.sub(r"[ \t]+$", "", handed.restored(handed.text), flags=re.M)
        assert restored == re.sub(r"[ \t]+$", "", text, flags=re.M)

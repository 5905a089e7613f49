"""Every measure of the printed page holds on a page that is right, and fails one that was made wrong on purpose."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from tests.typography.make import BODY, LETTERED, PROSE, pdf
from tools.typography import RULES, Verdict, judge


@dataclass(frozen=True)
class Wrong:
    """What is added to the right page, or taken from it, so that one rule is broken."""

    body: str = ""
    css: str = ""
    engine: bool = True
    whole: str | None = None


def full(lines: int) -> str:
    """An empty stretch of a fresh page."""
    return f'<div style="break-before: page; height: {lines * 18}pt"></div>'


HIGH = '<span style="font-size: 15pt; line-height: 26pt">指令</span>'
WRONG = {
    1: Wrong('<p style="font-size: 6pt">这一段的字太小了</p>'),
    2: Wrong(css="body { margin-right: 4pt }"),
    3: Wrong(css="body { margin-right: 84pt }"),
    4: Wrong(f"<p>{PROSE.replace('指令', HIGH)}</p>", engine=False),
    5: Wrong(css="p { text-indent: 1em }"),
    6: Wrong(css="p { margin-bottom: 18pt }"),
    7: Wrong(css="body { text-align: left }"),
    8: Wrong(engine=False),
    9: Wrong(engine=False),
    10: Wrong(engine=False),
    11: Wrong(engine=False),
    12: Wrong("<p>这一行的后面<br>，是一个逗号。</p>"),
    13: Wrong("<p>这一行的末尾（<br>是一个括号）。</p>"),
    14: Wrong("<p>这一行的后面<br>——是破折号。</p>"),
    15: Wrong("<p>这一行的末尾是数字 16<br>% 在下一行。</p>"),
    16: Wrong("<p>使用Python编程的时候要注意。</p>"),
    17: Wrong("<p>这一段的最后只有一个<br>字。</p>"),
    18: Wrong(f'{full(25)}<p style="orphans: 1; widows: 1">{PROSE}</p>'),
    19: Wrong(f'{full(20)}<h2>这一页的末尾</h2><p style="break-before: page">{PROSE}</p>'),
    20: Wrong(f'{full(20)}<header><h2>这一问的答案在哪里？</h2></header><p style="break-before: page">{PROSE}</p>'),
    21: Wrong(),
    22: Wrong(css='h2 { font: 10.5pt/18pt "Booklet Song" }'),
    23: Wrong(
        f'<p>{LETTERED}</p><div style="height: 7pt"></div><p>{LETTERED}{PROSE}</p>',
        css="section + p { break-before: page }",
    ),
    24: Wrong('<p>这里有<span style="display: inline-block; transform: skewX(-12deg)">斜体</span>的汉字。</p>'),
    25: Wrong("<p>没有字形的字：\U00013000。</p>"),
    26: Wrong("<p>这里有两个逗号，，不应该。</p>"),
    27: Wrong(css='.toc a::after { content: leader(" .") "7" }'),
    28: Wrong(css="@page { @top-right { content: none } }"),
    29: Wrong(f'<p style="white-space: nowrap">{LETTERED}</p>'),
    30: Wrong(),
}


TWO_SIDED = "h1 { break-before: right } @page :left { margin-left: calc(148mm - 18mm - 294pt); margin-right: 18mm }"


def verdicts(path: Path) -> dict[int, Verdict]:
    return {verdict.rule: verdict for verdict in judge(path)}


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Verdict]:
    return verdicts(pdf(tmp_path_factory.mktemp("right") / "right-print.pdf", css=TWO_SIDED))


def test_there_is_a_wrong_page_for_each_of_the_thirty_rules(right: dict[int, Verdict]) -> None:
    assert sorted(right) == sorted(WRONG) == list(range(1, 31))
    assert len(RULES) == 30


@pytest.mark.parametrize("rule", sorted(WRONG))
def test_the_right_page_is_right(rule: int, right: dict[int, Verdict]) -> None:
    assert right[rule].holds, (right[rule].number, right[rule].where)


@pytest.mark.parametrize("rule", sorted(WRONG))
def test_the_wrong_page_is_wrong(rule: int, tmp_path: Path) -> None:
    wrong = WRONG[rule]
    name = "wrong-print.pdf" if rule == 21 else "wrong.pdf"
    path = pdf(tmp_path / name, BODY + wrong.body, wrong.css, wrong.engine)
    if rule == 30:
        _without_font_files(path)
    assert verdicts(path)[rule].holds is False, verdicts(path)[rule].number


def _without_font_files(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as made:
        for item in made.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                for key in [key for key in item if key.startswith("/FontFile")]:
                    del item[key]
        made.save(path)

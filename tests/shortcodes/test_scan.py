"""The scanner: every form of a tag, and what Hugo would not read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booklet.shortcodes.scan import Escaped, Malformed, Tag, scan
from booklet.shortcodes.tree import Pair, Part, pair


def only(text: str) -> Tag:
    [found] = scan(text)
    assert isinstance(found, Tag)
    return found


@pytest.mark.parametrize(
    ("text", "name", "positional", "named"),
    [
        ("{{< katex >}}", "katex", (), ()),
        ("{{<katex>}}", "katex", (), ()),
        ("{{% x %}}", "x", (), ()),
        ("{{<\n\n x\t>}}", "x", (), ()),
        ("{{< a/b-c.d >}}", "a/b-c.d", (), ()),
        ("{{< 图 参考 代码 >}}", "图", ("参考", "代码"), ()),
        ('{{< x "a b" c-d 1.5 >}}', "x", ("a b", "c-d", "1.5"), ()),
        (r'{{< x "say \"hi\"" >}}', "x", ('say "hi"',), ()),
        ('{{< x `a "b"\n>}} c` >}}', "x", ('a "b"\n>}} c',), ()),
        ('{{< x src="a.png" width=300 >}}', "x", (), (("src", "a.png"), ("width", "300"))),
        ('{{< x src = "a.png" >}}', "x", (), (("src", "a.png"),)),
        ('{{< x\n  src="a.png"\n  alt=""\n>}}', "x", (), (("src", "a.png"), ("alt", ""))),
        ("{{< x raw=`<b>\n</b>` >}}", "x", (), (("raw", "<b>\n</b>"),)),
        (r"{{< x title=\"quoted\" >}}", "x", (), (("title", "quoted"),)),
        ('{{< x "a>}}b" >}}', "x", ("a>}}b",), ()),
        ("{{< x /a/b.png >}}", "x", ("/a/b.png",), ()),
        ('{{< x "p" key="v" >}}', "x", ("p",), (("key", "v"),)),
    ],
)
def test_a_tag(text: str, name: str, positional: tuple[str, ...], named: tuple[tuple[str, str], ...]) -> None:
    tag = only(text)
    assert (tag.name, tag.positional, tag.named) == (name, positional, named)
    assert (tag.start, tag.end, tag.close, tag.alone) == (0, len(text), False, False)


@pytest.mark.parametrize("text", ["{{< /x >}}", "{{</x>}}", "{{< / x >}}", "{{% /x %}}"])
def test_a_closing_tag(text: str) -> None:
    assert (only(text).name, only(text).close) == ("x", True)


@pytest.mark.parametrize("text", ["{{< x />}}", "{{<x/>}}", '{{< x "a" / >}}', "{{< x a/>}}", "{{% x /%}}"])
def test_a_tag_that_closes_itself(text: str) -> None:
    assert (only(text).name, only(text).alone, only(text).close) == ("x", True, False)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{</* x */>}}", "{{< x >}}"),
        ('{{%/* x "a" */%}}', '{{% x "a" %}}'),
        ("{{</* /x */>}}", "{{< /x >}}"),
        ("{{</*x*/>}}", "{{<x>}}"),
        ("{{</* a\nb */>}}", "{{< a\nb >}}"),
    ],
)
def test_an_escaped_tag_shows_itself(text: str, shown: str) -> None:
    assert list(scan(text)) == [Escaped(shown, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{< >}}", "no name"),
        ("{{< x", "not closed"),
        ("{{< x {{< y >}}", "not closed"),
        ('{{< x "a >}}', "is not closed"),
        ('{{< x "a\nb" >}}', "is not closed"),
        ("{{< x `a >}}", "is not closed"),
        ("{{< x %}}", "cannot stand there"),
        ("{{< x = >}}", "cannot stand there"),
        ("{{< x a= >}}", "cannot stand there"),
        ("{{</* x >}}", "not closed by */"),
        ("{{</* x */ >}}", "ends before >}}"),
    ],
)
def test_what_is_no_tag_says_why(text: str, reason: str) -> None:
    first = next(scan(text))
    assert isinstance(first, Malformed)
    assert reason in first.reason


def test_a_malformed_tag_hides_no_other() -> None:
    kinds = [type(found) for found in scan("{{< >}} {{< x >}} {{< y")]
    assert kinds == [Malformed, Tag, Malformed]


def shape(parts: list[Part]) -> list[object]:
    return [
        [part.tag.name, shape(part.parts)] if isinstance(part, Pair) and part.close else _name(part) for part in parts
    ]


def _name(part: Part) -> str:
    return part.tag.name if isinstance(part, Pair) else f"/{part.name}" if isinstance(part, Tag) else "?"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{< a >}}x{{< /a >}}", [["a", []]]),
        ("{{< a >}}{{< b >}}{{< c >}}{{< /b >}}{{< /a >}}", [["a", [["b", ["c"]]]]]),
        ("{{< a >}}{{< a >}}{{< /a >}}", ["a", ["a", []]]),
        ("{{< a >}}{{< a >}}{{< /a >}}{{< /a >}}", [["a", [["a", []]]]]),
        ("{{< a >}}{{< b >}}{{< /a >}}{{< /b >}}", [["a", ["b"]], "/b"]),
        ("{{< a />}}{{< /a >}}", ["a", "/a"]),
        ("{{< a >}}{{% /a %}}", [["a", []]]),
    ],
)
def test_tags_pair_as_brackets_do(text: str, expected: list[object]) -> None:
    assert shape(pair(scan(text))) == expected


@given(st.text(alphabet='{}<>%/*"`\\= ax\n', max_size=60))
def test_every_opening_is_accounted_for_once(text: str) -> None:
    found = list(scan(text))
    assert all(text.startswith(("{{<", "{{%"), item.start) for item in found)
    ends = [0, *(item.end for item in found)]
    assert all(end <= item.start < item.end <= len(text) for end, item in zip(ends, found, strict=False))
    between = [text[a:b] for a, b in zip(ends, [*(item.start for item in found), len(text)], strict=True)]
    assert not any("{{<" in part or "{{%" in part for part in between)


def test_thousands_of_tags_that_nobody_closes_take_no_time_and_no_stack() -> None:
    assert len(pair(scan("{{< a >}}{{< /b >}}" * 5_000))) == 10_000

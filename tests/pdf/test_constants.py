"""Constants of style sheets: what is put in says what `var()` and `calc()` said."""

from __future__ import annotations

import pytest

from booklet import theme
from booklet.config import load
from booklet.pdf import constants, stylesheets
from booklet.pdf.lay_out import Style, lay_out
from booklet.pdf.model import Piece
from tests.test_house import ROOT

START = '<html lang="zh-Hans" style="--bleed: 3mm">'
ROOTS = (
    ":root { --u: 18pt; --twice: calc(2 * var(--u)); --ink: #000 } html:not(:lang(zh)) { --ink: red } b { --own: 1 }"
)


def put(css: str, start: str = START, inside: frozenset[str] = frozenset()) -> str:
    return constants.folded((ROOTS, css), start, inside)[1]


@pytest.mark.parametrize(
    ("css", "folded"),
    [
        ("p { margin: var(--u) }", "p { margin: 18pt}"),
        ("p { margin: calc(var(--twice) - 3 * (1pt + 2pt)) }", "p { margin: 27.0pt}"),
        ("p { top: calc(1in / 2 + 0px) }", "p { top: 36.0pt}"),
        ("p { color: var(--ink) }", "p { color: #000}"),
        ("p { width: calc(100% - var(--u)) }", "p { width: calc(100% - 18pt)}"),
        ("p { width: calc(1em + 1pt) }", "p { width: calc(1em + 1pt)}"),
        ("p { width: calc(1pt * 1pt); top: calc(1pt / 0) }", "p { width: calc(1pt * 1pt); top: calc(1pt / 0)}"),
        ("p { left: var(--own); right: var(--nobody, 1pt) }", "p { left: var(--own); right: var(--nobody, 1pt)}"),
        ("p { margin: var(--bleed) }", "p { margin: 3mm}"),
        (
            "@page { margin: var(--u); @top-left { width: var(--u) } }",
            "@page { margin: 18pt; @top-left { width: 18pt} }",
        ),
    ],
)
def test_what_is_known_is_put_in_and_the_rest_stays(css: str, folded: str) -> None:
    assert put(css).replace(" }", "}") == folded.replace(" }", "}")


def test_rules_for_the_root_count_where_they_match() -> None:
    assert "color: red" in put("p { color: var(--ink) }", '<html lang="en">')


def test_what_an_element_sets_for_itself_is_no_constant() -> None:
    html = f'{START}<body><p style="--u: 1pt; --own: 2; color: red">x</p></body></html>'
    found = constants.set_inside(html, [":root { --u: 2pt }"])
    assert found == {"--u"}, "what no rule sets would be no constant anyway"
    assert "var(--u)" in put("p { margin: var(--u) }", inside=found)
    twice = html.replace("<html", '<html style="--own: 1"')
    assert constants.set_inside(twice, []) == {"--own"}


@pytest.mark.parametrize("name", ["default", "indigo"])
def test_pages_are_the_same_with_constants_put_in(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    look = theme.of(load(ROOT, {"BOOKLET_BOOK__THEME": name}))
    style = Style(look.css("pdf", "print", paper="A5"), look.folders)
    words = "<h2>标题</h2><p>注意力<code>x</code>，字。</p><pre>y = 1</pre><table><tr><td>1<td>2</table><ul><li>一</ul>"
    html = f'{START}<body><section class="chapter"><div class="question">{words}</div></section></body></html>'
    piece = Piece("a", "chapter", html, "zh-Hans")
    folded = lay_out(piece, style, lambda digest: b"").value
    monkeypatch.setattr(constants, "folded", lambda texts, *_: list(texts))
    stylesheets._shared.cache_clear()
    plain = lay_out(piece, style, lambda digest: b"").value
    stylesheets._shared.cache_clear()
    assert folded == plain

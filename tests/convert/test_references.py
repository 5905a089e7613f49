"""References between formulas: the number as text, and a link to the display that has it."""

from __future__ import annotations

import re
from dataclasses import replace

from booklet import maths
from booklet.convert import ast, chapter, formulas
from booklet.convert.draft import Options
from booklet.model import Chapter, Site
from booklet.shortcodes.traced import traced
from tests.convert.make import SERVICES, post

BODY = r"""
见 $\eqref{eq:后}$、\eqref{loss} 与 $x + \ref{loss}$。

\begin{equation}
a = b \label{loss}
\end{equation}

$$c \tag{*} \label{eq:后}$$

无：$\eqref{nowhere}$
"""


def converted() -> tuple[Chapter, list[str]]:
    def draw(requests):  # type: ignore[no-untyped-def]
        return maths.render([maths.Request(readings, display) for readings, display in requests])

    services = replace(SERVICES, draw=draw)
    site, options = Site("content", "zh-Hans", passthrough=True), Options()
    parsed = chapter.parse(post(BODY), site, options, traced(BODY, 1))
    done = chapter.finish(post(BODY), site, options, parsed.value, services)
    return done.value, [f"{note.location} {note.message}" for note in done.notes]


def test_a_reference_is_a_link_to_the_formula() -> None:
    made, notes = converted()
    links = [(ast.plain(link["c"][1]), link["c"][2][0]) for link in ast.of(made.blocks, "Link")]
    assert links == [("(*)", f"#{formulas.anchor('eq:后')}"), ("(1)", "#eq-loss")]
    displays = [ast.attribute(item)[0] for item in ast.of(made.blocks, "Div") if ast.has_class(item, "display")]
    assert displays == ["a--eq-loss", f"a--{formulas.anchor('eq:后')}"]
    assert dict(made.anchors)["eq-loss"] == "a--eq-loss"
    assert notes == ["content/posts/a.md:10 no formula of this post has the label 'nowhere'; the reference shows ???"]


def test_anchors_are_names_that_xml_allows_and_stay_apart() -> None:
    labels = ["loss", "Loss", "eq:loss", "eq:Loss", "eq_loss", "损失", "损"]
    anchors = [formulas.anchor(label) for label in labels]
    assert anchors[0] == "eq-loss"
    assert all(re.fullmatch(r"eq[a-z0-9-]+", anchor) for anchor in anchors)
    assert len(set(anchors)) == len(labels)

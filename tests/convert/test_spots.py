"""Names of blocks: the same for paper and screen, in reading order, on the element that the block has become."""

from __future__ import annotations

import re
from pathlib import Path

from booklet.convert import spots
from booklet.convert.html import fragments
from tests import inside, site

POST = """---
title: "面试题-基础篇（1）"
date: 2025-01-01
---

## 1. 题？

首段。

- 项一
- 项二

  另一段

> 引文

| a |
|---|
| b |

$$x$$

**注** [^n]

[^n]: 脚注。
"""


def test_every_block_has_one_name_and_its_element_bears_it(tmp_path: Path) -> None:
    here = site.make(tmp_path / "s", **{"content/posts/one.md": POST})
    chapter = next(c for c in inside.bound(here, tmp_path / "c").value.chapters if c.id == "one")
    given = spots.names(chapter.blocks, chapter.id)
    [html] = fragments([chapter.blocks], at=given)
    assert re.findall(r"<\?at (.*?)\?>", html) == [name for name in given.values() if f"<?at {name}?>" in html]
    ids = re.findall(r'<(\w+) id="(one\.\d+)"', spots.named(html))
    assert [tag for tag, _ in ids] == ["h2", "p", "p", "p", "p", "p", "table", "div", "p"]
    assert "<?" not in spots.named(html)
    assert len(set(given.values())) == len(given)


def test_a_tight_item_bears_the_name_of_its_words() -> None:
    assert spots.named("<li><?at c.1?>\n甲</li>") == '<li id="c.1">甲</li>'


def test_an_element_keeps_the_id_it_has() -> None:
    assert spots.named('<?at c--a?>\n<h2 class="x" id="c--a">') == '<h2 class="x" id="c--a">'

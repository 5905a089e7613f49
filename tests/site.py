"""A small Hugo site, written by a test where it needs one."""

from __future__ import annotations

import shutil
from pathlib import Path

HUGO = 'baseURL = "https://example.org/"\ndefaultContentLanguage = "zh-Hans"\ntitle = "站"\n'
ONE = """---
title: "面试题-基础篇（1）"
date: 2025-01-02
lastmod: 2025-03-04
tags: [基础]
author: 甲
---

> 引言一句话。

{{< katex >}}

## Q&A

- ### 1. 注意力为什么要除以 \\\\(\\\\sqrt{d_k}\\\\)？

  因为方差[^1]，见[第二篇](/posts/two/#2-什么是归一化)。

  $$
  \\text{Attention}(Q,K,V) = \\text{softmax}\\left(\\frac{QK^T}{\\sqrt{d_k}}\\right)V
  $$

  [^1]: 各分量独立。

- ### 2. 还没有答案？

  -

## 总结

在这里写文章的总结部分。
"""
TWO = """---
title: "面试题-基础篇（2）"
date: 2024-12-01
---

## 1. 图在哪里？

![五个词元的掩码](/img/mask.svg)

```python
def f(x):
    return x != 0  # 比较
```

## 2. 什么是归一化？

| 名 | 式 |
|---|---|
| 层 | $\\frac{x-\\mu}{\\sigma}$ |

回到[第一篇]({{< ref "one.md" >}})。
"""
ENGLISH = """---
title: "Interview - Basics (1)"
date: 2025-01-02
---

## 1. Why divide by $\\sqrt{d_k}$?

Because of the variance.
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10" fill="#b9301c"/></svg>'
FILES = {
    "hugo.toml": HUGO,
    "content/posts/one.md": ONE,
    "content/posts/two.md": TWO,
    "content/posts/one.en.md": ENGLISH,
    "static/img/mask.svg": SVG,
    "archetypes/default.md": "---\ntitle: x\n---\n\n## 总结\n\n在这里写文章的总结部分。\n",
}


def make(folder: Path, **more: str) -> Path:
    """The site in a folder; `more` adds files (path with `__` for `/`) or replaces them."""
    for name, text in {**FILES, **more}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def shared(name: str) -> Path | None:
    """A folder of real posts beside the checkout, if it is there."""
    path = Path(__file__).parent.parent.parent / "shared" / name
    return path if path.exists() else None


def copy(source: Path, target: Path) -> Path:
    """A writable copy of a site."""
    shutil.copytree(source, target, copy_function=shutil.copyfile)
    for path in (target, *target.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return target

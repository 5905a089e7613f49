"""The kinds of aside that a book tells apart, and the names that themes, MkDocs and GitHub have for them."""

from __future__ import annotations

KINDS = {
    "note": "note info information notice primary default secondary 说明 注 备注 信息",
    "tip": "tip hint success check done idea lightbulb 提示 技巧 建议 成功",
    "important": "important attention key 重要 重点",
    "warning": "warning caution warn pitfall 注意 警告 小心",
    "danger": "danger error failure fail missing bug fire stop 危险 错误",
    "ask": "ask question help faq 问题 疑问",
    "example": "example exercise code 例 例子 示例 例题",
    "abstract": "abstract summary tldr tl;dr 摘要 总结 概要",
    "quote": "quote cite 引用 引文",
}
KIND = {name: kind for kind, names in KINDS.items() for name in names.split()}


def kind(name: str) -> str | None:
    """`Caution`, `info`, `警告` → the kind that the theme has words for; None for a name of no kind."""
    return KIND.get(name.strip().lower())

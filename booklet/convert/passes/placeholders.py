"""What an author has not written yet: the archetype's words, `TODO`, dead example links, the thank-you tail."""

from __future__ import annotations

import re
from collections.abc import Iterable

from booklet.convert import ast
from booklet.convert.anchors import loose
from booklet.convert.ast import Node, Nodes
from booklet.convert.draft import Context
from booklet.convert.passes.lists import LISTS, is_empty, items, with_items
from booklet.diagnostics import Diagnostic, Location, Noted, finding

SENTENCES = re.compile(
    r"(在?(这里|此处)(写|填写|补充|描述|介绍).*"
    r"|(write|describe|add|fill in)\b.{0,80}\bhere\.?"
    r"|(todo|tbd|fixme|wip|coming soon|to be (continued|added|written))[\s.:：…!！]*"
    r"|(待补充|待完善|待续|待更新|未完待续|持续更新中?|敬请期待|此处省略|略)[\s.。…!！]*)",
    re.I | re.S,
)
DEAD_LINK = re.compile(r"/related-(post|article)s?-?\d*/?$|^#$")
THANKS = re.compile(
    r"感谢(您?的?阅读|观看|支持)|谢谢(阅读|观看)|欢迎(交流|留言|关注|指正)|我的邮箱|联系(我|方式)|最后更新|文档版本|(转载|版权)声明"
    r"|thanks? (you )?for reading|feedback|last updated|document version|my e-?mail|contact me|[\w.+-]+@[\w-]+\.\w+",
    re.I,
)


def is_placeholder(block: Node, archetypes: Iterable[str]) -> bool:
    """Does a paragraph say nothing but what an archetype or a habit puts there?"""
    words = normal(ast.plain(block))
    return bool(words) and (SENTENCES.fullmatch(words) is not None or words in archetypes or _is_dead_link(block))


def told(description: str, title: str) -> str:
    """A description that says more than the title and is no placeholder; else nothing."""
    words = normal(description.strip())
    return "" if loose(words) == loose(title) or SENTENCES.fullmatch(words) else description.strip()


def _is_dead_link(block: Node) -> bool:
    """A line that is nothing but a link to a page that no site has."""
    links = list(ast.of(block, "Link"))
    words = normal(ast.plain(block))
    return len(links) == 1 and bool(DEAD_LINK.search(links[0]["c"][2][0])) and words == normal(ast.plain(links[0]))


def normal(words: str) -> str:
    """Text without Markdown's marks and spaces at the ends, for comparison."""
    linked = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", words)
    return re.sub(r"^[\s>*+_-]+(\[[ x]\]\s)?|[\s*_]+$", "", linked)


def known(context: Context) -> frozenset[str]:
    """The archetypes' lines that are no headings, ready for comparison."""
    return frozenset(normal(line) for line in context.site.archetypes if not line.lstrip().startswith("#")) - {""}


def prune(blocks: Nodes, archetypes: frozenset[str]) -> tuple[Nodes, list[str]]:
    """Blocks without placeholder paragraphs, however deep in lists and quotations, and the words that went."""
    gone: list[str] = []

    def visit(item: Node) -> Node | Nodes | None:
        if item["t"] in ("Para", "Plain") and is_placeholder(item, archetypes):
            gone.append(ast.plain(item).strip())
            return []
        if item["t"] in LISTS and gone:
            kept = [entry for entry in items(item) if entry]
            return with_items(item, kept) if kept else []
        return [] if item["t"] in ("BlockQuote", "Div") and gone and is_empty([item]) else None

    return ast.rewrite(blocks, visit), gone


def drop_tail(blocks: Nodes, context: Context) -> Noted[Nodes]:
    """The paragraphs after the last rule, when they only thank, sign or date: left out with the rule, and named."""
    rules = [place for place, block in enumerate(blocks) if block["t"] == "HorizontalRule"]
    if context.options.tail == "keep" or not rules:
        return Noted(blocks)
    tail = blocks[rules[-1] + 1 :]
    if not all(block["t"] == "Para" and _is_thanks(block, context) for block in tail):
        return Noted(blocks)
    return Noted(blocks[: rules[-1]], tuple(_left_out(ast.plain(block), context) for block in tail))


def _is_thanks(block: Node, context: Context) -> bool:
    words = ast.plain(block)
    return len(words) < 200 and (bool(THANKS.search(words)) or is_placeholder(block, known(context)))


def drop_sections(blocks: Nodes, context: Context) -> Noted[Nodes]:
    """Placeholder paragraphs outside questions are left out, and sections that hold nothing else; each is named."""
    if context.options.tail == "keep":
        return Noted(blocks)
    result, notes, archetypes = list(blocks), list[Diagnostic](), known(context)
    for place in range(len(blocks) - 1, -1, -1):
        if blocks[place]["t"] == "Header":
            end = _end(result, place)
            kept, gone = _prune_section(result[place + 1 : end], archetypes)
            empty = bool(gone) and not kept
            result[place:end] = kept if empty else [blocks[place], *kept]
            notes = (
                [_section(blocks[place], context)] * empty + [_left_out(w, context) for w in gone if not empty] + notes
            )
    first = next((n for n, block in enumerate(result) if _level(block) < 99), len(result))
    loose, gone = prune(result[:first], archetypes)
    return Noted(loose + result[first:], (*(_left_out(words, context) for words in gone), *notes))


def _prune_section(blocks: Nodes, archetypes: frozenset[str]) -> tuple[Nodes, list[str]]:
    """As `prune`, for the section's own blocks before its first subsection or question."""
    own = next((n for n, block in enumerate(blocks) if _level(block) < 99), len(blocks))
    kept, gone = prune(blocks[:own], archetypes)
    return ([] if gone and is_empty(kept) else kept) + blocks[own:], gone


def _end(blocks: Nodes, place: int) -> int:
    """Where the section of the heading at `place` ends."""
    level = blocks[place]["c"][0]
    later = range(place + 1, len(blocks))
    return next((n for n in later if _level(blocks[n]) <= level), len(blocks))


def _level(block: Node) -> int:
    """The level of a heading, or of the one that a question or hoisted item begins with; 99 for other blocks."""
    if block["t"] == "Div" and (ast.has_class(block, "question") or ast.has_class(block, "item")):
        return _level(block["c"][1][0])
    return int(block["c"][0]) if block["t"] == "Header" else 99


def _section(heading: Node, context: Context) -> Diagnostic:
    title, line = ast.plain(heading["c"][2]), context.at(ast.value(heading, "line"))
    return _notice(f"the section “{title}” holds only placeholder text; it is left out", line)


def _left_out(words: str, context: Context) -> Diagnostic:
    short = words if len(words) <= 30 else words[:29] + "…"
    return _notice(f"“{short}” is left out: placeholder or closing words", context.find(words))


def _notice(message: str, where: Location) -> Diagnostic:
    return finding("questions/placeholder", message, where, 'keep it with `tail = "keep"` under [questions]')

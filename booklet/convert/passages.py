"""What a chapter says in which place, beside its tree: passages for the index, links, and what all of it says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence

from booklet.convert import ast, gather
from booklet.convert.ast import Node, Nodes
from booklet.model import Formula, Lead, Passage, Question, Section


class _Growing:
    """A passage, block by block."""

    def __init__(self, identifier: str, question: bool, title: str) -> None:
        self.id, self.question, self.title = identifier, question, title
        self.blocks: Nodes = []

    def done(self) -> Passage:
        text = "".join("\n" + ast.plain(block).casefold() for block in self.blocks)
        strong = tuple(_bare(ast.plain(item)) for item in ast.of(self.blocks, "Strong"))
        lists = ast.of(self.blocks, "DefinitionList")
        defined = tuple(_bare(ast.plain(item[0])) for items in lists for item in items["c"])
        return Passage(self.id, self.question, self.title, text, strong, defined)


def passages(blocks: Nodes, chapter: str, title: str, headings: Sequence[Section | Question]) -> tuple[Passage, ...]:
    """Each question where it begins, each run of prose where it ends."""
    return tuple(growing.done() for growing in _passages(blocks, chapter, title, _asked(headings)))


def _asked(headings: Sequence[Section | Question]) -> dict[str, Question]:
    return {heading.id: heading for heading in headings if isinstance(heading, Question)}


def _passages(blocks: Nodes, chapter: str, title: str, questions: dict[str, Question]) -> Iterator[_Growing]:
    current = _Growing(chapter, False, title)
    for block in blocks:
        identifier = ast.attribute(block)[0]
        if identifier in questions:
            asked = _Growing(identifier, True, questions[identifier].title)
            asked.blocks = [ast.div([], block["c"][1][1:])]
            yield asked
        elif block["t"] == "Header":
            yield current
            current = _Growing(identifier or chapter, False, ast.plain(block))
        else:
            current.blocks.append(block)
    yield current


def _bare(words: str) -> str:
    return words.strip('：:，,。. “”"')


def leads(blocks: Nodes, chapter: str, headings: Sequence[Section | Question]) -> tuple[Lead, ...]:
    """The links as they are written."""
    return tuple(
        lead for where, block in _located(blocks, chapter, _asked(headings)) for lead in _leads(block, where, False)
    )


def _leads(tree: Nodes | Node, where: str, inner: bool) -> Iterator[Lead]:
    if isinstance(tree, list):
        for item in tree:
            yield from _leads(item, where, inner)
    elif isinstance(tree, dict) and "t" in tree:
        here = tree["t"] == "Link"
        if here:
            line = ast.value(tree, "line")
            words = ast.plain(tree["c"][1]).strip()
            yield Lead(tree["c"][2][0], words, where, int(line) if line else None, inner)
        yield from _leads(tree.get("c") or [], where, inner or here)


def _located(blocks: Nodes, chapter: str, questions: dict[str, Question]) -> Iterator[tuple[str, Node]]:
    """Each block with the question or section that it stands in."""
    where = chapter
    for block in blocks:
        identifier = ast.attribute(block)[0]
        if block["t"] == "Header" and identifier:
            where = identifier
        yield (identifier if identifier in questions else where), block


def said(blocks: Nodes, formulas: Sequence[Formula], chapter: str) -> str:
    """SHA-256 of what a chapter says: its tree without lines, its formulas as they are written.

    Where its links lead is not known yet; ids that begin with the chapter's own, a file's name, do without it.
    """

    def visit(item: Node) -> Node | None:
        return ast.node("Link", *item["c"][:2], ["", item["c"][2][1]]) if item["t"] == "Link" else None

    written = [(formula.tex, formula.display, formula.error) for formula in formulas]
    whole = json.dumps([ast.rewrite(gather.unlined(blocks), visit), written], ensure_ascii=False)
    return hashlib.sha256(whole.replace(f'"{chapter}--', '"--').encode("utf-8", "surrogatepass")).hexdigest()

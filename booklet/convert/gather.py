"""From a post's finished AST to the lists that a chapter keeps beside it: headings, anchors, words."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.model import Criterion, Formula, Question, Section, Status

WORD = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af\u3040-\u30ff\uac00-\ud7a3]|[^\W_]+(?:['’.-][^\W_]+)*"
)
LEAVES = ("Para", "Plain", "Header", "CodeBlock", "LineBlock")
"""The blocks that hold words."""
INTERNAL = ("anchor", "own", "also")
"""`line` stays on links until they are resolved."""


def identified(blocks: Nodes) -> Nodes:
    """Every question gets its id, final but for collisions with other chapters, and the classes of a finished AST."""
    seen: Counter[str] = Counter()

    def visit(item: Node) -> Node | None:
        if item["t"] != "Div" or not ast.has_class(item, "question"):
            return None
        identifier = question_id(ast.value(item, "own"), spoken(item["c"][1][0]["c"][2]))
        seen[identifier] += 1
        unique = identifier if seen[identifier] == 1 else f"{identifier}-{seen[identifier]}"
        return ast.with_attribute(item, [unique, *ast.attribute(item)[1:]])

    result: Nodes = ast.rewrite(blocks, visit)
    return result


def headings(blocks: Nodes, path: str) -> tuple[Section | Question, ...]:
    """Sections and questions in reading order."""
    found: list[Section | Question] = []
    asked: set[int] = set()
    for item in ast.of(blocks, "Header", "Div"):
        if item["t"] == "Div" and ast.has_class(item, "question"):
            asked.add(id(item["c"][1][0]))
            found.append(_question(item, path))
        elif item["t"] == "Header" and id(item) not in asked:
            found.append(_section(item, path))
    return tuple(found)


def _question(item: Node, path: str) -> Question:
    identifier, classes, _ = ast.attribute(item)
    level, _, inlines = item["c"][1][0]["c"]
    status: Status = classes[1]
    hard, tags = ast.value(item, "difficulty"), ast.value(item, "tags")
    return Question(
        id=identifier,
        number=ast.value(item, "number"),
        title=spoken(inlines),
        inlines=shown(inlines),
        level=level,
        status=status,
        path=path,
        line=int(ast.value(item, "line") or 1),
        difficulty=int(hard) if hard else None,
        tags=tuple(tags.split(",")) if tags else (),
    )


def told(found: Sequence[Section | Question], blocks: Nodes) -> tuple[Section | Question, ...]:
    """The headings of these blocks, each question with what stands beside its answer."""
    beside = {ast.attribute(item)[0]: item["c"][1][2:] for item in ast.of(blocks, "Div") if _asks(item)}
    return tuple(_told(one, beside[one.id]) if isinstance(one, Question) else one for one in found)


def answers(found: Sequence[Section | Question], blocks: Nodes) -> tuple[tuple[str, ...], ...]:
    """The words of each question's answer, block by block."""
    divs = {ast.attribute(item)[0]: item["c"][1][1:] for item in ast.of(blocks, "Div") if _asks(item)}
    return tuple(tuple(lines(divs[one.id])) for one in found if isinstance(one, Question))


def lines(answer: Nodes) -> Iterator[str]:
    """The lines that hold words, of every block."""
    found = (line.rstrip() for block in ast.of(answer, *LEAVES) for line in _words(block).splitlines())
    return (line for line in found if line)


def _words(block: Node) -> str:
    """What a block says; of a listing its title and its lines."""
    title = ast.value(block, "title") if block["t"] == "CodeBlock" else None
    return f"{title}\n{ast.plain(block)}" if title else ast.plain(block).strip()


def _asks(item: Node) -> bool:
    return ast.has_class(item, "question")


def _told(question: Question, beside: Nodes) -> Question:
    said = {ast.attribute(item)[1][0]: item["c"][1] for item in beside}
    rubric = tuple(_criterion(item) for item in said.get("rubric", ()))
    return replace(question, asked=said.get("asked", ()), focus=said.get("focus", ()), rubric=rubric)


def _criterion(item: Node) -> Criterion:
    """A block that names no points is a criterion without any."""
    inside = item["c"][1] if item["t"] == "Div" and ast.has_class(item, "criterion") else [item]
    low, high = (ast.value(item, bound) for bound in ("low", "high"))
    return Criterion(_figure(low), _figure(high), inside)


def _figure(text: str | None) -> float | None:
    """A whole number is one."""
    return None if text is None else int(text) if text.isdigit() else float(text)


def _section(item: Node, path: str) -> Section:
    level, (identifier, _, _), inlines = item["c"]
    return Section(identifier, level, spoken(inlines), shown(inlines), path, int(ast.value(item, "line") or 1))


def titled(found: Sequence[Section | Question], formulas: Sequence[Formula]) -> tuple[tuple[int, Formula], ...]:
    """The formulas that headings hold, each with its number."""
    spans = [item for heading in found for item in ast.of(heading.inlines, "Span") if ast.has_class(item, "formula")]
    numbers = (int(ast.value(item, "n") or 0) for item in spans)
    return tuple((number, formulas[number]) for number in numbers)


def question_id(own: str | None, title: str) -> str:
    """`q-…`: the author's `{#id}` if there is one, else eight hex digits of the normalised title."""
    if own:
        stem = slug(own.lower().removeprefix("q-"))
        if stem:
            return f"q-{stem}"
    return f"q-{hashlib.sha256(normal_title(title).encode()).hexdigest()[:8]}"


def slug(name: str) -> str:
    """As much of a name as may stand in a question's id."""
    return re.sub(r"[^a-z0-9-]+", "-", name.lower()).strip("-")


def normal_title(title: str) -> str:
    """A title as far as it matters: no case, no spaces, no punctuation, no difference of width."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LNS") or folded


def spoken(inlines: Nodes) -> str:
    return re.sub(r"\s+", " ", ast.plain(inlines)).strip()


def shown(inlines: Nodes) -> Nodes:
    """A heading's inlines as the contents show them: without notes, links only as their words."""

    def visit(item: Node) -> Nodes | None:
        if item["t"] == "Note":
            return []
        return list(item["c"][1]) if item["t"] == "Link" else None

    result: Nodes = ast.rewrite(inlines, visit)
    return result


def anchors(blocks: Nodes) -> dict[str, str]:
    """Each anchor that a link may name: Hugo's ids of headings, and ids that the author gave to anything else."""
    result: dict[str, str] = {}
    for item in ast.walk(blocks):
        identifier = ast.attribute(item)[0]
        if identifier and item["t"] != "Math":
            for name in (ast.value(item, "anchor") or identifier, ast.value(item, "also")):
                result |= {name: result.get(name, identifier)} if name else {}
    return result


def words(blocks: Nodes) -> int:
    """Han, kana and hangul characters one by one, and words of other scripts; formulas and code aside."""
    return sum(len(WORD.findall(text)) for text in (item["c"] for item in ast.of(blocks, "Str")))


def cleaned(blocks: Nodes) -> Nodes:
    """The AST as `booklet.model` promises it: all ids within the chapter's, no attributes of the passes' own."""

    def visit(item: Node) -> Node | None:
        if item["t"] not in ast.ATTRIBUTE_AT:
            return None
        identifier, classes, pairs = ast.attribute(item)
        return ast.with_attribute(item, [identifier, classes, [pair for pair in pairs if pair[0] not in INTERNAL]])

    result: Nodes = ast.rewrite(blocks, visit)
    return result


def scoped(blocks: Nodes, chapter: str) -> Nodes:
    """Ids that the author gave to anything but a heading get the chapter's prefix, their own name as `anchor`."""

    def visit(item: Node) -> Node | None:
        identifier, classes, pairs = ast.attribute(item)
        if not identifier or identifier.startswith(f"{chapter}--") or ast.has_class(item, "question"):
            return None
        return ast.with_attribute(item, [f"{chapter}--{identifier}", classes, [*pairs, ["anchor", identifier]]])

    result: Nodes = ast.rewrite(blocks, visit)
    return result


def renamed(blocks: Nodes, ids: dict[str, str]) -> Nodes:
    """The AST with other question ids."""

    def visit(item: Node) -> Node | None:
        identifier = ast.attribute(item)[0] if item["t"] == "Div" else ""
        return ast.with_attribute(item, [ids[identifier], *ast.attribute(item)[1:]]) if identifier in ids else None

    result: Nodes = ast.rewrite(blocks, visit)
    return result


def unlined(blocks: Nodes) -> Nodes:
    """Without the `line` attributes, once nothing needs them any more."""

    def visit(item: Node) -> Node | None:
        if item["t"] not in ast.ATTRIBUTE_AT or ast.value(item, "line") is None:
            return None
        identifier, classes, pairs = ast.attribute(item)
        return ast.with_attribute(item, [identifier, classes, [pair for pair in pairs if pair[0] != "line"]])

    result: Nodes = ast.rewrite(blocks, visit)
    return result

"""The formulas of a chapter rendered, numbered, and linked where one refers to another."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from booklet.convert import ast
from booklet.convert.ast import Node, Nodes
from booklet.convert.dialect.maths import readings
from booklet.diagnostics import Diagnostic, Location, Noted, finding
from booklet.model import Formula, Json, Post, Site

Asked = tuple[tuple[str, ...], bool]
"""The ways to read a formula's backslashes, and whether it is displayed."""
REFERENCE = re.compile(r"\\(eq)?ref\s*\{([^{}]*)\}")


class Draw(Protocol):
    """Formulas of one chapter, in order → their renderings (`booklet.maths.render` with its options bound)."""

    def __call__(self, requests: Sequence[Asked]) -> Sequence[Drawn]: ...


class Drawn(Protocol):
    """A rendered formula, as `booklet.maths` gives it."""

    @property
    def tex(self) -> str: ...
    @property
    def mathml(self) -> str | None: ...
    @property
    def drawing(self) -> Json: ...
    @property
    def error(self) -> str | None: ...
    @property
    def warnings(self) -> tuple[str, ...]: ...
    @property
    def labels(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def recipe(self) -> Json: ...


@dataclass(frozen=True, slots=True)
class Reader:
    """What decides how a formula's backslashes are read."""

    post: Post
    site: Site
    escapes: str
    goldmark: Callable[[str], str]

    def readings(self, tex: str, verbatim: bool) -> tuple[str, ...]:
        """`verbatim`: no Markdown pass goes over the formula, whatever the site's configuration says."""
        return readings(tex, self.goldmark(tex), self.escapes, None if verbatim else self.site.passthrough)


def drawn(blocks: Nodes, reader: Reader, draw: Draw) -> Noted[tuple[Nodes, tuple[Formula, ...]]]:
    """Every formula rendered; its span gets its index as `n`, its `Math` the TeX that was rendered."""
    written = [_written(item) for item in _spans(blocks)]
    results = draw(requests(blocks, reader))
    formulas: list[Formula] = []
    notes: list[Diagnostic] = []
    path = reader.post.path
    for (_, display, line), result in zip(written, results, strict=True):
        rendered = (result.mathml, result.drawing, result.error, result.recipe)
        formulas.append(Formula(result.tex, display, path, line, *rendered))
        notes += _faults(result, Location(path, line))
    labelled = {n: result.labels for n, result in enumerate(results) if result.labels}
    return Noted((_linked(_numbered(blocks, formulas), labelled), tuple(formulas)), tuple(notes))


def requests(blocks: Nodes, reader: Reader) -> list[Asked]:
    """What `drawn` will ask to have drawn."""
    return [(_readings(item, reader), _written(item)[1]) for item in _spans(blocks)]


def _spans(blocks: Nodes) -> list[Node]:
    return [item for item in ast.of(blocks, "Span") if ast.has_class(item, "formula")]


def _written(span: ast.Node) -> tuple[str, bool, int]:
    kind, tex = span["c"][1][0]["c"]
    return tex, kind["t"] == "DisplayMath", int(ast.value(span, "line") or 1)


def _readings(span: ast.Node, reader: Reader) -> tuple[str, ...]:
    return reader.readings(_written(span)[0], ast.value(span, "verbatim") is not None)


def _faults(drawn: Drawn, where: Location) -> list[Diagnostic]:
    notes = [finding("maths/suspicious", message, where) for message in drawn.warnings]
    if drawn.error:
        hint = "correct the TeX; until then the book shows it as it is written, in a box"
        notes.append(finding("maths/undefined", drawn.error, where, hint))
    return notes


def _numbered(blocks: Nodes, formulas: Sequence[Formula]) -> Nodes:
    """`rewrite` goes through siblings and children in reading order, as `ast.of` does: formulas hold no formulas."""
    numbers = iter(range(len(formulas)))

    def visit(item: ast.Node) -> ast.Node | None:
        if item["t"] != "Span" or not ast.has_class(item, "formula"):
            return None
        n = next(numbers)
        math = ast.node("Math", item["c"][1][0]["c"][0], formulas[n].tex)
        return ast.span(["formula"], [math], n=str(n))

    result: Nodes = ast.rewrite(blocks, visit)
    return result


def _linked(blocks: Nodes, labelled: Mapping[int, tuple[tuple[str, str], ...]]) -> Nodes:
    """A display that has a label gets an id, and a formula that is nothing but a reference becomes a link to it."""
    if not labelled:
        return blocks
    first = {name: (owner[0][0], tag) for owner in reversed(list(labelled.values())) for name, tag in owner}

    def visit(item: Node) -> Node | None:
        if item["t"] == "Div" and ast.has_class(item, "display"):
            span = item["c"][1][0]["c"][0]
            label = labelled.get(int(ast.value(span, "n") or -1))
            return ast.with_attribute(item, [anchor(label[0][0]), ["display"], []]) if label else None
        if item["t"] == "Span" and ast.has_class(item, "formula"):
            return _reference(item, first)
        return None

    result: Nodes = ast.rewrite(blocks, visit)
    return result


def _reference(span: Node, labels: Mapping[str, tuple[str, str]]) -> Node | None:
    match = REFERENCE.fullmatch(span["c"][1][0]["c"][1].strip())
    if not match or match[2] not in labels:
        return None
    owner, tag = labels[match[2]]
    words = ast.text(f"({tag})" if match[1] else tag) if not re.search(r"[\\$]", tag) else [span]
    return ast.node("Link", ast.attributes(), words, [f"#{anchor(owner)}", ""])


def anchor(label: str) -> str:
    """The id of a label's formula, without the chapter's prefix: `eq-loss`, or with a hash, `eq-loss-1a2b`."""
    if re.fullmatch(r"[a-z0-9-]+", label):
        return f"eq-{label}"
    slug = re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-").removeprefix("eq-")
    return "-".join(part for part in ("eq", slug, hashlib.sha256(label.encode()).hexdigest()[:4]) if part)

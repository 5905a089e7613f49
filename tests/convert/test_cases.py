"""Markdown in, HTML, headings, formulas and findings out: see `cases/`."""

from __future__ import annotations

from pathlib import Path

import pytest

from booklet.convert.html import fragments
from booklet.model import Chapter, Question
from tests import cases
from tests.convert.make import convert

CASES = sorted(Path(__file__).parent.joinpath("cases").glob("*.md"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, rewrite: bool) -> None:
    result = convert(cases.read(path)["markdown"])
    produced = {
        "html": fragments([result.value.blocks])[0],
        "headings": headings(result.value),
        "formulas": "\n".join(
            f"{f.line} {'display' if f.display else 'inline'} {f.tex}" for f in result.value.formulas
        ),
        "notes": "\n".join(f"{n.location} {n.severity}[{n.code}] {n.message}" for n in result.notes),
    }
    cases.check(path, produced, rewrite)


def headings(chapter: Chapter) -> str:
    return "\n".join(
        f"{h.line} {'#' * h.level} {h.id} {f'{h.number} {h.status} ' if isinstance(h, Question) else ''}{h.title}"
        for h in chapter.headings
    )

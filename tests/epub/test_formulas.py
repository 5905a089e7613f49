"""Formulas in an e-book: MathML with a face of its own, or SVG."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from lxml import etree

from booklet.cache import Cache
from tests import inside, judges, site

MATHML = "{http://www.w3.org/1998/Math/MathML}"
SVG = "{http://www.w3.org/2000/svg}"
OWN = Path(__file__).parent.parent.parent / "benchmarks" / "formulas.jsonl"
TOML = """
[book]
title = "公式"
language = "zh-Hans"
[collect]
posts = ["content/posts/f.md"]
[epub]
maths = "{}"
"""


def post() -> str:
    """Every formula of the project's own set."""
    rows = [json.loads(line) for line in OWN.read_text("utf-8").splitlines()]
    lines = [f"$${row['tex']}$$" if row["display"] else f"行内 \\({row['tex']}\\) 。" for row in rows]
    return '---\ntitle: "公式"\ndate: 2026-01-02\n---\n\n' + "\n\n".join(lines)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("formulas")
    cache = Cache(folder / "cache")
    hugo = site.HUGO + "[markup.goldmark.extensions.passthrough]\nenable = true\n"
    for mode in ("mathml", "svg"):
        files = {"booklet.toml": TOML.format(mode), "content/posts/f.md": post(), "hugo.toml": hugo}
        here = site.make(folder / mode, **files)
        [artifact] = inside.built(here, cache, pdf=False).value.artifacts
        (folder / f"{mode}.epub").write_bytes(artifact.data)
    return {mode: folder / f"{mode}.epub" for mode in ("mathml", "svg")}


def test_epubcheck_finds_nothing(books: dict[str, Path]) -> None:
    assert judges.epubcheck(*books.values()) == []


def chapter(book: Path) -> etree._Element:
    """The chapter's files, which drawings make large, under one root."""
    root = etree.Element("files")
    with zipfile.ZipFile(book) as archive:
        names = [name for name in archive.namelist() if name.startswith("EPUB/text/f.")]
        root.extend([etree.fromstring(archive.read(name)) for name in names])
    return root


def test_every_formula_has_its_tex_as_alternative(books: dict[str, Path]) -> None:
    formulas = list(chapter(books["mathml"]).iter(f"{MATHML}math"))
    drawings = [e for e in chapter(books["svg"]).iter(f"{SVG}svg") if e.get("class") == "math"]
    assert len(formulas) > 130
    assert [e.get("alttext") for e in formulas] == [e.get("aria-label") for e in drawings]
    assert not list(chapter(books["svg"]).iter(f"{MATHML}math"))


def test_the_face_has_what_readers_draw(books: dict[str, Path]) -> None:
    """A variable of one letter is set in italics, which are characters of their own; sums grow by the MATH table."""
    with zipfile.ZipFile(books["mathml"]) as archive:
        face = TTFont(io.BytesIO(archive.read("EPUB/fonts/maths-400.otf")))
        assert len(archive.read("EPUB/fonts/maths-400.otf")) < 400_000
    assert "MATH" in face
    assert set(map(ord, "𝑥𝑦𝜃ℎ∑𝔼ℒ=(")) <= set(face.getBestCmap())


def test_without_mathml_there_is_no_face(books: dict[str, Path]) -> None:
    with zipfile.ZipFile(books["svg"]) as archive:
        assert "EPUB/fonts/maths-400.otf" not in archive.namelist()
        assert b'properties="svg"' in archive.read("EPUB/content.opf")

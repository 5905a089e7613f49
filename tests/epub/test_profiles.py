"""What each profile changes, and what the whole book decides: faces, pictures, splitting, accessibility, metadata."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from lxml import etree
from PIL import Image

from booklet.cache import Cache
from booklet.epub import pictures
from booklet.epub.accessibility import STANDARD, Content, statements
from booklet.epub.chapter import LARGEST
from booklet.epub.kobo import spanned
from booklet.epub.metadata import sorted_as
from booklet.epub.model import Document
from booklet.resources import themes
from booklet.theme import load
from tests import inside, site

XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"
OPF = "{http://www.idpf.org/2007/opf}"


def book(folder: Path, toml: str, **posts: str) -> list[zipfile.ZipFile]:
    here = site.make(folder / "site", **{"booklet.toml": f"[epub]\npage_list = 'none'\n{toml}", **posts})
    made = inside.built(here, Cache(folder / "cache"), pdf=False).value.artifacts
    return [zipfile.ZipFile(io.BytesIO(artifact.data)) for artifact in made]


def documents(made: zipfile.ZipFile) -> dict[str, etree._Element]:
    return {name: etree.fromstring(made.read(name)) for name in made.namelist() if name.endswith(".xhtml")}


def metas(made: zipfile.ZipFile, name: str) -> list[str | None]:
    opf = etree.fromstring(made.read("EPUB/content.opf"))
    return [meta.text for meta in opf.iter(f"{OPF}meta") if meta.get("property") == name]


def test_kindle_gets_drawings_and_no_mathml(tmp_path: Path) -> None:
    standard, kindle = book(tmp_path, 'profiles = ["standard", "kindle"]')
    maths = [len(list(tree.iter(f"{MATHML}math"))) for tree in documents(standard).values()]
    drawn = [
        [svg for svg in tree.iter(f"{SVG}svg") if svg.get("class") == "math"] for tree in documents(kindle).values()
    ]
    assert maths == [len(row) for row in drawn]
    assert all(svg.get("aria-label") for row in drawn for svg in row)
    assert not [name for name in kindle.namelist() if "maths" in name]
    assert "MathML" in metas(standard, "schema:accessibilityFeature")
    assert "MathML" not in metas(kindle, "schema:accessibilityFeature")


def test_kobo_gets_spans_and_loses_no_word(tmp_path: Path) -> None:
    standard, kobo = book(tmp_path, 'profiles = ["standard", "kobo"]')
    for name, tree in documents(kobo).items():
        spans = list(tree.iter(f"{XHTML}span"))
        ids = [span.get("id") for span in spans if span.get("class") == "koboSpan"]
        assert len(ids) == len(set(ids))
        assert text(tree) == text(documents(standard)[name])
        body = tree.find(f"{XHTML}body")
        assert body is not None and [div.get("id") for div in body] == ["book-columns"]


def text(tree: etree._Element) -> str:
    return re.sub(r"\s+", "", "".join(map(str, tree.itertext())))


def test_kobo_spans_follow_sentences() -> None:
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>一。二！<em>三</em>四</p><pre>x</pre></body></html>'
    made = spanned(Document("a.xhtml", "a", page)).xhtml
    assert re.findall(r'id="(kobo[^"]*)">([^<]*)', made) == [
        ("kobo.2.1", "一。"),
        ("kobo.2.2", "二！"),
        ("kobo.2.3", "三"),
        ("kobo.2.4", "四"),
    ]


def test_faces_hold_every_character_that_they_are_for(tmp_path: Path) -> None:
    [made] = book(tmp_path, 'fonts = "subset"')
    faces = {name: TTFont(io.BytesIO(made.read(name))).getBestCmap() for name in made.namelist() if "/fonts/" in name}
    han = {c for tree in documents(made).values() for c in text(tree) if "\u4e00" <= c <= "\u9fff"}
    covered = {chr(point) for cmap in faces.values() for point in cmap}
    assert han and han <= covered
    [maths] = [cmap for name, cmap in faces.items() if "maths" in name]

    assert 0x221A in maths
    assert made.read("EPUB/style.css").count(b"@font-face") == len(faces)


def test_without_faces_only_that_of_formulas_is_inside(tmp_path: Path) -> None:
    [made] = book(tmp_path, "")
    assert [name for name in made.namelist() if "/fonts/" in name] == ["EPUB/fonts/maths-400.otf"]


def test_faces_of_two_hundred_pages_are_small() -> None:
    """2,500 different characters are what 200 pages of Chinese on one subject use."""
    from booklet.epub import faces
    from booklet.epub.model import Draft

    han = "".join(map(chr, random.Random(1).sample(range(0x4E00, 0x9FA5), 2500)))
    latin = "".join(map(chr, range(0x21, 0x7F)))
    draft = Draft("c", "c", "zh", (), {"text": han + latin, "bold": han[:900] + latin, "code": latin + han[:200]})
    made, _ = faces.files([draft], {}, "subset")
    assert sum(len(zlib.compress(file.data, 9)) for file in made) < 1_500_000
    assert sum(len(file.data) for file in made) < 1_700_000


def test_a_large_chapter_is_several_files_and_every_link_lands(tmp_path: Path) -> None:
    many = "\n\n".join(f"## {n}. 题{n}？\n\n{'字句。' * 3000}[^n{n}]\n\n[^n{n}]: 注{n}。" for n in range(1, 30))
    post = f"---\ntitle: 面试题-基础篇（1）\ndate: 2025-01-02\n---\n\n见[末题](#29-题29)。\n\n{many}\n"
    [made] = book(tmp_path, "", **{"content/posts/one.md": post})
    trees = documents(made)
    parts = [name for name in trees if "/one" in name]
    assert parts == ["EPUB/text/one.xhtml", *(f"EPUB/text/one.{n}.xhtml" for n in range(2, len(parts) + 1))]
    assert len(parts) > 1
    assert all(len(made.read(name)) < 1.3 * LARGEST for name in parts)
    for name in parts:
        ids = {element.get("id") for element in trees[name].iter(tag=etree.Element)}
        calls = [a.get("href") for a in trees[name].iter(f"{XHTML}a") if (a.get("href") or "").startswith("#fn")]
        assert calls and {str(call)[1:] for call in calls} <= ids
    [link] = [a for a in trees[parts[0]].iter(f"{XHTML}a") if a.text == "末题"]
    file, _, identifier = str(link.get("href")).partition("#")
    assert identifier in {e.get("id") for e in trees[f"EPUB/text/{file}"].iter(tag=etree.Element)}


@pytest.mark.parametrize(
    ("mode", "kind", "size", "kept", "ends"),
    [
        ("RGB", "PNG", (40, 30), True, ""),
        ("RGB", "JPEG", (40, 30), True, ""),
        ("CMYK", "JPEG", (40, 30), False, "JPEG"),
        ("RGB", "WEBP", (40, 30), False, "PNG"),
        ("RGBA", "WEBP", (40, 30), False, "PNG"),
        ("RGB", "PNG", (3000, 10), False, "PNG"),
    ],
)
def test_pictures_are_changed_only_where_a_reader_needs_it(
    mode: str, kind: str, size: tuple[int, int], kept: bool, ends: str
) -> None:
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, kind)
    media = f"image/{kind.lower()}"
    assert pictures.shown(media, buffer.getvalue()) == kept
    if not kept:
        with Image.open(io.BytesIO(pictures.encoded(buffer.getvalue()))) as made:
            assert made.format == ends
            assert made.mode in ("RGB", "RGBA") and max(made.size) <= pictures.LARGEST


def test_a_photograph_becomes_a_jpeg() -> None:
    noise = Image.effect_noise((200, 200), 90).convert("RGB")
    noise = Image.merge("RGB", (noise.getchannel(0), noise.getchannel(0).rotate(90), noise.getchannel(0).rotate(180)))
    buffer = io.BytesIO()
    noise.save(buffer, "WEBP")
    with Image.open(io.BytesIO(pictures.encoded(buffer.getvalue()))) as made:
        assert made.format == "JPEG"


WORDS = load("default", themes()).words("en")


def test_accessibility_says_what_is_there_and_no_more() -> None:
    def said(content: Content, name: str) -> list[str]:
        return [value for key, value in statements(content, WORDS) if key == name]

    plain = Content()
    assert said(plain, "accessMode") == ["textual"]
    assert said(plain, "accessibilityHazard") == ["none"]
    pictured = Content(pictures=2, silent=1, moving=1)
    assert said(pictured, "accessModeSufficient") == ["textual,visual"]
    assert "alternativeText" not in said(pictured, "accessibilityFeature")
    assert "unknownFlashingHazard" in said(pictured, "accessibilityHazard")
    assert {"MathML", "latex"} <= set(said(Content(formulas=1), "accessibilityFeature"))
    assert "pageBreakMarkers" in said(Content(pages=True), "accessibilityFeature")


def test_conformance_is_claimed_only_where_it_holds(tmp_path: Path) -> None:
    [good] = book(tmp_path / "a", "")
    assert metas(good, "dcterms:conformsTo") == [STANDARD]
    silent = site.TWO.replace("![五个词元的掩码]", "![]")
    [bad] = book(tmp_path / "b", "", **{"content/posts/two.md": silent})
    assert metas(bad, "dcterms:conformsTo") == []


def test_series_and_sorting_names(tmp_path: Path) -> None:
    [made] = book(tmp_path, '[book]\nseries = "面试"\nseries_position = 2\ntitle = "The Book"\nauthors = ["甲"]')
    assert metas(made, "belongs-to-collection") == ["面试"]
    assert metas(made, "group-position") == ["2"]
    assert metas(made, "file-as") == ["Book, The", "jia"]
    [words] = metas(made, "schema:wordCount")
    assert int(words or 0) > 10
    assert sorted_as("大模型") == "da mo xing"

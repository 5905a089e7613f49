"""Whole books, from a site on disk to finished files, read with other code than ours."""

from __future__ import annotations

import hashlib
import posixpath
import re
import zipfile
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from lxml import etree

from tests import judges, site
from tests.cli.run import booklet

XHTML = "{http://www.w3.org/1999/xhtml}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"


def built(where: Path, output: Path, **environ: str) -> tuple[Path, Path, str]:
    """The PDF and the EPUB of a site, from an empty cache, and what was said."""
    usual = {"XDG_CACHE_HOME": str(output / "cache")}
    answer = booklet(
        "build", "--pdf", "--epub", "--offline", "-C", where, "-o", output, cwd=where, **{**usual, **environ}
    )
    assert answer.code == 0, answer.err
    return next(output.glob("*.pdf")), next(output.glob("*.epub")), answer.err


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    folder = tmp_path_factory.mktemp("book")
    return built(site.make(folder / "site"), folder / "out")


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def documents(epub: Path) -> dict[str, etree._Element]:
    with zipfile.ZipFile(epub) as archive:
        return {n: etree.fromstring(archive.read(n)) for n in archive.namelist() if n.endswith(".xhtml")}


def bookmarks(pdf: Path) -> list[str]:
    def flat(items: list[object]) -> list[str]:
        return [t for item in items for t in (flat(item) if isinstance(item, list) else [str(item["/Title"])])]  # type: ignore[index]

    return flat(pypdf.PdfReader(pdf).outline)  # type: ignore[arg-type]


def test_epubcheck_finds_nothing(book: tuple[Path, Path, str]) -> None:
    assert judges.epubcheck(book[1]) == []


def test_verapdf_finds_nothing(book: tuple[Path, Path, str]) -> None:
    assert judges.verapdf("ua1,3a", book[0]) == []


def test_epubcheck_finds_what_is_wrong(tmp_path: Path, book: tuple[Path, Path, str]) -> None:
    broken = tmp_path / "broken.epub"
    with zipfile.ZipFile(book[1]) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"cover.png", b"gone.png"))
    assert judges.epubcheck(broken)


def test_verapdf_finds_what_is_wrong(tmp_path: Path) -> None:
    plain = tmp_path / "plain.pdf"
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(plain)
    assert judges.verapdf("ua1", plain)


def test_qpdf_finds_nothing(book: tuple[Path, Path, str]) -> None:
    assert judges.qpdf(book[0]) == []


def test_bookmarks_contents_and_navigation_are_one_tree(book: tuple[Path, Path, str]) -> None:
    pdf, epub, _ = book
    [nav] = [tree for name, tree in documents(epub).items() if name.endswith("nav.xhtml")]
    toc = nav.find(f".//{XHTML}nav")
    assert toc is not None
    lines = ["".join(map(str, a.itertext())) for a in toc.iter(f"{XHTML}a")]
    titles = [title.replace("　", " ") for title in bookmarks(pdf)]
    assert [title for title in titles if title != "链接"] == lines  # a screen can follow links where they stand
    assert titles[0] == "1 面试题-基础篇（1）"
    assert "2 还没有答案？" in titles


def test_page_labels_are_the_folios_and_contents_numbers_are_right(book: tuple[Path, Path, str]) -> None:
    reader = pypdf.PdfReader(book[0])
    labels = reader.page_labels
    front = [label for label in labels if not label.isdigit()]
    assert labels[: len(front)] == "i ii iii iv v vi vii viii".split()[: len(front)]
    assert labels[len(front) :] == [str(n + 1) for n in range(len(labels) - len(front))]
    contents = next(page for page in reader.pages if "目录" in page.extract_text())
    numbers = [int(n) for n in re.findall(r"(\d+)\s*$", contents.extract_text(), re.M)]
    names = reader.named_destinations
    targets = [
        reader.get_destination_page_number(names[name]) for name in names if name.startswith(("q-", "one", "two"))
    ]
    wanted = {int(labels[page]) for page in targets if page is not None}
    assert set(numbers) >= wanted
    assert str(int(labels[-1])) in reader.pages[-1].extract_text()


def test_every_link_of_the_epub_lands(book: tuple[Path, Path, str]) -> None:
    trees = documents(book[1])
    ids = {name: {e.get("id") for e in tree.iter() if e.get("id")} for name, tree in trees.items()}
    for name, tree in trees.items():
        for link in tree.iter(f"{XHTML}a"):
            target = link.get("href") or ""
            if not target.startswith(("http", "mailto")):
                file, _, fragment = target.partition("#")
                owner = posixpath.normpath(posixpath.join(posixpath.dirname(name), file)) if file else name
                assert owner in ids, target
                assert not fragment or fragment in ids[owner], target


def test_links_between_posts_and_notes_survive_in_the_pdf(book: tuple[Path, Path, str]) -> None:
    reader = pypdf.PdfReader(book[0])
    named = set(reader.named_destinations)
    found = [a.get_object().get("/Dest") for page in reader.pages for a in page.get("/Annots", [])]
    assert found
    assert {str(target) for target in found if target is not None} <= named
    assert "各分量独立" in text_of(book[0])


def test_formulas_are_in_both_files(book: tuple[Path, Path, str]) -> None:
    pdf, epub, _ = book
    written = [m.get("alttext") for tree in documents(epub).values() for m in tree.iter(f"{MATHML}math")]
    assert r"\frac{x-\mu}{\sigma}" in written
    assert r"\sqrt{d_k}" in written
    assert "\\frac{x-\\mu}{\\sigma}" in text_of(pdf)


def test_nothing_of_the_web_page_is_printed(book: tuple[Path, Path, str]) -> None:
    pdf, epub, _ = book
    whole = text_of(pdf) + "".join("".join(map(str, tree.itertext())) for tree in documents(epub).values())
    for residue in ("{{<", "$$", r"\(", "+++", "在这里写", "[^1]"):
        assert residue not in whole


def test_the_same_bytes_whatever_the_machine_says(tmp_path: Path, book: tuple[Path, Path, str]) -> None:
    again = built(
        site.make(tmp_path / "another name"),
        tmp_path / "out",
        PYTHONHASHSEED="7",
        TZ="Asia/Shanghai",
        LC_ALL="C",
    )
    for one, other in zip(book[:2], again[:2], strict=True):
        assert hashlib.sha256(one.read_bytes()).hexdigest() == hashlib.sha256(other.read_bytes()).hexdigest()


# ── the first user's own site, where it lies beside the checkout ──

SAMPLE = site.shared("sample-site")
needs_sample = pytest.mark.skipif(SAMPLE is None, reason="the sample site is not beside this checkout")
POST = "content/posts/llm-common-interview-questions2.md"


def asked(markdown: str) -> list[tuple[str, str]]:
    """Number and title of each question, read from the Markdown alone."""
    return re.findall(r"^- ### (\d+)\. (.+)$", markdown, re.M)


def written_formulas(markdown: str) -> int:
    return len(re.findall(r"\\\\\(.+?\\\\\)", markdown)) + len(re.findall(r"^\s*\$\$\n.+?\$\$$", markdown, re.M | re.S))


def check_sample(where: Path, output: Path) -> str:
    """What must hold of the sample site and of any altered copy. Returns what the build said."""
    markdown = (where / POST).read_text("utf-8")
    pdf, epub, said = built(where, output)
    titles = bookmarks(pdf)
    for number, title in asked(markdown):
        assert f"{number}　{title}" in titles
    trees = documents(epub)
    assert sum(len(list(tree.iter(f"{MATHML}math"))) for tree in trees.values()) == written_formulas(markdown)
    shown = text_of(pdf)
    whole = shown + "".join("".join(map(str, tree.itertext())) for tree in trees.values())
    for residue in (r"\(", "$$", "{{<"):
        assert residue not in whole
    line = next(n for n, text in enumerate(markdown.split("\n"), 1) if text.lstrip().startswith("!["))
    assert f"{POST}:{line}: warning[pictures/offline]" in said
    assert "缺图" in shown
    assert judges.epubcheck(epub) == []
    return said


@needs_sample
def test_the_sample_site(tmp_path: Path) -> None:
    assert SAMPLE is not None
    assert written_formulas((SAMPLE / POST).read_text("utf-8")) == 17
    said = check_sample(SAMPLE, tmp_path)
    assert "“2. LLMs 中，涌现能力是什么？” is unfinished" in said


@needs_sample
def test_an_altered_copy_of_the_sample_site(tmp_path: Path) -> None:
    assert SAMPLE is not None
    where = site.copy(SAMPLE, tmp_path / "别的名字")
    post = where / POST
    text = post.read_text("utf-8").replace("## Q&A\n", "上面多一行。\n\n## Q&A\n")
    text = text.replace("### 2. LLMs 中，涌现能力是什么？", "### 2. 什么叫涌现？")
    text = text.replace("## 总结", "- ### 3. 新的问题是什么？\n\n  平方 \\\\(x \\\\cdot x\\\\)。\n\n## 总结")
    post.write_text(text, "utf-8")
    said = check_sample(where, tmp_path / "out")
    assert "“2. 什么叫涌现？” is unfinished" in said

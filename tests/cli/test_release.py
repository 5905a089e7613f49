"""`booklet release` as a scheduler runs it: cut off, twice at once, again and again; then repeated from its tag."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pypdf
import pytest

from booklet.config import load
from booklet.diagnostics import BookletError, Exit
from tests.cli.run import Answer, booklet
from tests.release.tiny import CONFIG, REPORT, Site, git, stub

FLAGS = ("--json", "--offline", "-j", "1", "-q")
ROOT = str(Path(__file__).parent.parent.parent)
SCHEDULE = '\nschedule = "0 6 1 * *"\n'
NOON = "1793505600"
"""2026-11-01, noon in Shanghai, in seconds."""


class Released:
    """A site whose first release was hard: where everything is, and what was said."""

    def __init__(self, folder: Path) -> None:
        self.site, self.folder = Site.new(folder), folder
        self.site.write("booklet.toml", CONFIG + SCHEDULE)
        self.site.commit("posts")
        self.judges = stub(folder / "bin", "epubcheck", f"echo asked >> {folder}/asked; {REPORT % ''}")
        stub(folder / "bin", "verapdf", 'echo "PASS $5"')
        self.cut_off()
        self.answers = self.twice()
        self.site.commit("release 2026.11")
        git("tag", "2026.11", cwd=self.site.root)

    def process(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "booklet", "release", "--cache", str(self.folder / "cache"), *FLAGS]
        path = f"{self.judges}:{os.environ['PATH']}"
        environ = {**os.environ, "PYTHONPATH": ROOT, "SOURCE_DATE_EPOCH": NOON, "PATH": path}
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=self.site.root, env=environ, stdout=pipe, stderr=pipe, text=True)

    def cut_off(self) -> None:
        """Killed as soon as it has the lock and some work behind it."""
        with self.process() as running:
            lock = self.site.folder(".lock")
            while running.poll() is None and not (lock.exists() and lock.read_text()):
                time.sleep(0.01)
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(1)
            running.send_signal(signal.SIGKILL)
        assert running.returncode == -signal.SIGKILL

    def twice(self) -> list[Answer]:
        processes = [self.process(), self.process()]
        ends = [process.communicate() for process in processes]
        return [Answer(p.returncode, *end) for p, end in zip(processes, ends, strict=True)]

    def run(self, *arguments: str | Path, epoch: str = NOON) -> Answer:
        command = ("release", *arguments, *FLAGS, "--cache", self.folder / "cache")
        return booklet(*command, cwd=self.site.root, SOURCE_DATE_EPOCH=epoch)


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Released:
    return Released(tmp_path_factory.mktemp("release"))


def test_of_two_at_once_one_releases(released: Released) -> None:
    done = [answer for answer in released.answers if answer.code == 0 and answer.json["released"]]
    assert len(done) == 1, [answer.err for answer in released.answers]
    (other,) = (answer for answer in released.answers if answer is not done[0])
    said = [note["code"] for note in other.json["diagnostics"]]
    assert "release/running" in said if other.code else "nothing has changed" in other.json["reason"]
    answer = done[0].json
    assert (answer["label"], answer["date"], answer["changes"]) == ("2026.11", "2026-11-01", [])
    assert {item["file"] for item in answer["artifacts"]} == {"tiny.pdf", "tiny.epub"}
    assert released.site.published() == ["2026.11"]
    assert (released.folder / "asked").read_text() == "asked\n"


def test_the_files_bear_version_and_date(released: Released) -> None:
    folder = released.site.folder("2026.11")
    pdf = pypdf.PdfReader(folder / "tiny.pdf")
    assert pdf.metadata and pdf.metadata["/CreationDate"].startswith("D:20261101")
    assert pdf.xmp_metadata and b"VersionID>2026.11<" in pdf.xmp_metadata.stream.get_data()
    first = "".join(page.extract_text() for page in pdf.pages[:3])
    assert first.count("2026.11") >= 4, "cover, title page, colophon, table of versions"
    with zipfile.ZipFile(folder / "tiny.epub") as book:
        package, colophon = (book.read(f"EPUB/{name}").decode() for name in ("content.opf", "colophon.xhtml"))
    assert '<meta property="schema:version">2026.11</meta>' in package
    assert '<meta property="dcterms:modified">2026-11-01T00:00:00Z</meta>' in package
    assert "<dt>版次</dt><dd>2026.11　2026-11-01</dd>" in colophon


def test_there_is_nothing_more_to_release(released: Released) -> None:
    nothing = released.run("--exit-code")
    assert (nothing.code, nothing.json["released"], nothing.json["label"]) == (10, False, None)
    changed = released.run("--if-changed")
    assert (changed.code, changed.json["released"]) == (0, False)
    early = released.run("--if-due", "--exit-code", epoch=str(int(NOON) + 86400))
    assert early.code == 10 and early.json["reason"] == "no release is due before 2026-12-01 06:00 CST"


def test_a_clone_of_the_tag_gives_the_same_files(released: Released, tmp_path: Path) -> None:
    git("clone", "-q", "--branch", "2026.11", str(released.site.root), str(tmp_path / "clone"), cwd=tmp_path)
    out, cache = tmp_path / "out", tmp_path / "cache"
    again = booklet("build", "--clock", "2026-11-01", "-o", out, "--cache", cache, "--offline", cwd=tmp_path / "clone")
    assert again.code == 0, again.err
    for name in ("tiny.pdf", "tiny.epub"):
        assert (out / name).read_bytes() == (released.site.folder("2026.11") / name).read_bytes()
    assert booklet("clean", "--cache", cache, cwd=tmp_path).code == 0
    assert list(cache.iterdir()) == []


def test_what_comes_after_a_release_says_so_and_only_what_changed_is_set_again(
    released: Released, tmp_path: Path
) -> None:
    site = Site(released.site.root, released.site.cache)
    site.edit("training", ("在 SGD 里是，在 Adam 里不是", "在 SGD 里是，在 Adam 里不是一回事"))
    try:
        pages = set((released.folder / "cache" / "pages").rglob("*"))
        built = booklet("build", "-o", tmp_path, "--cache", released.folder / "cache", "--offline", cwd=site.root)
        assert built.code == 0, built.err
        new = [path for path in (released.folder / "cache" / "pages").rglob("*") if path not in pages]
        assert len(new) == 3, "cover, front matter and the chapter; neither the other chapter nor the back"
        cover = pypdf.PdfReader(tmp_path / "tiny.pdf").pages[0].extract_text()
        assert "2026.11+" in cover
        told = booklet("diff", "2026.11", "--json", "--cache", released.folder / "cache", cwd=site.root).json
        assert [(change["kind"], change["number"]) for change in told["changes"]] == [("revised", "2.2")]
        seen = booklet("inspect", "--json", "--cache", released.folder / "cache", cwd=site.root).json
        rows = [question for chapter in seen["chapters"] for question in chapter["questions"]]
        assert {(row["first_published"], row["last_revised"]) for row in rows} == {("2026-11-01", None)}
    finally:
        git("checkout", "-q", "--", "content", cwd=site.root)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ('schedule = "61 * * * *"', "release.schedule: "),
        ('timezone = "Asia/Peking"', "release.timezone: "),
        ('fail_on = ["questions/unanswered"]', "release.fail_on: "),
        ('versions = "roman"', "release.versions: "),
    ],
)
def test_a_wrong_key_is_named_at_its_line(key: str, said: str, tmp_path: Path) -> None:
    site = Site.new(tmp_path)
    site.write("booklet.toml", f"[release]\n{key}\n")
    with pytest.raises(BookletError) as caught:
        load(site.root, {})
    assert caught.value.exit == Exit.CONFIGURATION
    assert str(caught.value.diagnostic.location) == "booklet.toml:2"
    assert str(caught.value).startswith(said)

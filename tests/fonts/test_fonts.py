"""Faces: the region of a language, fonts that a theme or an author names, and what a cut font keeps."""

from __future__ import annotations

import io
from pathlib import Path
from unittest import mock

import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from booklet import fonts
from booklet.diagnostics import BookletError, Exit
from booklet.fonts import choose, faces
from booklet.pdf import lay_out, link
from booklet.pdf.model import LaidOut, Piece, Plan
from tests import judges

SONG, HEI = ("Booklet Song", 400, False), ("Booklet Hei", 700, False)


def face(language: str, family: str, weight: int, slanted: bool, own: tuple[fonts.Face, ...] = ()) -> fonts.Face:
    return fonts.face_of(family, weight, slanted, fonts.chosen(language, own))


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("zh-Hans", "SC"),
        ("zh-CN", "SC"),
        ("zh", "SC"),
        ("en", "SC"),
        ("zh-Hant", "TC"),
        ("zh-TW", "TC"),
        ("zh-HK", "TC"),
    ],
)
def test_a_language_has_the_glyphs_of_its_region(language: str, code: str) -> None:
    assert f"NotoSans{code}" in face(language, *HEI).file


@pytest.mark.parametrize(("language", "code"), [("ja", "JP"), ("ja-JP", "JP"), ("ko", "KR"), ("ko-KR", "KR")])
def test_japanese_and_korean_have_theirs(language: str, code: str) -> None:
    assert f"NotoSans{code}" in face(language, *HEI).file
    assert ord("가") in fonts.covers(face("ko", *HEI))


@pytest.mark.parametrize("language", ["zh-Hant", "ja", "ko"])
def test_without_the_serif_of_a_region_its_sans_stands_in_and_a_notice_says_so(language: str) -> None:
    def found(face: fonts.Face) -> bool:
        return face.package not in faces.REGIONAL.values()

    with mock.patch.object(choose, "installed", found):
        song = face(language, *SONG)
        assert (song.region, song.package) == (language, faces.CJK)
        assert [note.code for note in fonts.plainer(language)] == ["fonts/sans-only"]
        assert fonts.plainer("zh-Hans") == ()


@pytest.mark.parametrize("wanted", fonts.FACES, ids=lambda face: face.key)
def test_every_face_is_the_file_that_was_tested(wanted: fonts.Face) -> None:
    if not faces.installed(wanted):
        pytest.skip(f"the extra {wanted.package} is not installed")
    assert ord("1") in fonts.covers(wanted)


def test_keys_tell_faces_apart() -> None:
    keys = [face.key for face in fonts.FACES]
    assert len(set(keys)) == len(keys)


def test_a_cut_font_keeps_the_features_that_text_needs() -> None:
    cut = TTFont(io.BytesIO(fonts.cut(face("zh-Hans", *SONG), map(ord, "，。（）AVTo中"))))
    features = {record.FeatureTag for record in cut["GPOS"].table.FeatureList.FeatureRecord}
    assert {"halt", "kern"} <= features


def test_a_file_takes_the_place_of_a_face(tmp_path: Path) -> None:
    original = fonts.face_of(*HEI)
    (tmp_path / "my.ttf").write_bytes(fonts.data(original))
    own = fonts.named({"song": "my.ttf", "kai-700": "my.ttf"}, tmp_path)
    song = face("zh-Hans", *SONG, own)
    assert (song.file, song.pins) == (str(tmp_path / "my.ttf"), (("wght", 400.0),))
    assert face("zh-Hans", "Booklet Kai", 700, False, own).pins == (("wght", 700.0),)
    assert face("zh-Hans", *HEI, own).package
    assert song.key.startswith("song-400-") and original.key == "hei-700"
    (tmp_path / "my.ttf").write_bytes(b"")
    with pytest.raises(BookletError) as problem:
        fonts.data.__wrapped__(song)
    assert problem.value.diagnostic.code == "fonts/changed"


def test_a_theme_names_fonts_and_the_author_has_the_last_word(tmp_path: Path) -> None:
    for name in ("one.ttf", "two.ttf"):
        (tmp_path / name).write_bytes(fonts.data(fonts.face_of("Booklet Figures", 700, False)))
    (tmp_path / "theme.toml").write_text('[fonts]\nsong = "one.ttf"\nmono = "one.ttf"\n')
    own = fonts.own([tmp_path], {"song": "two.ttf"}, tmp_path)
    assert Path(face("zh-Hans", *SONG, own).file).name == "two.ttf"
    assert Path(face("zh-Hans", "Booklet Mono", 400, False, own).file).name == "one.ttf"


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ({"song": "nowhere.ttf"}, "fonts/unknown"),
        ({"song": "No Such Family On Any Machine"}, "fonts/unknown"),
        ({"Song 7": "a.ttf"}, "fonts/unknown"),
        ({"song": "broken.ttf"}, "fonts/unreadable"),
    ],
)
def test_what_is_no_font_is_an_error_of_the_configuration(table: dict[str, str], code: str, tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"this is no font")
    with pytest.raises(BookletError) as problem:
        fonts.named(table, tmp_path)
    assert (problem.value.diagnostic.code, problem.value.exit) == (code, Exit.CONFIGURATION)


def test_a_family_is_found_among_the_fonts_of_the_machine(tmp_path: Path) -> None:
    (tmp_path / "b.ttf").write_bytes(fonts.data(fonts.face_of("Booklet Roman", 400, True)))
    (tmp_path / "a.ttf").write_bytes(fonts.data(fonts.face_of("Booklet Roman", 400, False)))
    (tmp_path / "c.ttf").write_bytes(b"broken")
    from booklet.fonts import foreign

    foreign.installed_fonts.cache_clear()
    try:
        with (
            mock.patch.dict(foreign.FOLDERS, {"linux": (str(tmp_path),)}),
            mock.patch.object(foreign.sys, "platform", "linux"),
        ):
            assert foreign.family("source serif 4")[0].name == "a.ttf"
            assert foreign.family("Source Serif 4", slanted=True)[0].name == "b.ttf"
    finally:
        foreign.installed_fonts.cache_clear()


CSS = (
    '@page { size: 148mm 210mm } html { font: 10.5pt/18pt "Booklet Song", "Booklet Emoji" }',
    'b { font-family: "Booklet Hei" }',
)


@pytest.mark.parametrize(
    ("language", "code"),
    [("zh-Hans", "SC"), ("zh-Hant", "TC"), ("ja", "JP"), ("ko", "KR"), ("en", "SC")],
)
def test_one_style_sheet_sets_every_language_in_its_own_faces(language: str, code: str, tmp_path: Path) -> None:
    html = f'<html lang="{language}"><head><title>x</title></head><body><p>骨直<b>骨直</b></p></body></html>'
    piece = Piece("a", "chapter", html, language)
    laid = lay_out.lay_out(piece, lay_out.Style(CSS, (tmp_path,)), lambda digest: b"").value
    files = {Path(use.face.file).name for use in laid.fonts if use.face.family == "Booklet Hei"}
    assert files == {f"NotoSans{code}[wght].ttf"}
    assert LaidOut.load(laid.dump()) == laid


def test_emoji_are_those_of_the_machine_in_their_colours(tmp_path: Path) -> None:
    if not fonts.emoji():
        pytest.skip("needs a colour emoji font (Debian's fonts-noto-color-emoji)")
    html = '<html lang="zh-Hans"><head><title>x</title></head><body><p id="a">好😀</p></body></html>'
    piece = Piece("a", "chapter", html, "zh-Hans")
    made = lay_out.lay_out(piece, lay_out.Style(CSS, (tmp_path,)), lambda digest: b"")
    assert {use.face.family for use in made.value.fonts} == {"Booklet Song", "Booklet Emoji"}
    assert made.notes == ()
    linked = link.link([made.value], Plan("x", "zh-Hans", ())).value.pdf
    (tmp_path / "a.pdf").write_bytes(linked)
    assert judges.verapdf("ua1,3a", tmp_path / "a.pdf") == []
    pixels = pypdfium2.PdfDocument(linked)[0].render(scale=3).to_pil().getcolors(1 << 20)
    assert any(max(colour[:3]) - min(colour[:3]) > 100 for _, colour in pixels)

"""The type case: what was cut for other pieces changes no page of the next one."""

from __future__ import annotations

from pathlib import Path

import pytest

from booklet import fonts
from booklet.cache import Cache
from booklet.pdf import case, engine, type
from booklet.pdf.lay_out import Style, lay_out
from booklet.pdf.model import Piece

CSS = '@page { size: 148mm 210mm } body { font: 10.5pt/18pt "Booklet Song" } b { font-family: "Booklet Hei" }'
ONE = "<p>大模型面试题：注意力为什么要除以根号？AVTo fi “引号”，（括号）。</p>"
OTHER = "<p>龘靐齉爩，鼇鼈鼉。<b>另一章，另一些字</b></p>"


@pytest.fixture(autouse=True)
def _empty() -> None:
    engine.load()
    case._held.clear()


def made(html: str, css: str = CSS) -> bytes:
    whole = f'<html lang="zh-Hans"><body>{html}</body></html>'
    return lay_out(Piece("a", "chapter", whole, "zh-Hans"), Style((css,), ()), lambda digest: b"").value.dump()


def test_pages_are_the_same_whatever_was_set_before() -> None:
    alone = made(ONE)
    made(OTHER)
    assert made(ONE) == alone
    case._held.clear()
    made(OTHER)
    assert made(ONE) == alone


def test_a_character_that_no_face_has_is_the_same_too() -> None:
    odd = f'{CSS} p::before {{ content: "\U0001b170" }} p {{ text-transform: uppercase }}'
    alone = made(ONE, odd)
    made(OTHER)
    made(ONE)
    assert made(ONE, odd) == alone


def test_one_case_serves_every_text_that_it_has_the_characters_of() -> None:
    faces = tuple(face for face in fonts.chosen("zh-Hans") if face.family == "Booklet Song")
    first = case.case(faces, ONE, "zh-Hans")
    assert case.case(faces, "注意力", "zh-Hans") is first
    second = case.case(faces, OTHER, "zh-Hans")
    assert second is not first
    assert type.characters(ONE + OTHER + "常用字") <= second.characters
    assert case.case(faces, "另一章，常用字", "zh-Hans") is second


def test_a_sheet_with_faces_of_its_own_shares_nothing() -> None:
    made(ONE, f'{CSS} @font-face {{ font-family: "Booklet Own"; src: url(data:font/otf;base64,AAAA) }}')
    assert not case._held


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "ja", "ko"])
def test_common_characters_are_a_few_thousand(language: str) -> None:
    assert 2000 < len(case.common(language)) < 6000
    assert case.common("en") == frozenset()


def test_a_case_is_kept_between_processes_and_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faces = tuple(face for face in fonts.chosen("zh-Hans") if face.family == "Booklet Song")
    cache, cut = Cache(tmp_path), list[int]()
    real = type.files

    def files(faces: tuple[fonts.Face, ...], characters: frozenset[int]) -> dict[str, bytes]:
        cut.append(len(characters))
        return real(faces, characters)

    monkeypatch.setattr(type, "files", files)
    for text in (ONE, OTHER, ONE + OTHER, "常用字"):
        case._held.clear()  # another process
        held = case.case(faces, text, "zh-Hans", cache)
        assert type.characters(text) <= held.characters
    assert len(cut) == 2, "the common characters are in the first cut, rare ones in the second"
    assert len(list(cache.store.root.iterdir())) == 1, "no cut stays that a larger one stands for"


def test_a_damaged_case_is_cut_anew(tmp_path: Path) -> None:
    faces = tuple(face for face in fonts.chosen("zh-Hans") if face.family == "Booklet Song")
    cache = Cache(tmp_path)
    case.case(faces, ONE, "zh-Hans", cache)
    [path] = cache.store.root.iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    case._held.clear()
    case.case(faces, ONE, "zh-Hans", cache)
    assert path.read_bytes() == whole

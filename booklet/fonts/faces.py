"""The table of faces. Families have names of our own, so that no font of the system can be taken for one of them.

Files come from hash-locked wheels of the package index; each is checked against its digest, for its bytes are the
book's bytes.  All are under the SIL Open Font License.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from booklet.diagnostics import failure

CJK = "justmytype_intl_cjk"
WESTERN = "justmytype_western_core"
CHINESE = "pylopdf_fonts_zh_cn"
REGIONAL = {"zh-Hant": "pylopdf_fonts_zh_tw", "ja": "pylopdf_fonts_jp", "ko": "pylopdf_fonts_ko"}
"""Extras of the package: some 10 MB each."""

DIGESTS = {
    "NotoSerifSC-Regular.otf": "e8f396decc1f0963a016a989c3d8852e863d1350996f573860a80767c83a1cd3",
    "NotoSansSC-Regular.otf": "faa6c9df652116dde789d351359f3d7e5d2285a2b2a1f04a2d7244df706d5ea9",
    "NotoSansSC[wght].ttf": "a3041811a78c361b1de50f953c805e0244951c21c5bd412f7232ef0d899af0da",
    "NotoSerifTC-Regular.otf": "63515eb0622d589a2f4062e8757c598b3da3bffd053f69abd181c210158ef10c",
    "NotoSerifJP-Regular.otf": "2c9a12dbd4f2408c4610c7ee84a108b62d7236c3775baed618c64d9cb44b2f04",
    "NotoSerifKR-Regular.otf": "5ea012e15cb7eacc1f680aee1703f3b164791b1443ea3e52b65080cca5d179cf",
    "NotoSansTC[wght].ttf": "864727d210d54f2537bbe23b3a839436c3992af72de9322af5270897246bd44f",
    "NotoSansJP[wght].ttf": "c2f3b4d463500a2ddcd3849cded1fceeb9fd6d1c32e6cbecd568453ba50fc68f",
    "NotoSansKR[wght].ttf": "194018e6b2b293a7964f037b25c0249ce1418bc9ab3c971060a03aa57861e252",
    "JetBrainsMono[wght].ttf": "48715a42ec242c21e9f02692891e147d022299a52e48d5e413e1a942193ffeda",
    "Inter[opsz,wght].ttf": "29160a80ff49ddcab2c97711247e08b1fab27a484a329ce8b813d820dc559031",
    "SourceSerif4[opsz,wght].ttf": "97b2d4da6e3cb494b5a1e66ae176914d852ccabef49e0c02c0df25f3e39aca0b",
    "SourceSerif4-Italic[opsz,wght].ttf": "15fbc7e4679489a501998c3669272637a6646388ef7e4bd77eebb5bf967a1f42",
    "NotoSansSymbols2-Regular.ttf": "7d5fb73b7ca67a6798101741f5d280a3d016a56a197afcd4199dbb57b4b82a21",
    "STIXTwoMath-Regular.ttf": "562551b15b836e6e01d1b7350909baf3c8c8d83260c1190fbf4544333e6936de",
}


@dataclass(frozen=True, slots=True)
class Face:
    """One style of a family: a static font, or a variable one pinned to a place on its axes."""

    family: str
    weight: int
    slanted: bool
    package: str
    """The Python package that the file lies in; empty where `file` is a path of this machine."""
    file: str
    pins: tuple[tuple[str, float], ...] = ()
    region: str = ""
    """zh-Hant, ja, ko; empty for the faces that serve zh-Hans and all other languages."""
    sha256: str = ""
    """Of a file that is not the house's own."""
    index: int = 0
    """Of the font in a collection (.ttc)."""

    @property
    def digest(self) -> str:
        """SHA-256 of the file: the one that the house was tested with, or the one that was there when it was named."""
        return self.sha256 or DIGESTS[self.file.rsplit("/", 1)[-1]]

    @property
    def key(self) -> str:
        """A name for URLs and files: `song-400`, `song-ja-400`, `song-400-3f9a0c11`."""
        name = self.family.removeprefix("Booklet ").lower().replace(" ", "-")
        parts = [name, self.region.lower(), str(self.weight), "italic" if self.slanted else "", self.sha256[:8]]
        return "-".join(filter(None, parts))


def _wght(weight: int, **more: float) -> tuple[tuple[str, float], ...]:
    return (("wght", weight), *more.items())


OFL = "fonts/ofl"
NAMES = {
    "zh-Hant": ("notosanstc/NotoSansTC", "TC"),
    "ja": ("notosansjp/NotoSansJP", "JP"),
    "ko": ("notosanskr/NotoSansKR", "KR"),
}


def _regional(region: str, sans: str, code: str) -> tuple[Face, ...]:
    """Song and Hei of a region: the same families, so that a style sheet is for every language."""
    file = f"{OFL}/{sans}[wght].ttf"
    return (
        Face("Booklet Song", 400, False, REGIONAL[region], f"NotoSerif{code}-Regular.otf", region=region),
        Face("Booklet Hei", 400, False, CJK, file, _wght(400), region),
        Face("Booklet Hei", 700, False, CJK, file, _wght(700), region),
    )


FACES: tuple[Face, ...] = (
    Face("Booklet Song", 400, False, CHINESE, "NotoSerifSC-Regular.otf"),
    Face("Booklet Hei", 400, False, CHINESE, "NotoSansSC-Regular.otf"),
    Face("Booklet Hei", 700, False, CJK, f"{OFL}/notosanssc/NotoSansSC[wght].ttf", _wght(700)),
    *(face for region, (name, code) in NAMES.items() for face in _regional(region, name, code)),
    Face("Booklet Mono", 400, False, WESTERN, f"{OFL}/jetbrainsmono/JetBrainsMono[wght].ttf", _wght(400)),
    Face("Booklet Mono", 700, False, WESTERN, f"{OFL}/jetbrainsmono/JetBrainsMono[wght].ttf", _wght(700)),
    Face("Booklet Figures", 400, False, WESTERN, f"{OFL}/inter/Inter[opsz,wght].ttf", _wght(400, opsz=14)),
    Face("Booklet Figures", 700, False, WESTERN, f"{OFL}/inter/Inter[opsz,wght].ttf", _wght(700, opsz=14)),
    Face("Booklet Roman", 400, False, WESTERN, f"{OFL}/sourceserif4/SourceSerif4[opsz,wght].ttf", _wght(400, opsz=10)),
    Face("Booklet Roman", 700, False, WESTERN, f"{OFL}/sourceserif4/SourceSerif4[opsz,wght].ttf", _wght(700, opsz=10)),
    Face(
        "Booklet Roman",
        400,
        True,
        WESTERN,
        f"{OFL}/sourceserif4/SourceSerif4-Italic[opsz,wght].ttf",
        _wght(400, opsz=10),
    ),
    Face("Booklet Symbols", 400, False, WESTERN, f"{OFL}/notosanssymbols2/NotoSansSymbols2-Regular.ttf"),
    Face("Booklet Maths", 400, False, WESTERN, f"{OFL}/stixtwomath/STIXTwoMath-Regular.ttf"),
)


elsewhere: dict[str, Path] = {}
"""SHA-256 of a font file → where it lies in this process, where it came from another machine."""


@lru_cache(maxsize=4)
def data(face: Face) -> bytes:
    """The bytes of a face's file. BookletError (exit 5) when it is missing or not the file that the house knows."""
    try:
        content = _read(face)
    except (ModuleNotFoundError, OSError):
        hint = "install booklet with its dependencies: the fonts are Python packages"
        raise failure("fonts/missing", f"the font file {face.file} ({face.package}) is not there", hint=hint) from None
    if hashlib.sha256(content).hexdigest() != face.digest:
        hint = f"install the pinned version of {face.package}" if face.package else "build again: it has just changed"
        raise failure("fonts/changed", f"the font file {face.file} is not the one that was tested", hint=hint)
    return content


def _read(face: Face) -> bytes:
    return files(face.package).joinpath(face.file).read_bytes() if face.package else _path(face).read_bytes()


def _path(face: Face) -> Path:
    return elsewhere.get(face.sha256, Path(face.file))


def installed(face: Face) -> bool:
    """Is the file of a face on this machine?"""
    if not face.package:
        return _path(face).is_file()
    return find_spec(face.package) is not None


def face_of(family: str, weight: int, slanted: bool, among: Iterable[Face] | None = None) -> Face:
    """The face that a family name and a weight mean, of the usual ones or `among` those of a piece.

    KeyError for a family that is not there.
    """
    faces = [face for face in FACES if not face.region] if among is None else among
    inside = [face for face in faces if face.family == family]
    if not inside:
        raise KeyError(family)
    return min(inside, key=lambda face: (face.slanted != slanted, abs(face.weight - weight)))


@cache
def covers(face: Face) -> frozenset[int]:
    """The code points that a face has glyphs for."""
    import uharfbuzz

    return frozenset(uharfbuzz.Face(data(face), face.index).unicodes)

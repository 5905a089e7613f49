"""The table of faces. Families have names of our own, so that no font of the system can be taken for one of them.

Files come from hash-locked wheels of the package index; each is checked against its digest, for its bytes are the
book's bytes.  All are under the SIL Open Font License.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from booklet.diagnostics import failure

CJK = "justmytype_intl_cjk"
WESTERN = "justmytype_western_core"
CHINESE = "pylopdf_fonts_zh_cn"


DIGESTS = {
    "NotoSerifSC-Regular.otf": "e8f396decc1f0963a016a989c3d8852e863d1350996f573860a80767c83a1cd3",
    "NotoSansSC-Regular.otf": "faa6c9df652116dde789d351359f3d7e5d2285a2b2a1f04a2d7244df706d5ea9",
    "NotoSansSC[wght].ttf": "a3041811a78c361b1de50f953c805e0244951c21c5bd412f7232ef0d899af0da",
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
    file: str
    pins: tuple[tuple[str, float], ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of the file that the house was tested with."""
        return DIGESTS[self.file.rsplit("/", 1)[-1]]

    @property
    def key(self) -> str:
        """A name for URLs and files: `song-400`."""
        name = self.family.removeprefix("Booklet ").lower()
        return f"{name}-{self.weight}" + ("-italic" if self.slanted else "")


def _wght(weight: int, **more: float) -> tuple[tuple[str, float], ...]:
    return (("wght", weight), *more.items())


OFL = "fonts/ofl"
FACES: tuple[Face, ...] = (
    Face("Booklet Song", 400, False, CHINESE, "NotoSerifSC-Regular.otf"),
    Face("Booklet Hei", 400, False, CHINESE, "NotoSansSC-Regular.otf"),
    Face("Booklet Hei", 700, False, CJK, f"{OFL}/notosanssc/NotoSansSC[wght].ttf", _wght(700)),
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


@lru_cache(maxsize=4)
def data(face: Face) -> bytes:
    """The bytes of a face's file. BookletError (exit 5) when it is missing or not the file that the house knows."""
    try:
        content = files(face.package).joinpath(face.file).read_bytes()
    except (ModuleNotFoundError, FileNotFoundError):
        hint = "install booklet with its dependencies: the fonts are Python packages"
        raise failure("fonts/missing", f"the font file {face.file} ({face.package}) is not there", hint=hint) from None
    if hashlib.sha256(content).hexdigest() != face.digest:
        hint = f"install the pinned version of {face.package}"
        raise failure("fonts/changed", f"the font file {face.file} is not the one that was tested", hint=hint)
    return content


def face_of(family: str, weight: int, slanted: bool) -> Face:
    """The face that a family name and a weight mean; KeyError for a family that is not ours."""
    inside = [face for face in FACES if face.family == family]
    if not inside:
        raise KeyError(family)
    return min(inside, key=lambda face: (face.slanted != slanted, abs(face.weight - weight)))


@cache
def covers(face: Face) -> frozenset[int]:
    """The code points that a face has glyphs for."""
    import uharfbuzz

    return frozenset(uharfbuzz.Face(data(face)).unicodes)

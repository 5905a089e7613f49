"""The faces of a language: the families of a style sheet stand for the glyphs of the reader's region (CLREQ 2.1.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from booklet.diagnostics import Diagnostic, finding
from booklet.fonts.faces import FACES, Face, face_of, installed

EXTRAS = {"zh-Hant": "zh-hant", "ja": "ja", "ko": "ko"}


def region(language: str) -> str:
    """The region whose glyphs a language is printed with: zh-Hant, ja, ko, or none for all others."""
    first, *rest = language.replace("_", "-").split("-")
    if first == "zh":
        return "zh-Hant" if {part.lower() for part in rest} & {"hant", "tw", "hk", "mo"} else ""
    return first if first in ("ja", "ko") else ""


def chosen(language: str, own: Iterable[Face] = ()) -> tuple[Face, ...]:
    """Every face that a piece in this language may use; `own` are those that a theme or an author names instead."""
    here = region(language)
    faces = {_slot(face): face for face in FACES if not face.region}
    faces |= {_slot(face): face for face in FACES if face.region == here and here}
    faces |= {_slot(face): face for face in own}
    return tuple(face if installed(face) else _stand_in(face, here) for face in faces.values())


def _slot(face: Face) -> tuple[str, int, bool]:
    return face.family, face.weight, face.slanted


def _stand_in(face: Face, here: str) -> Face:
    """The sans serif of the region for a serif that is not installed: better than another region's glyphs."""
    inside = [known for known in FACES if known.region == here] if face.region else []
    if not any(known.family == "Booklet Hei" for known in inside):
        return face
    return replace(face_of("Booklet Hei", face.weight, face.slanted, inside), family=face.family)


def plainer(language: str) -> tuple[Diagnostic, ...]:
    """A notice where the serif of the language's region is not installed."""
    here = region(language)
    lost = [face for face in FACES if face.region == here and here and not installed(face)]
    if not lost:
        return ()
    hint = f"pip install booklet-press[{EXTRAS[here]}]"
    return (
        finding("fonts/sans-only", f"the serif for {here} is not installed: its text is set in sans serif", hint=hint),
    )

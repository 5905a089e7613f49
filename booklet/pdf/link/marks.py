"""Crop marks: hairlines outside the bleed that show where to cut."""

from __future__ import annotations

from typing import Any

MARGIN = 30.0
"""pt around the bleed that the marks need."""
GAP = 4.0
"""pt between a mark and the bleed."""
LENGTH = 18.0
INK = b"q 0 0 0 RG .25 w"
"""Black in the file's own RGB, a hairline that any printer shows."""


def draw(pdf: Any) -> None:
    """Give every page a wider MediaBox and eight marks; trim and bleed boxes stay (ISO 32000-1 §14.11.2)."""
    import pikepdf

    for page in pdf.pages:
        trim = [float(n) for n in page.trimbox]
        bleed = [float(n) for n in page.obj.get("/BleedBox", page.trimbox)]
        page.obj.TrimBox, page.obj.BleedBox = pikepdf.Array(trim), pikepdf.Array(bleed)
        page.obj.MediaBox = pikepdf.Array([bleed[0] - MARGIN, bleed[1] - MARGIN, bleed[2] + MARGIN, bleed[3] + MARGIN])
        if "/CropBox" in page.obj:
            del page.obj.CropBox
        operators = b"/Artifact BMC " + INK + b" " + _lines(trim, bleed) + b" Q EMC"
        # What bleeds beyond the bleed is cut off, so that the marks stand on white.
        left, low, right, high = bleed
        clip = f"q {left:.3f} {low:.3f} {right - left:.3f} {high - low:.3f} re W n".encode()
        page.contents_add(clip, prepend=True)
        page.contents_add(b"Q " + operators)


def _lines(trim: list[float], bleed: list[float]) -> bytes:
    """Two marks at each corner, in line with the edges of the trimmed page."""
    parts: list[str] = []
    for y in (trim[1], trim[3]):
        for edge, way in ((bleed[0], -1), (bleed[2], 1)):
            parts.append(f"{edge + way * GAP:.3f} {y:.3f} m {edge + way * (GAP + LENGTH):.3f} {y:.3f} l")
    for x in (trim[0], trim[2]):
        for edge, way in ((bleed[1], -1), (bleed[3], 1)):
            parts.append(f"{x:.3f} {edge + way * GAP:.3f} m {x:.3f} {edge + way * (GAP + LENGTH):.3f} l")
    return (" ".join(parts) + " S").encode()

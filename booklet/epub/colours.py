"""Colours of the author's that can be read on white: 4.5 to 1 (WCAG 2.2, 1.4.3), which holds 4.6 to 1 on black too."""

from __future__ import annotations

import re

CONTRAST = 4.5
HIDDEN = 1.1
"""Against white: who writes in white does not want to be read."""
WRITTEN = re.compile(r'(\b(?:mathcolor|fill|stroke)=")([^"]+)(")')
GROUND = "mathbackground="
"""In the MathML of a formula that is not set on white."""


def legible(drawn: str) -> str:
    """A formula, as MathML or SVG, with its light colours darkened, hue kept: for one that has no ground of its own."""
    return WRITTEN.sub(lambda match: match[1] + darker(match[2]) + match[3], drawn)


def darker(colour: str) -> str:
    """The colour itself where it can be read on white or is no colour, else the lightest shade of it that can."""
    from PIL import ImageColor

    try:
        red, green, blue = ImageColor.getrgb(colour)[:3]
    except ValueError:
        return colour
    if not HIDDEN < _contrast((red, green, blue)) < CONTRAST:
        return colour
    shades = (tuple(part * n // 255 for part in (red, green, blue)) for n in range(254, -1, -1))
    return "#{:02x}{:02x}{:02x}".format(*next(shade for shade in shades if _contrast(shade) >= CONTRAST))


def _contrast(rgb: tuple[int, ...]) -> float:
    """Against white, by the relative luminance of WCAG 2.2."""
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (part / 255 for part in rgb)]
    return 1.05 / (sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True)) + 0.05)

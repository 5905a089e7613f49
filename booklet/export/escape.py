"""What Anki and MathJax would read as commands of their own, written so that a reader sees it and they do not."""

from __future__ import annotations

import html
import re

BRACES = re.compile(r"(?<=\{)\{")
LEGACY = re.compile(r"\[(?=/?(?:latex|\$\$?)\]|sound:|anki:)")
DELIMITER = re.compile(r"\\(?=[()\[\]])")


def field(text: str) -> str:
    """A field of a note: no `{{` (a template's field or a cloze, `{{c1::`), no `[latex]`, `[$]`, `[sound:`, `[anki:`.

    They become character references, which the page that shows the card resolves.  A `}}` that nothing opens is text.
    """
    return LEGACY.sub("&#91;", BRACES.sub("&#123;", text))


def words(text: str) -> str:
    r"""Text as HTML in which `\(` begins no formula: MathJax looks for delimiters within a run of text only."""
    return DELIMITER.sub(r"<span>\\</span>", html.escape(text, quote=False))


def formula(tex: str, display: bool) -> str:
    """TeX between MathJax's delimiters, as HTML."""
    left, right = (r"\[", r"\]") if display else (r"\(", r"\)")
    return f"{left}{html.escape(tex, quote=False)}{right}"


def tag(text: str) -> str:
    """A tag: Anki separates tags by spaces, and levels by `::`."""
    return re.sub(r"\s+", "_", text.strip().replace("::", ":"))


def level(text: str) -> str:
    """A level of a deck's name: `::` would begin another one."""
    return re.sub(r"[\x00-\x1f\"]", "", text.replace("::", "：")).strip()

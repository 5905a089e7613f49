"""Listings, formulas and drawings that are written as text."""

from __future__ import annotations

import re

from booklet.shortcodes.call import Call, escaped, fence, formula, inline, literal

DELIMITERS = re.compile(r"^\s*(\$\$|\\\\\[|\\\\\(|\\\[|\\\(|\$)|(\$\$|\\\\\]|\\\\\)|\\\]|\\\)|\$)\s*$")


def katex(call: Call) -> str:
    """`{{< katex >}}TeX{{< /katex >}}`; alone it loads KaTeX. Text with delimiters inside is left as it is.

    Display where a parameter says so, where its own delimiters do, or where it fills its lines.
    """
    if not call.paired:
        return ""
    written = call.raw.strip()
    tex = DELIMITERS.sub("", written).strip()
    if re.search(r"(?<!\\)\$|\\\\?[(\[](?!\d)", tex):
        return call.inner
    display = "display" in (*call.positional, *call.named) or "\n" in call.raw or written.startswith(("$$", "\\["))
    return formula(tex, display) if tex else ""


def highlight(call: Call) -> str:
    """`{{< highlight go "linenos=table,hl_lines=1 3-5" >}}`."""
    language = call.get("lang", "language", "type", place=0)
    options = call.get("options", place=1)
    if "hl_inline=true" in options:
        return inline("code", literal(call.raw.strip()))
    given = [part.partition("=") for part in re.split(r",\s*(?=\w+=)", options) if part]
    given += [(key, "=", value) for key, value in call.named.items() if key not in ("lang", "options")]
    said = ",".join(f'{key.strip()}="{_bare(value)}"' for key, _, value in given)
    return fence(call.raw, f"{language} {{{said}}}")


def _bare(value: str) -> str:
    return value.strip(" '\"").replace('"', "")


def listing(call: Call) -> str:
    """Docsy's `code`, hugoDocs' `code-toggle`: a file's text and its name."""
    name = call.get("file", "title", "filename", "name")
    language = call.get("lang", "language", "type", place=0, default="toml" if "toggle" in call.name else "")
    if not call.raw.strip():
        return ""
    return fence(_without_fence(call.raw), f"{language} {{title={escaped(name)!r}}}" if name else language)


def _without_fence(text: str) -> str:
    match = re.match(r"\s*(`{3,}|~{3,})[^\n]*\n(.*?)\n?\s*\1\s*\Z", text, re.S)
    return match[2] if match else text


def inline_code(call: Call) -> str:
    return inline("code", literal(call.raw.strip() or call.get("code", place=0)))


def mermaid(call: Call) -> str:
    return fence(_without_fence(call.raw), "mermaid") if call.raw.strip() else ""


def data(call: Call) -> str:
    """A drawing that only a browser makes from data: the data."""
    return fence(call.raw, "json") if call.raw.strip() else ""

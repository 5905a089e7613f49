"""Languages of files: which twin a file is, and which codes mean the same."""

from __future__ import annotations

import re

HANT = ("tw", "hk", "mo")
SUFFIX = re.compile(r"\.(?P<code>[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*)$", re.I)
KNOWN = "zh en ja ko fr de es pt it ru nl pl tr vi th id ar fa he uk cs sv da fi nb no ro hu el bg hi bn ta ms ca cn tw"


def same(one: str, other: str) -> bool:
    """Do two codes mean one written language? zh, zh-CN and zh-Hans do, en and en-AU do, zh-Hans and zh-Hant do not."""
    return meaning(one) == meaning(other)


def meaning(code: str) -> tuple[str, str]:
    """Language and, for Chinese, script."""
    parts = code.replace("_", "-").lower().split("-")
    language = {"cn": "zh", "tw": "zh"}.get(parts[0], parts[0])
    script = next((part for part in parts[1:] if part in ("hans", "hant")), "")
    if language == "zh" and not script:
        script = "hant" if any(part in HANT for part in parts) else "hans"
    return language, script


def tag(code: str) -> str:
    """A code as BCP 47 writes it, Chinese with its script: zh-cn → zh-Hans, en-au → en-AU."""
    language, script = meaning(code)
    if language == "zh":
        return f"zh-{script.title()}"
    rest = [part.upper() if len(part) == 2 else part for part in code.replace("_", "-").split("-")[1:]]
    return "-".join([language, *rest])


def of_file(path: str, default: str, codes: frozenset[str]) -> tuple[str, str]:
    """The language of a file and its path without the language: `posts/x.en.md`, `zh-hans/posts/x.md`.

    `codes` are the languages that the site configures; a suffix counts when it is one of them, or a common language.
    """
    stem, dot, ending = path.rpartition(".")
    match = SUFFIX.search(stem)
    if match and is_language(match["code"], codes):
        return match["code"], f"{stem[: match.start()]}{dot}{ending}"
    first, slash, rest = path.partition("/")
    if slash and (first.lower() in codes or is_folder(first)):
        return first, rest
    return default, path


def is_folder(name: str) -> bool:
    """Does a folder's name say a language, whatever the site configures?"""
    return re.fullmatch(r"(zh|en|ja|ko)(-[\w-]+)?", name, re.I) is not None


def is_language(code: str, codes: frozenset[str]) -> bool:
    return code.lower() in codes or (meaning(code)[0] in KNOWN.split() and len(code) in (2, 5, 7))

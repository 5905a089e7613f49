"""Words in a line, text that only a page's look sets apart, and what a book leaves out."""

from __future__ import annotations

import re

from booklet.shortcodes.call import Call, inline, literal

FRONT = re.compile(r"\A\ufeff?(?:---\n.*?\n---|\+\+\+\n.*?\n\+\+\+)[ \t]*(?:\n|\Z)", re.S)


def inside(call: Call) -> str:
    """Only its look is its own."""
    return call.inner


def nothing(call: Call) -> str:
    """An icon, a loader, a list that a site makes."""
    return ""


def as_it_is(call: Call) -> str:
    return call.inner


def badge(call: Call) -> str:
    """`{{< badge >}}…{{< /badge >}}`, `{{% badge info "Title" %}}`."""
    words = call.inner.strip() or call.get("title", "text", "label", "content")
    if not words and call.positional:
        words = call.positional[-1]
    return inline("span", words, class_="badge")


def strong(call: Call) -> str:
    words = call.inner.strip()
    return inline("strong", words) if words else ""


def emphasised(call: Call) -> str:
    return inline("em", literal(call.get("term", place=0)))


def marked(call: Call) -> str:
    return inline("mark", call.inner.strip() or literal(call.get("text", place=0)))


def kbd(call: Call) -> str:
    return inline("kbd", call.inner.strip() or literal(call.get("text", place=0)))


def typed(call: Call) -> str:
    """Text that types itself on a web page; LoveIt's may name a listing's language."""
    if call.get("code"):
        return f"```{call.get('code')}\n{call.raw.strip()}\n```"
    return call.inner


def version(call: Call) -> str:
    """LoveIt's mark of a feature's age: `{{< version 0.2.11 changed >}}`."""
    words = " ".join(call.positional)
    return inline("span", literal(words), class_="badge") if words else ""


def since(call: Call) -> str:
    """`{{< new-in 0.140.0 />}}`, with or without text."""
    words = call.get("version", place=0)
    badge_ = inline("span", literal(f"{call.name} {words}"), class_="badge")
    return f"{badge_}\n\n{call.inner}" if call.inner.strip() else badge_


def swatches(call: Call) -> str:
    """Colours, which a book in two inks names."""
    return ", ".join(f"`{colour}`" for colour in call.positional)


def ruby(call: Call) -> str:
    """`{{< ruby "字" "zì" >}}`."""
    base = call.inner.strip() or literal(call.get("text", "rb", "kanji", place=0))
    above = literal(call.get("rt", "ruby", "kana", place=0 if call.paired else 1))
    return f"<ruby>{base}<rt>{above}</rt></ruby>"


def param(call: Call) -> str:
    """A value of the front matter, else of the site's parameters: `{{< param "a.b" >}}`."""
    keys = call.get("name", place=0).split(".")
    for table in (call.page.front, call.page.params):
        value = _value(table, keys)
        if value is not None:
            return value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    return ""


def _value(table: object, keys: list[str]) -> object:
    """The value that a dotted name means; Hugo does not heed case."""
    for key in keys:
        if not isinstance(table, dict):
            return None
        table = next((value for name, value in table.items() if str(name).lower() == key.lower()), None)
    return table


def include(call: Call) -> str:
    """Another file's text, without its front matter."""
    name = call.get("file", "path", "src", "page", place=0)
    text = call.page.files.read(name)
    if text is None:
        return call.inner
    text = FRONT.sub("", text.replace("\r\n", "\n"), count=1)
    language = call.get("lang", "code", place=1)
    if call.name.lower() == "readfile" and language and language != "false":
        return f"````{'' if language == 'true' else language}\n{text.strip()}\n````"
    return text.strip("\n")

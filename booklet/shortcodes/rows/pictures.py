"""Pictures: one with a caption, several in a row."""

from __future__ import annotations

import re

from booklet.shortcodes.call import Call, link, literal, picture, tag

PICTURE = re.compile(r"\.(png|jpe?g|gif|svg|webp|avif|bmp|image)$", re.I)


def figure(call: Call) -> str:
    """Hugo's `figure` and its cousins: `src`, `alt`, `caption`, `title`, `attr`, `attrlink`, `link`."""
    source = call.get("src", "url", "image", "img", "file", place=0)
    if not source and not call.inner.strip():
        return ""
    if call.name == "img" and len(call.positional) == 2 and re.fullmatch(r"\w{2,5}", call.positional[1]):
        source = ".".join(call.positional)
    by = link(call.get("attr"), call.get("attrlink")) if call.get("attr") else ""
    title = call.get("title") if call.get("title") != call.get("caption") else ""
    said = [f"**{title}**" if title and call.get("caption") else title, call.get("caption"), by]
    caption = " ".join(filter(None, said)) or call.inner.strip()
    alt = call.get("alt", default=call.get("caption", "title", place=1))
    return picture(source, caption, re.sub(r"[*_`]|\]\([^)]*\)|\[", "", alt), width=_width(call.get("width")))


def _width(width: str) -> str:
    return width if re.fullmatch(r"\d+(px|%|em)?", width) else ""


def small(call: Call) -> str:
    """A picture of a line's height."""
    source = call.get("url", "src", place=0)
    return picture(source, height="14") if source else ""


def gallery(call: Call) -> str:
    """The pictures between the tags, or those that a pattern means."""
    pattern = call.get("match", "images", "dir", "src", place=0)
    if call.inner.strip() or not pattern:
        return tag("div", call.inner, class_="gallery")
    return _all(call, pattern)


def carousel(call: Call) -> str:
    """Blowfish's `{{< carousel images="{a.jpg,b.jpg}" >}}`, or pictures between the tags."""
    pattern = call.get("images", place=0)
    return _all(call, pattern) if pattern else gallery(call)


def _all(call: Call, pattern: str) -> str:
    if pattern.startswith("{"):
        names: tuple[str, ...] = tuple(name.strip() for name in pattern.strip("{}").split(","))
    else:
        names = call.page.files.find(pattern)
    pictures = [picture(name) for name in names if PICTURE.search(name.partition("?")[0])]
    shown = "\n\n".join(pictures) or literal(pattern)
    return tag("div", shown, class_="gallery")

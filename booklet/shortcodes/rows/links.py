"""Links: to pages of the site, and those that a theme dresses up."""

from __future__ import annotations

from booklet.shortcodes.call import Call, literal
from booklet.shortcodes.call import link as linked


def ref(call: Call) -> str:
    """The address of a page, which the links' stage finds: `ref:path#heading`; among words a link to it."""
    path = call.get("path", place=0)
    address = f"ref:{path}".replace(" ", "%20") if path else ""
    if call.where == "text":
        return linked(literal(path), address)
    return address if call.where == "address" else path


def button(call: Call) -> str:
    """`{{< button href="#" >}}Words{{< /button >}}`, hugo-book's `relref="/"`."""
    page = call.get("relref", "ref")
    address = f"ref:{page}" if page else call.get("href", "url", "link", "to", place=0)
    words = call.inner.strip() or literal(call.get("text", "label", "title", "content"))
    return linked(words, address)


def link(call: Call) -> str:
    """LoveIt's: `{{< link "https://example.org/" "Words" "Title" >}}`."""
    address = call.get("href", "url", "link", place=0)
    words = call.get("content", "text", "title", place=1) or call.inner.strip()
    return linked(words or literal(address), address)


def person(call: Call) -> str:
    return linked(literal(call.get("name", place=1)), call.get("url", place=0))


def article(call: Call) -> str:
    """Blowfish's card of another article: its address."""
    address = call.get("link", "url", "path", place=0)
    return linked(literal(address), f"ref:{address}") if address else ""

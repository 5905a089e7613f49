"""Asides and what a web page folds: on paper all of it stands open."""

from __future__ import annotations

from booklet.shortcodes.call import Call, tag
from booklet.shortcodes.kinds import kind

FALSE = ("false", "true", "open", "closed", "hidden", "show")


def aside(call: Call) -> str:
    """`{{< admonition warning "Title" false >}}`, `{{< alert icon="fire" >}}`, `{{% alert color="info" %}}`."""
    found = kind(call.get("type", "color", "kind", "context", "icon", place=0))
    rest = call.positional[1:] if call.positional and found else call.positional
    words = [word for word in rest if word.lower() not in FALSE and kind(word) is None]
    title = call.get("title", "summary", "header", default=words[0] if words else "")
    text = call.inner or call.get("text", "content", "body") or (words[1] if len(words) > 1 else "")
    if not text and not call.paired:
        title, text = "", title
    return tag("aside", text, class_=found or "note", data_title=_unless_icon(title, call))


def _unless_icon(title: str, call: Call) -> str:
    """Congo's `{{< alert "circle-info" >}}` names an icon, not a title."""
    named = "title" in call.named or call.name.lower() not in ("alert",)
    return title if named or not call.paired or " " in title else ""


def hint(call: Call) -> str:
    """hugo-book's: `{{% hint info %}}`."""
    return tag("aside", call.inner, class_=kind(call.get("type", place=0)) or "tip", data_title=call.get("title"))


def named(call: Call) -> str:
    """`{{< warning >}}`: the kind is the shortcode's name."""
    title = call.get("title", place=0)
    found, title = (kind(title), "") if kind(title) else (kind(call.name), title)
    return tag("aside", call.inner, class_=found or "note", data_title=title)


def plain(call: Call) -> str:
    return tag("aside", call.inner, class_="note")


def details(call: Call) -> str:
    """`{{% details "Title" open %}}`, `{{< fold Title >}}`, `{{% expand "Title" %}}`."""
    words = [word for word in call.positional if word.lower() not in FALSE]
    title = call.get("summary", "title", "header", "label", default=" ".join(words) or "")
    head = f"<summary>\n\n{title}\n\n</summary>\n\n" if title else ""
    return tag("details", head + call.inner)


def lead(call: Call) -> str:
    return tag("div", call.inner, class_="lead")


def quotation(call: Call) -> str:
    """A quotation, its author after a dash."""
    by = call.get("author", "by", "source", "cite", place=0)
    return tag("blockquote", call.inner + (f"\n\n—— {by}" if by else ""))

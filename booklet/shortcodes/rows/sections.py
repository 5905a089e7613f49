"""Blocks in blocks: what stands side by side or behind tabs on a screen stands one after the other on paper."""

from __future__ import annotations

import re

from booklet.shortcodes.call import Call, tag


def timeline(call: Call) -> str:
    return tag("div", call.inner, class_="timeline")


def event(call: Call) -> str:
    """Blowfish's `timelineItem`: its header, badge and subheader, then its text."""
    date = call.get("badge", "date", "time")
    below = call.get("subheader", "subtitle")
    head = " · ".join(f"**{word}**" if n == 0 else word for n, word in enumerate(_heads(call, date, below)))
    return tag("div", f"{head}\n\n{call.inner}", class_="event")


def _heads(call: Call, *more: str) -> list[str]:
    return [word for word in (call.get("header", "title", place=0), *more) if word]


def tabs(call: Call) -> str:
    return tag("div", call.inner, class_="tabs")


def tab(call: Call) -> str:
    """A tab under its name; Docsy's may give a listing's language and no fence."""
    name = call.get("title", "name", "label", "header", "tabName", place=0)
    language = call.get("lang")
    inner = call.inner
    if language and "```" not in inner and "tabpane" not in call.named:
        inner = f"```{language}\n{call.raw.strip()}\n```"
    return tag("div", _under(name, inner), class_="tab")


def step(call: Call) -> str:
    return tag("div", _under(call.get("title", "label", place=0), call.inner))


def columns(call: Call) -> str:
    """Columns one under the other. hugo-book cuts them by `<--->`."""
    return tag("div", re.sub(r"^[ \t]*<--->[ \t]*$", "", call.inner, flags=re.M), class_="columns")


def column(call: Call) -> str:
    """A column or card: its title, its text, and what it leads to."""
    head, title = call.get("header").strip("* "), call.get("title", "name")
    return tag("div", _under(" – ".join(filter(None, (head, title))), call.inner), class_="column")


def _under(name: str, inner: str) -> str:
    return f"**{name.strip()}**\n\n{inner}" if name.strip() else inner

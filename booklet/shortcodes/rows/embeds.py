"""What moves, sounds or lies elsewhere: on paper a link with a caption and a code to photograph."""

from __future__ import annotations

import re
from urllib.parse import quote

from booklet.shortcodes.call import Call, escaped, tag
from booklet.shortcodes.rows.pictures import PICTURE, figure

KIND = {"asciinema": "asciinema.org", "codepen": "CodePen", "github": "GitHub"}


def embed(address: str, name: str, caption: str = "") -> str:
    """`Div(.embed)` with a link; `name` says what it leads to, `caption` is the author's."""
    words = f"{name}: {caption}" if name and caption else caption or name or address
    return f'<embed src="{escaped(address)}" title="{escaped(words)}">'


def qr(call: Call) -> str:
    """Hugo's: the text as a code to photograph."""
    words = call.inner.strip() or call.get("text", place=0)
    return f'<embed class="qr" src="{escaped(words)}" title="{escaped(call.get("alt", "title"))}">' if words else ""


def youtube(call: Call) -> str:
    name = call.get("id", "v", place=0)
    start = call.get("start")
    address = f"https://www.youtube.com/watch?v={quote(name)}" + (f"&t={start}s" if start.isdigit() else "")
    return embed(address, "YouTube", call.get("title", "label", "alt", "caption")) if name else ""


def vimeo(call: Call) -> str:
    name = call.get("id", place=0)
    return embed(f"https://vimeo.com/{quote(name)}", "Vimeo", call.get("title", "alt", "caption")) if name else ""


def bilibili(call: Call) -> str:
    """`{{< bilibili BV1TJ411C7An 3 >}}`: id and part; `av170001` and bare numbers as well."""
    name = call.get("id", "bvid", "bv", "aid", "av", place=0)
    part = call.get("p", "page", place=1)
    name = f"av{name}" if name.isdigit() else name
    address = f"https://www.bilibili.com/video/{quote(name)}" + (f"?p={part}" if part.isdigit() else "")
    return embed(address, "bilibili", call.get("title", "caption")) if name else ""


def netease(call: Call) -> str:
    """`{{< netease 1868553 >}}`: a song."""
    name = call.get("id", place=0)
    return embed(f"https://music.163.com/#/song?id={quote(name)}", "网易云音乐", call.get("title")) if name else ""


def gist(call: Call) -> str:
    """`{{< gist user id "file" >}}`."""
    user, name, file = call.get("user", place=0), call.get("id", place=1), call.get("file", place=2)
    return embed(f"https://gist.github.com/{quote(user)}/{quote(name)}".rstrip("/"), "GitHub Gist", file)


def post_on_x(call: Call) -> str:
    """`{{< x user="…" id="…" >}}`, or the id alone."""
    user, name = call.get("user"), call.get("id", place=0)
    if not name:
        return ""
    return embed(f"https://x.com/{quote(user or 'i')}/status/{quote(name)}", "X", f"@{user}" if user else "")


def instagram(call: Call) -> str:
    name = call.get("id", place=0)
    return embed(f"https://www.instagram.com/p/{quote(name)}/", "Instagram") if name else ""


def media(call: Call) -> str:
    """A file or address that plays: `{{< video src="a.mp4" caption="…" >}}`, `{{< music netease song 1 >}}`."""
    server, kind, name = (*call.positional, "", "", "")[:3]
    if call.name.lower() == "music" and server == "netease" and name:
        return embed(f"https://music.163.com/#/{quote(kind)}?id={quote(name)}", "网易云音乐")
    address = call.get("src", "url", "file", "auto", "id", "path", place=0)
    if not address:
        return call.inner
    said = " – ".join(filter(None, (call.get("name", "title"), call.get("artist"))))
    caption = call.get("caption", "alt", "label", default=said)
    if not re.match(r"[a-z]+:|/|\.|.*\.\w{2,4}$", address):
        return embed(address, "", caption)
    return embed(address, KIND.get(call.name.lower(), ""), caption)


def picture_or_media(call: Call) -> str:
    """Themes that have one shortcode for both tell them apart by the file's name."""
    return figure(call) if PICTURE.search(call.get("src", "url", place=0).partition("?")[0]) else media(call)


def github(call: Call) -> str:
    name = call.get("repo", place=0)
    return embed(f"https://github.com/{quote(name)}", "GitHub", name) if name else ""


def forge(call: Call) -> str:
    """Cards of repositories on other forges; one that only has a number is named by it."""
    server = call.get("server", "baseURL").rstrip("/")
    name = call.get("repo", "model", "dataset", place=0)
    usual = {"codeberg": "https://codeberg.org", "huggingface": "https://huggingface.co"}
    usual |= {"gitlab": "https://gitlab.com", "gitea": "https://gitea.com", "forgejo": "https://code.forgejo.org"}
    if not name:
        project = call.get("projectID", "projectid")
        return embed(f"https://gitlab.com/projects/{quote(project)}", "GitLab", f"#{project}") if project else ""
    where = f"{server or usual[call.name.lower()]}/{'datasets/' if call.get('dataset') else ''}{quote(name)}"
    return embed(where, call.name[:1].upper() + call.name[1:], name)


def source_file(call: Call) -> str:
    """A file that the site fetches while it is built: a link to it, for a book is not made of pages it cannot see."""
    address = call.get("url", "src", place=0)
    return embed(address, "", address.rsplit("/", 1)[-1]) if address else tag("div", call.inner)

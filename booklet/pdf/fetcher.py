"""The jail: everything that WeasyPrint may load, and nothing else of the machine or the network."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

ROOT = "https://book.invalid/"
"""The base of relative addresses: virtual, so that no output holds a path of this machine."""


class Refused(ValueError):
    """An address that no theme and no post may use."""


def fetcher(
    fonts: Mapping[str, bytes], theme: Sequence[Path], asset: Callable[[str], bytes], formulas: Mapping[str, bytes]
) -> Any:
    """A `url_fetcher` for `font:KEY`, `theme:NAME`, `asset:SHA.EXT` and `formulas`; any other address is `Refused`."""
    from weasyprint.urls import URLFetcherResponse

    def fetch(url: str) -> Any:
        scheme, _, rest = url.removeprefix(ROOT).partition(":")
        name = unquote(rest).lstrip("/")
        if scheme == "font":
            return URLFetcherResponse(url, fonts[name], {"Content-Type": "font/otf"})
        if scheme == "asset":
            return URLFetcherResponse(url, asset(name.partition(".")[0]), _type(name))
        if scheme == "math":
            return URLFetcherResponse(url, formulas[url.removeprefix(ROOT)], {"Content-Type": "image/svg+xml"})
        if scheme == "theme":
            return URLFetcherResponse(url, _inside(theme, name).read_bytes(), _type(name))
        if scheme == "data":
            from weasyprint.urls import URLFetcher

            return URLFetcher(allowed_protocols=["data"]).fetch(url)
        raise Refused(f"{url} is outside the book")

    return fetch


def _type(name: str) -> dict[str, str]:
    return {"Content-Type": mimetypes.guess_type(name)[0] or "application/octet-stream"}


def _inside(folders: Sequence[Path], name: str) -> Path:
    """A file of the theme, else of the one that it extends."""
    paths = [(folder / name).resolve() for folder in folders]
    if not all(path.is_relative_to(folder.resolve()) for path, folder in zip(paths, folders, strict=True)):
        raise Refused(f"{name} is outside the theme")
    return next((path for path in paths if path.is_file()), paths[0])

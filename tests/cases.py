"""Golden cases as documents: a file holds what goes in and what must come out, in sections headed by `%% name`.

`pytest --rewrite` writes the output sections anew; read the difference before you commit it.
"""

from __future__ import annotations

import re
from pathlib import Path

SECTION = re.compile(r"^%% (\w+)\n", re.M)


def read(path: Path) -> dict[str, str]:
    """The sections of a case, by name; what stands before the first says what the case is about."""
    about, *rest = SECTION.split(path.read_text("utf-8"))
    return {"about": about, **dict(zip(rest[::2], rest[1::2], strict=True))}


def check(path: Path, produced: dict[str, str], rewrite: bool) -> None:
    """Compare what was produced with the sections of the same names; with `rewrite`, put it there instead."""
    case = read(path)
    text = {name: value.strip("\n") + "\n" if value.strip() else "" for name, value in produced.items()}
    if rewrite:
        whole = {**case, **text}
        about = whole.pop("about")
        path.write_text(about + "".join(f"%% {name}\n{value}" for name, value in whole.items()), "utf-8")
        return
    assert {name: case.get(name, "") for name in text} == text

"""The JSON answers as other programs rely on them: schemas written from the contract, not from the program."""

from __future__ import annotations

from typing import Any

import jsonschema

TEXT = {"type": "string"}
MAYBE = {"type": ["string", "null"]}
WHOLE = {"type": "integer"}
FLAG = {"type": "boolean"}
DIGEST = {"type": ["string", "null"], "pattern": "^[0-9a-f]{64}$"}
PATH = {"type": "string", "pattern": r"^[^/\\][^\\]*$"}
LINE = {"type": "integer", "minimum": 1}


def table(needed: dict[str, Any], **optional: Any) -> dict[str, Any]:
    """An object with these members and no others."""
    members = {**needed, **optional}
    return {"type": "object", "properties": members, "required": list(needed), "additionalProperties": False}


def rows(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


def one_of(*values: str) -> dict[str, Any]:
    return {"enum": list(values)}


DIAGNOSTICS = rows(
    table(
        {"code": {"type": "string", "pattern": "^[a-z]+/[a-z-]+$"}, "severity": one_of("error", "warning", "notice")}
        | {"message": TEXT},
        path=MAYBE,
        line={"type": ["integer", "null"]},
        column={"type": ["integer", "null"]},
        hint=MAYBE,
    )
)
POST = table(
    {"path": PATH, "title": TEXT, "language": TEXT, "chapter_id": TEXT, "included_by": rows(TEXT)}
    | {"ordered_by": table({"key": TEXT, "value": {}})},
    date=MAYBE,
    lastmod=MAYBE,
    part=MAYBE,
    ordinal={"type": ["integer", "null"]},
)
REASONS = one_of("draft", "future", "expired", "language", "filter", "hidden", "empty")
LEFT_OUT = table({"path": PATH, "title": MAYBE, "reason": REASONS, "detail": MAYBE})
CRITERION = table({"low": {"type": ["number", "null"]}, "high": {"type": ["number", "null"]}, "text": TEXT})
QUESTION = table(
    {
        "id": {"type": "string", "pattern": "^q-[a-z0-9-]+$"},
        "title": TEXT,
        "status": one_of("answered", "unfinished", "unanswered"),
        "answered": FLAG,
        "path": PATH,
        "line": LINE,
    },
    number=MAYBE,
    first_published=MAYBE,
    last_revised=MAYBE,
    difficulty={"type": ["integer", "null"], "minimum": 1, "maximum": 5},
    tags={"type": "array", "items": TEXT},
    asked=MAYBE,
    focus=MAYBE,
    rubric={"type": "array", "items": CRITERION},
)
SECTION = table({"id": TEXT, "level": WHOLE, "title": TEXT, "path": PATH, "line": LINE})
FORMULA = table({"tex": TEXT, "display": FLAG, "ok": FLAG, "path": PATH, "line": LINE})
ASSET = table(
    {"source": TEXT, "status": one_of("ok", "missing", "offline", "rejected"), "path": PATH, "line": LINE},
    sha256=DIGEST,
)
CHAPTER = table(
    {
        "id": TEXT,
        "number": WHOLE,
        "title": TEXT,
        "path": PATH,
        "sections": rows(SECTION),
        "questions": rows(QUESTION),
        "formulas": rows(FORMULA),
        "assets": rows(ASSET),
    }
)
ARTIFACT = table(
    {
        "kind": one_of("pdf", "epub", "anki", "json", "csv"),
        "language": TEXT,
        "file": PATH,
        "sha256": {**DIGEST, "type": "string"},
    }
    | {"bytes": WHOLE},
    edition=MAYBE,
    profile=MAYBE,
    paper=MAYBE,
    pages={"type": ["integer", "null"]},
)
COUNTS = table(dict.fromkeys(("chapters", "questions", "answered", "formulas", "images"), WHOLE))
BOOK = {"title": TEXT, "slug": TEXT, "language": TEXT}
WHOLE_BOOK = table(BOOK | {"identifier": TEXT, "date": MAYBE, "content_hash": {**DIGEST, "type": "string"}})
EDIT = table(dict.fromkeys(("after", "gone", "new"), TEXT))
CHANGE = table(
    {
        "kind": one_of("added", "revised", "retitled", "renumbered", "moved", "removed"),
        "subject": one_of("question", "chapter", "book"),
        "more": WHOLE,
        "edits": rows(EDIT),
    }
    | dict.fromkeys(("id", "title", "chapter", "language"), TEXT)
    | dict.fromkeys(("number", "page", "old"), MAYBE)
)
TOLD = {"language": TEXT, "title": TEXT, "questions": WHOLE, "answered": WHOLE}
NOTES = table(
    {"schema": {"const": "booklet/notes/1"}, "revision": WHOLE, "books": rows(table(TOLD)), "changes": rows(CHANGE)}
    | dict.fromkeys(("version", "label", "date"), TEXT)
)
"""`notes.json` of a release."""
ANSWERS = {
    "list": {"book": table(BOOK), "posts": rows(POST), "left_out": rows(LEFT_OUT)},
    "inspect": {
        "book": WHOLE_BOOK,
        "parts": rows(table({"title": MAYBE, "chapters": rows(TEXT)})),
        "chapters": rows(CHAPTER),
    },
    "build": {
        "output": {"type": "string", "pattern": "^(/|[A-Z]:)"},
        "artifacts": rows(ARTIFACT),
        "counts": COUNTS,
    },
    "export": {
        "output": {"type": "string", "pattern": "^(/|[A-Z]:)"},
        "artifacts": rows(ARTIFACT),
        "counts": table(dict.fromkeys(("questions", "left_out", "pictures"), WHOLE)),
    },
    "release": {
        "released": FLAG,
        "reason": TEXT,
        **dict.fromkeys(("version", "label", "date", "output"), MAYBE),
        "revision": {"type": ["integer", "null"]},
        "artifacts": rows(ARTIFACT),
        "changes": rows(CHANGE),
    },
    "init": {
        "root": {"type": "string", "pattern": "^(/|[A-Z]:)"},
        "files": rows(table({"path": PATH, "status": one_of("written", "same", "kept")})),
    },
    "diff": {"before": TEXT, "after": MAYBE, "changes": rows(CHANGE)},
    "clean": {"cache": TEXT, "bytes": WHOLE},
    "explain": {"codes": rows(table({"code": TEXT, "severity": TEXT, "explanation": TEXT}))},
}
"""Members of each command's answer; a run that fails may lack them (null), but adds none."""
TIMINGS = {"type": "object", "required": ["total"], "additionalProperties": {"type": "number", "minimum": 0}}
"""With `--timings`: seconds by stage."""


def check(answer: Any) -> None:
    """ValidationError for an answer that the contract does not have."""
    command = answer["schema"].split("/")[1]
    head = {
        "schema": {"const": f"booklet/{command}/1"},
        "ok": FLAG,
        "exit_code": WHOLE,
        "diagnostics": DIAGNOSTICS,
    }
    own = ANSWERS[command]
    more = {"timings": TIMINGS} if command == "build" else {}
    failed = {name: {"anyOf": [kind, {"type": "null"}]} for name, kind in own.items()}
    jsonschema.validate(answer, table(head | own, **more) if answer["ok"] else table(head, **failed))
    assert answer["ok"] == (answer["exit_code"] == 0)

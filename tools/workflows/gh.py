#!/usr/bin/python3
"""What stands in for GitHub: `gh release …` with the flags that the workflows use and no others; a state in a file."""

import argparse
import json
import pathlib
import shutil
import sys

STATE = pathlib.Path("/srv/ci/github")


def main(words):
    parser = argparse.ArgumentParser(prog="gh")
    kinds = (
        parser.add_subparsers(dest="noun", required=True)
        .add_parser("release")
        .add_subparsers(dest="verb", required=True)
    )
    listing = kinds.add_parser("list")
    viewing, creating, editing, deleting = (kinds.add_parser(name) for name in ("view", "create", "edit", "delete"))
    for one in (viewing, creating, editing, deleting):
        one.add_argument("tag")
    for one in (listing, viewing):
        one.add_argument("--json", required=True)
        one.add_argument("--jq", required=True)
    creating.add_argument("--draft", action="store_true", required=True)
    creating.add_argument("--title", required=True)
    creating.add_argument("--notes-file", required=True, type=pathlib.Path)
    creating.add_argument("files", nargs="+", type=pathlib.Path)
    editing.add_argument("--draft", choices=["false"], required=True)
    editing.add_argument("--latest", action="store_true")
    deleting.add_argument("--yes", action="store_true", required=True)
    asked = parser.parse_args(words)
    globals()[asked.verb](asked)


def releases():
    return {path.name: json.loads((path / ".state").read_text()) for path in sorted(STATE.glob("*"))}


def save(tag, state):
    (STATE / tag / ".state").write_text(json.dumps(state))


def list(asked):
    assert asked.jq == ".[] | select(.isDraft) | .tagName", asked.jq
    for tag in (tag for tag, state in releases().items() if state["draft"]):
        print(tag)


def view(asked):
    assert asked.jq == ".isDraft", asked.jq
    if asked.tag not in releases():
        sys.exit("release not found")
    print(json.dumps(releases()[asked.tag]["draft"]))


def create(asked):
    if asked.tag in releases():
        sys.exit(f"{asked.tag} exists")
    (STATE / asked.tag).mkdir(parents=True)
    for file in asked.files:
        shutil.copy(file, STATE / asked.tag)
    save(asked.tag, {"draft": True, "title": asked.title, "notes": asked.notes_file.read_text("utf-8")})


def edit(asked):
    if (STATE / "../offline").exists():
        sys.exit("the network is gone")
    save(asked.tag, {**releases()[asked.tag], "draft": False})


def delete(asked):
    shutil.rmtree(STATE / asked.tag)


if __name__ == "__main__":
    main(sys.argv[1:])

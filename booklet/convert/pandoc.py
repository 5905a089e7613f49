"""The door to pandoc: Markdown → AST, AST → HTML. Pandoc reads standard input, writes standard output, nothing else."""

from __future__ import annotations

import json
from functools import cache

from booklet import processes
from booklet.convert.ast import Nodes

WITH = (
    "lists_without_preceding_blankline",  # a list right after its paragraph is a list to Goldmark, and to authors
    "east_asian_line_breaks",  # a line end between Han characters is no space
    "autolink_bare_uris",
    "emoji",
    "mark",
)
WITHOUT = (
    "yaml_metadata_block",  # a rule deep in the body would be read as a second one
    "tex_math_dollars",  # formulas are found before pandoc reads, see `dialect`
    "pandoc_title_block",  # a post may begin with `%`
    "line_blocks",
    "inline_notes",
    "implicit_header_references",  # `[总结]` is text to Goldmark
    "raw_tex",
    "raw_html",  # tags are lifted out before pandoc reads, see `dialect`
    "native_divs",
    "native_spans",
    "markdown_in_html_blocks",
    "fenced_divs",
    "raw_attribute",
    "latex_macros",
    "citations",
    "example_lists",
    "fancy_lists",
    "auto_identifiers",  # `headings` gives ids as Hugo does
    "implicit_figures",  # `pictures` decides what is a figure
    "smart",
    "blank_before_header",
    "blank_before_blockquote",
    "multiline_tables",
    "simple_tables",
    "grid_tables",
    "table_captions",
    "subscript",
    "superscript",
)
READER = "markdown" + "".join(f"+{name}" for name in WITH) + "".join(f"-{name}" for name in WITHOUT)
SANDBOX = "--sandbox"
WIDE = "--columns=100000"  # a pipe table with a long line keeps its natural column widths


@cache
def version() -> str:
    """Pandoc's version, a part of cache keys."""
    import pypandoc

    return str(pypandoc.get_pandoc_version())


def read(markdown: str) -> Nodes:
    """The blocks of a Markdown text. RuntimeError carries pandoc's own words."""
    document = json.loads(_convert(markdown, READER, "json", WIDE))
    blocks: Nodes = document["blocks"]
    return blocks


def write(blocks: Nodes, target: str) -> str:
    """Blocks in another format; lines are not wrapped."""
    document = json.dumps({"pandoc-api-version": api_version(), "meta": {}, "blocks": blocks}, ensure_ascii=False)
    return _convert(document, "json", target, "--wrap=none", "--syntax-highlighting=none")


@cache
def api_version() -> list[int]:
    """The version of the AST that this pandoc speaks."""
    numbers: list[int] = json.loads(_convert("", "markdown", "json"))["pandoc-api-version"]
    return numbers


def _convert(text: str, source: str, target: str, *options: str) -> str:
    import pypandoc

    asked = [SANDBOX, "--quiet", *options]
    with processes.deaf():  # else Ctrl-C ends pandoc first, and its end is taken for an error
        return str(pypandoc.convert_text(text, target, format=source, extra_args=asked, verify_format=False))

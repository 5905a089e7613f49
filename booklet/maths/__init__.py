"""TeX → drawings and MathML, by MathJax in an embedded JavaScript engine: no Node, no browser, no network."""

from booklet.maths.render import Options, Rendered, Request, fold, goldmark, render

__all__ = ["Options", "Rendered", "Request", "fold", "goldmark", "render"]

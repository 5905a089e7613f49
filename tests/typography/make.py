"""Small tagged PDFs, set with the text engine or without it."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pikepdf

from booklet.convert import han
from booklet.pdf import cjk, type
from booklet.pdf import engine as weasyprint_engine
from booklet.pdf.fetcher import ROOT, fetcher

CSS = """
@page { size: 148mm 210mm; margin: 66pt 0 0 18mm;
  margin-right: calc(148mm - 18mm - 294pt); margin-bottom: calc(210mm - 66pt - 468pt);
  @top-right { content: counter(page); font: 700 9pt/18pt "Booklet Figures" } }
html { font: 10.5pt/18pt "Booklet Song", "Booklet Symbols" }
body { margin: 0; text-align: justify; orphans: 2; widows: 2 }
p, ul { margin: 0; padding: 0; text-indent: 2em }
ul { padding-left: 2em; list-style: none } li { text-indent: 0 }
h1, h2, h3 { font: 700 14pt/18pt "Booklet Hei"; margin: 18pt 0; text-align: left; break-after: avoid }
h1 { font-size: 20pt; line-height: 36pt; break-before: page }
code { font: .88em/1 "Booklet Mono" }
.toc a { display: block; color: inherit; text-decoration: none; text-indent: 0 }
.toc a::after { content: leader(" .") target-counter(attr(href), page) }
"""
PROSE = han.text(
    "大模型（Large Language Model，简称“LLM”）是一种“基于 Transformer 的语言模型”，它在海量文本上做自监督预训练；随后"
    "经过指令微调（SFT）、人类反馈强化学习（RLHF）等步骤，得到能够遵循指令的助手。注意力的形状——它必须能广播到分数的形状："
    "“批量、头数、长度”。这里要问的是……究竟为什么？答案并不复杂：点积的方差随维度增长，除以维度的平方根以后，方差回到一，"
    "梯度才不至于消失（见上文），训练才能进行下去。",
    "zh-Hans",
)
LETTERED = han.text(
    "他说：“《红楼梦》（曹雪芹）是名著。”然后就没有然后了！我们再写一些文字，看看行末的标点怎样处理，一行字排满以后，下一行"
    "又从哪里开始，括号（也包括引号）落在行首的时候，“左边的空白”应当去掉，这样版心的左边才是齐的。",
    "zh-Hans",
)
BODY = (
    '<nav class="toc"><p><a href="#one">第一章</a></p><p><a href="#two">第二章</a></p></nav>'
    f'<section><h1 id="one">第一章</h1><header><h2>为什么要缩放</h2></header>'
    f"<p>{PROSE}</p><p>{LETTERED}</p><ul><li>{PROSE}</li></ul>"
    f"<h2>后来</h2><p>{LETTERED}{PROSE}</p><p>{PROSE}{LETTERED}</p><p>{LETTERED}</p></section>"
    f'<section><h1 id="two">第二章</h1><p>{PROSE}</p></section>'
    f'<div style="break-before: page; height: 414pt"></div><p>{LETTERED}{PROSE}</p>'
)


def pdf(path: Path, body: str = BODY, css: str = "", engine: bool = True, language: str = "zh-Hans") -> Path:
    """Write the PDF of a body, with page labels."""
    weasyprint_engine.load()
    from weasyprint import CSS as Sheet
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    html = f'<html lang="{language}"><head><title>样张</title></head><body>{body}</body></html>'
    style = CSS + css
    faces = type.used((style,), language)
    fetch = fetcher(type.files(faces, type.characters(html + style)), path.parent, lambda digest: b"", {})
    fonts = FontConfiguration()
    with cjk.setting() if engine else nullcontext():
        sheets = [
            Sheet(string=text, font_config=fonts, url_fetcher=fetch, base_url=ROOT)
            for text in (type.rules(faces), style)
        ]
        HTML(string=html, base_url=ROOT, url_fetcher=fetch).write_pdf(
            path, stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1"
        )
    with pikepdf.open(path, allow_overwriting_input=True) as made:
        made.Root.PageLabels = pikepdf.Dictionary(Nums=[0, pikepdf.Dictionary(S=pikepdf.Name.D)])
        made.save(path)
    return path

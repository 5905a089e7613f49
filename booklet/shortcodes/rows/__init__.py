"""The shortcodes that booklet knows, by name. Names without capitals serve those with capitals as well."""

from __future__ import annotations

from booklet.shortcodes.call import Make, Row
from booklet.shortcodes.rows import asides, charts, code, embeds, links, pictures, prose, sections

TABLE: tuple[tuple[str, Make], ...] = (
    # Hugo's own
    ("figure", pictures.figure),
    ("highlight", code.highlight),
    ("details", asides.details),
    ("qr", embeds.qr),
    ("gist", embeds.gist),
    ("youtube youtubelite youtube-lite yt", embeds.youtube),
    ("vimeo vimeo_simple", embeds.vimeo),
    ("x x_simple tweet twitter twitter_simple", embeds.post_on_x),
    ("instagram instagram_simple", embeds.instagram),
    # What themes have: asides and what folds
    ("alert admonition notice callout callouts box aside", asides.aside),
    ("hint", asides.hint),
    ("note tip info important warning caution danger question example abstract", asides.named),
    ("spoiler fold expand collapse collapsible accordionitem hide hidden", asides.details),
    ("pageinfo", asides.plain),
    ("lead intro", asides.lead),
    ("quote blockquote cite", asides.quotation),
    # Formulas, drawings, code
    ("katex math mathjax latex", code.katex),
    ("mermaid", code.mermaid),
    ("raw html rawhtml unsafe", prose.as_it_is),
    ("chart chartjs", charts.chart),
    ("echarts mapbox plotly", code.data),
    ("code code-toggle codeblock", code.listing),
    ("codeimporter", embeds.source_file),
    # Words in a line
    ("button btn", links.button),
    ("badge label tag pill", prose.badge),
    ("keyword", prose.strong),
    ("link", links.link),
    ("icon fontawesome fa fas fab far", prose.nothing),
    ("hl inline-code", code.inline_code),
    ("kbd", prose.kbd),
    ("typeit", prose.typed),
    ("version", prose.version),
    ("new-in deprecated-in", prose.since),
    ("glossary-term term", prose.emphasised),
    ("person", links.person),
    ("swatches", prose.swatches),
    ("ruby", prose.ruby),
    ("mark", prose.marked),
    # Blocks in blocks
    ("timeline", sections.timeline),
    ("timelineitem", sections.event),
    ("tabs tabpane codetabs tab-group", sections.tabs),
    ("tab codetab", sections.tab),
    ("columns row cards cardpane block grid", sections.columns),
    ("column col card blocks/section blocks/feature", sections.column),
    ("steps accordion keywordlist buttongroup rtl ltr", prose.inside),
    ("step", sections.step),
    ("section div center align style wide", prose.inside),
    # Pictures
    ("image img inline-img lightbox picture pic screenshot imgproc imgcap", pictures.figure),
    ("gallery photoswipe", pictures.gallery),
    ("carousel slider", pictures.carousel),
    ("intextimg", pictures.small),
    # What moves, sounds, or lies elsewhere
    ("video mp4 audio music", embeds.media),
    ("media", embeds.picture_or_media),
    ("bilibili", embeds.bilibili),
    ("netease", embeds.netease),
    ("asciinema codepen jsfiddle codesandbox iframe embed pdf embed-pdf", embeds.media),
    ("github", embeds.github),
    ("gitlab gitea forgejo codeberg huggingface", embeds.forge),
    ("article", links.article),
    ("mdimporter", embeds.source_file),
    # What only a web page can do
    ("comment script list toc loader mermaid-loader clear bibtex profile load-photoswipe", prose.nothing),
    ("section-list children childpages pagelist recent related adsense ads", prose.nothing),
)
WORDS: tuple[tuple[str, Make], ...] = (
    ("ref relref", links.ref),
    ("param", prose.param),
    ("current-go-version", prose.nothing),
)

ROWS: dict[str, Row] = {
    **{name: Row(make) for names, make in TABLE for name in names.split()},
    **{name: Row(make, text=True) for names, make in WORDS for name in names.split()},
    **{name: Row(prose.include, again=True) for name in ("include", "readfile", "import", "md", "snippet")},
}

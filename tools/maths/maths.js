// TeX in, SVG and MathML out: the last script of the bundle, between the published components and booklet's engine.
// There is no DOM, no module loader and no network where it runs.
(() => {
  const parts = MathJax._;
  const {mathjax} = parts.mathjax;
  const packages = `base ams amscd bbox begingroup boldsymbol braket bussproofs cancel cases centernot color colortbl
    configmacros empheq enclose extpfeil gensymb html mathtools mhchem newcommand tagformat textcomp textmacros unicode
    units upgreek verb`.split(/\s+/);

  // Glyphs outside the core font come in ranges, one script each.  An engine with a time limit may not call its host,
  // so the host leaves their text in globals; a range is evaluated when a formula first needs it.
  mathjax.asyncIsSynchronous = true;
  mathjax.asyncLoad = file => {
    const range = file.split('/').pop().replace(/\.js$/, '');
    const script = globalThis[`range:${range}`];
    if (!script) throw new Error(`no glyphs for the range ${range}`);
    (0, eval)(script);
    return {};
  };

  const adaptor = parts.adaptors.liteAdaptor.liteAdaptor({fontSize: 16, cjkCharWidth: 1, unknownCharWidth: 0.6});
  parts.handlers.html_ts.RegisterHTMLHandler(adaptor);
  const serializer = new parts.core.MmlTree.SerializedMmlVisitor.SerializedMmlVisitor();
  const fontData = parts.output.fonts['mathjax-newcm'].svg_ts.MathJaxNewcmFont;

  // One for all posts: a second font of the same data never finds the ranges that the first has loaded.
  const svg = new parts.output.svg_ts.SVG({
    fontData, fontCache: 'local', linebreaks: {inline: false}, displayOverflow: 'overflow', exFactor: 0.442,
    mtextInheritFont: false, merrorInheritFont: false,
  });
  svg.font.params.rule_thickness = 0.04;

  let state;

  function start({macros = {}, katexMacros = {}, width = 80}) {
    const tex = new parts.input.tex_ts.TeX({
      packages, macros, tags: 'ams', maxMacros: 10000, maxBuffer: 51200,
      formatError(_, error) { throw error; },
    });
    const mml = new parts.input.mathml_ts.MathML({});
    state = {
      tex, katexMacros, width: 16 * width,
      fromTex: mathjax.document('', {InputJax: tex, OutputJax: svg}),
      fromMathML: mathjax.document('', {InputJax: mml, OutputJax: svg}),
    };
  }

  function draw(page, source, display) {
    const item = new page.options.MathItem(source, page.inputJax[0], display);
    item.setMetrics(16, 7.072, state.width, 1);
    item.compile(page);
    const mathml = serializer.visitTree(item.root);
    item.typeset(page);
    return {svg: adaptor.innerHTML(item.typesetRoot), mathml};
  }

  // Some of what KaTeX refuses it sets in its error colour, or as the word `undefined`, without an exception.
  const refusal = '#fe01fe';
  function throughKatex(tex, display) {
    const html = katex.renderToString(tex, {
      displayMode: display, output: 'mathml', macros: {...state.katexMacros}, maxExpand: 10000,
      throwOnError: true, errorColor: refusal, strict: 'ignore', trust: false,
    });
    const mathml = html.replace(/^<span class="katex">|<annotation[^]*?<\/annotation>|<\/span>$/g, '');
    for (const sign of [refusal, 'undefined']) {
      if (mathml.includes(sign) && !tex.includes(sign)) throw new Error('KaTeX cannot draw it');
    }
    return draw(state.fromMathML, mathml, display);
  }

  // QuickJS throws null when memory is out; the host must see that and start afresh.
  function words(problem) {
    if (problem === null) throw new Error('out of memory');
    return String(problem.message || problem);
  }

  function render({tex, display}) {
    let error, id;
    try {
      return {via: 'mathjax', ...draw(state.fromTex, tex, display)};
    } catch (problem) { [error, id] = [words(problem), problem.id]; }
    try {
      return {via: 'katex', why: error, ...throughKatex(tex, display)};
    } catch (problem) { return {error, id, katex: words(problem), position: problem.position}; }
  }

  globalThis.maths = {
    start(options) { start(JSON.parse(options)); return true; },
    render: request => JSON.stringify(render(JSON.parse(request))),
  };
  start({});
})();

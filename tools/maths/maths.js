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

  // MathJax's own writer spends most of its time on indents, entities and notes to itself.
  class Writer extends parts.core.MmlTree.SerializedMmlVisitor.SerializedMmlVisitor {
    getAttributes(node) {
      const own = node.attributes.getAllAttributes();
      let all = node.isKind('math') ? ' xmlns="http://www.w3.org/1998/Math/MathML"' : '';
      for (const name of Object.keys(own)) {
        const value = name === 'mathvariant' ? this.getAttributeList(node)[name] : own[name];
        if (value !== undefined && !name.startsWith('data-')) all += ` ${name}="${this.quoteHTML(String(value))}"`;
      }
      return all;
    }
    getDataAttributes() { return {}; }
    visitInferredMrowNode(node) { return this.inside(node); }
    visitDefault(node) {
      const [kind, inside] = [this.getKind(node), this.inside(node)];
      return `<${kind}${this.getAttributes(node)}>${node.isToken && !/\S/.test(inside) ? '' : inside}</${kind}>`;
    }
    inside(node) {
      let all = '';
      for (const child of node.childNodes) all += this.visitNode(child, '');
      return all;
    }
    quoteHTML(text) {
      const signs = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};
      return /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, sign => signs[sign]) : text;
    }
  }
  const serializer = new Writer();
  const fontData = parts.output.fonts['mathjax-newcm'].svg_ts.MathJaxNewcmFont;

  // One for all posts: a second font of the same data never finds the ranges that the first has loaded.
  const svg = new parts.output.svg_ts.SVG({
    fontData, fontCache: 'none', linebreaks: {inline: false, lineleading: 0.5}, displayOverflow: 'overflow',
    exFactor: 0.442, mtextInheritFont: false, merrorInheritFont: false,
  });
  svg.font.params.rule_thickness = 0.04;

  // The nodes of a drawing never see a page: nobody reads their styles, nor the attributes copied from the MathML.
  adaptor.setStyle = () => {};
  adaptor.node = (kind, attributes = {}, children = []) => {
    const node = adaptor.create(kind);
    for (const name of Object.keys(attributes)) {
      if (name !== 'style') node.attributes[name] = String(attributes[name]);
    }
    for (const child of children) adaptor.append(node, child);
    return node;
  };
  parts.output.svg.Wrapper.SvgWrapper.prototype.handleAttributes = () => {};

  // Each node's own TeX as an attribute is a tenth of the time, and nobody reads it;
  parts.input.tex.TexParser.default.prototype.updateResult = () => {};

  const defining = /\\(?:(?:re|provide)?newcommand|renewcommand|[gex]?def|let|DeclareMathOperator)(?![A-Za-z])/;
  let state;

  function start({macros = {}, katexMacros = {}}) {
    const tex = new parts.input.tex_ts.TeX({
      packages, macros, tags: 'ams', maxMacros: 10000, maxBuffer: 51200,
      formatError(_, error) { throw error; },
    });
    tex.postFilters.remove(parts.input.tex.bussproofs.BussproofsUtil.makeBsprAttributes);  // as are notes on proofs
    const mml = new parts.input.mathml_ts.MathML({});
    state = {
      tex, katexMacros,
      fromTex: mathjax.document('', {InputJax: tex, OutputJax: svg}),
      fromMathML: mathjax.document('', {InputJax: mml, OutputJax: svg}),
    };
  }

  // `em`: the measure that a display is folded for, 0 for none.
  function draw(page, source, display, em) {
    svg.options.displayOverflow = em ? 'linebreak' : 'overflow';
    svg.options.linebreaks.inline = !display;
    svg.containerWidth = em || Infinity;  // else a table takes the last formula's
    const item = new page.options.MathItem(source, page.inputJax[0], display);
    item.setMetrics(16, 7.072, 16 * (em || 80), 1);
    item.compile(page);
    const mathml = em ? '' : serializer.visitTree(item.root);
    const places = {indentalign: 'left', indentshift: '2em', indentshiftfirst: '0'};  // of the lines of a fold
    for (const [name, value] of Object.entries(places)) item.root.attributes.set(name, value);
    item.typeset(page);
    return {parts: drawings(item.typesetRoot), mathml};
  }

  // Numbers and labels are the caller's: what it knows goes in, what the formula adds comes out.
  function throughMathJax({tex, display, number = 0, labels = {}, again = false, em = 0}) {
    const tags = state.tex.parseOptions.tags;
    tags.reset(number);
    tags.refUpdate = again;  // its own labels are no duplicates then
    for (const [name, tag] of Object.entries(labels)) tags.allLabels[name] = {tag, id: name};
    const drawn = draw(state.fromTex, tex, display, em);
    const own = Object.entries(tags.allLabels).filter(([name]) => !Object.hasOwn(labels, name));
    return {
      via: 'mathjax', ...drawn, numbers: tags.allCounter - number, unresolved: Boolean(tags.redo),
      labels: Object.fromEntries(own.map(([name, {tag}]) => [name, [].concat(tag).join('')])),
    };
  }

  // Some of what KaTeX refuses it sets in its error colour, or as the word `undefined`, without an exception.
  const refusal = '#fe01fe';
  function katexed(tex, display, output) {
    const made = katex.renderToString(tex, {
      displayMode: display, output, macros: state.katexMacros, globalGroup: true, maxExpand: 10000,
      throwOnError: true, errorColor: refusal, strict: 'ignore', trust: false,
    }).replace(/<annotation[^]*?<\/annotation>/g, '');
    for (const sign of [refusal, 'undefined']) {
      if (made.includes(sign) && !tex.includes(sign)) throw new Error('KaTeX cannot draw it');
    }
    return made;
  }

  function throughKatex({tex, display, em = 0}) {
    const plain = tex.replace(/\\label\s*\{[^{}]*\}/g, '');
    const mathml = katexed(plain, display, 'mathml').replace(/^<span class="katex">|<\/span>$/g, '');
    return draw(state.fromMathML, mathml, display, em);
  }

  // What a post defines for MathJax, KaTeX must know as well.
  function learn(tex) {
    if (!defining.test(tex)) return;
    try { katexed(tex, true, 'mathml'); } catch { /* MathJax took it, and draws it */ }
  }

  // QuickJS throws null when memory is out; the host must see that and start afresh.
  function words(problem) {
    if (problem === null) throw new Error('out of memory');
    return String(problem.message || problem);
  }

  // `\\word` where `\word` is a command: a line end and letters, which hardly anybody means.
  function glued(tex) {
    const known = state.tex.parseOptions.handlers.get('macro');
    const found = tex.matchAll(/(?<!\\)(?:\\\\)+([A-Za-z]{2,})/g);
    return [...new Set([...found].map(match => match[1]))].filter(name => known.contains(name));
  }

  function render(formula) {
    const {tex} = formula;
    let error, id;
    try {
      const drawn = throughMathJax(formula);
      learn(tex);
      return {...drawn, glued: glued(tex)};
    } catch (problem) { [error, id] = [words(problem), problem.id]; }
    try {
      return {via: 'katex', why: error, ...throughKatex(formula), glued: glued(tex)};
    } catch (problem) { return {error, id, katex: words(problem), position: problem.position}; }
  }

  // Does KaTeX by itself draw it, as a web page would?  For the benchmark.
  function accepted({tex, display}) {
    try {
      return Boolean(katexed(tex, display, 'html'));
    } catch (problem) { return words(problem) === null; }
  }

  globalThis.maths = {
    start(options) { start(JSON.parse(options)); return true; },
    render: request => JSON.stringify({...render(JSON.parse(request)), outlines: newOutlines()}),
    accepted: request => accepted(JSON.parse(request)),
  };
  start({});
})();

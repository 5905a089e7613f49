// MathJax's SVG tree → the items of a drawing, as booklet/maths/drawing.py documents them: nothing is written as text
// to be parsed again.  Nodes are those of MathJax's own small DOM: `kind`, `attributes`, `children`, `value`.
(() => {
  const identity = [1, 0, 0, 1, 0, 0];
  const plain = {fill: null, stroke: null, width: 0, anchor: 'left'};
  const round = 0.5523;  // the control points of a quarter of a circle of radius 1

  // First n, then m, as SVG multiplies.  By index: taking arrays apart by pattern is what an interpreter is slow at.
  const times = (m, n) => [
    m[0] * n[0] + m[2] * n[1], m[1] * n[0] + m[3] * n[1],
    m[0] * n[2] + m[2] * n[3], m[1] * n[2] + m[3] * n[3],
    m[0] * n[4] + m[2] * n[5] + m[4], m[1] * n[4] + m[3] * n[5] + m[5],
  ];

  const four = n => Math.round(n * 1e4) / 1e4;
  const rounded = m => [four(m[0]), four(m[1]), four(m[2]), four(m[3]), four(m[4]), four(m[5])];

  const turned = (degrees, x = 0, y = 0) => {
    const angle = degrees * Math.PI / 180;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    return times(times([1, 0, 0, 1, x, y], [cos, sin, -sin, cos, 0, 0]), [1, 0, 0, 1, -x, -y]);
  };

  const matrices = {  // SVG 1.1, 7.6
    translate: (x, y = 0) => [1, 0, 0, 1, x, y],
    scale: (x, y = x) => [x, 0, 0, y, 0, 0],
    rotate: turned,
    skewX: degrees => [1, 0, Math.tan(degrees * Math.PI / 180), 1, 0, 0],
    matrix: (...n) => n,
  };

  function transform(text) {
    const comma = text.indexOf(',');
    if (comma > 0 && text.startsWith('translate(') && text.indexOf(')') === text.length - 1) {  // nearly every one
      return [1, 0, 0, 1, +text.slice(10, comma), +text.slice(comma + 1, -1)];
    }
    let result = identity;
    for (const [, kind, list] of text.matchAll(/(\w+)\(([^)]*)\)/g)) {
      result = times(result, matrices[kind](...list.trim().split(/[ ,]+/).map(Number)));
    }
    return result;
  }

  const number = (node, name, otherwise = 0) => {
    const value = node.attributes[name];
    return value === undefined || value === '' ? otherwise : parseFloat(value);
  };

  const box = (x, y, w, h) => `M${x} ${y}L${x + w} ${y}L${x + w} ${y + h}L${x} ${y + h}Z`;

  function oval(x, y, rx, ry) {
    const [kx, ky] = [rx * round, ry * round];
    return `M${x + rx} ${y}C${x + rx} ${y + ky} ${x + kx} ${y + ry} ${x} ${y + ry}` +
      `C${x - kx} ${y + ry} ${x - rx} ${y + ky} ${x - rx} ${y}C${x - rx} ${y - ky} ${x - kx} ${y - ry} ${x} ${y - ry}` +
      `C${x + kx} ${y - ry} ${x + rx} ${y - ky} ${x + rx} ${y}Z`;
  }

  const shapes = {
    path: node => {
      const {d = ''} = node.attributes;
      return d.length < 9 && /^\s*(?:M0 0)?\s*$/.test(d) ? '' : known(d);
    },
    rect: node => {
      const [x, y, w, h] = ['x', 'y', 'width', 'height'].map(name => number(node, name));
      return w && h ? box(x, y, w, h) : '';
    },
    line: node => {
      const [x1, y1, x2, y2] = ['x1', 'y1', 'x2', 'y2'].map(name => number(node, name));
      return `M${x1} ${y1}L${x2} ${y2}`;
    },
    ellipse: node => oval(...['cx', 'cy', 'rx', 'ry'].map(name => number(node, name))),
  };

  // The outline of a glyph goes to the host once; afterwards its number is enough.
  const outlines = new Map();
  let fresh = [];

  function known(outline) {
    if (outline.length < 60) return outline;  // a rule: there is no end of those
    let number = outlines.get(outline);
    if (number === undefined) {
      number = outlines.size;
      outlines.set(outline, number);
      fresh.push(outline);
    }
    return number;
  }

  globalThis.newOutlines = () => {
    const all = fresh;
    fresh = [];
    return all;
  };

  const dashes = {'mjx-dashed': '120 80', 'mjx-dotted': '40 60'};
  const colour = (own, inherited) => (own === undefined ? inherited : own === 'currentColor' ? null : own);
  const words = node => (node.kind === '#text' ? node.value : (node.children || []).map(words).join(''));

  // A formula with a number is moved to the middle of a page that MathJax imagines; here the page is real.
  const places = (node, text) => text.includes('scale(0.0')
    || (text.startsWith('translate(0 ') && text.includes('matrix(1 0 0 -1') && text.includes('scale('))
    || (node.attributes['data-mml-node'] === 'mtable' && text.split('translate').length === 3);

  class Walk {
    constructor(stretch) {
      this.stretch = stretch;
      this.items = [];
    }

    inside(node, matrix, pen) {
      for (const child of node.children) {
        if (child.kind !== '#text' && child.kind !== 'defs') this.element(child, matrix, pen);
      }
    }

    element(node, outer, above) {
      const {attributes, kind} = node;
      const {transform: text, fill, stroke} = attributes;
      const width = attributes['stroke-width'];
      const moved = text && !(this.stretch && places(node, text));
      const matrix = moved ? times(outer, transform(text)) : outer;
      const same = fill === undefined && stroke === undefined && width === undefined;
      const pen = same ? above : {
        ...above, fill: colour(fill, above.fill), stroke: colour(stroke, above.stroke),
        width: number(node, 'stroke-width', above.width),
      };
      if (kind === 'g') this.inside(node, matrix, pen);
      else if (kind in shapes) this.shape(node, matrix, pen);
      else if (kind === 'text') this.text(node, matrix, pen);
      else if (kind === 'svg') this.nested(node, matrix, pen);
      else this.inside(node, matrix, pen);
    }

    // A path, rectangle, line or ellipse: filled, or drawn with a pen.  The rules of a table have their pen from
    // MathJax's style sheet: here it is LaTeX's.
    shape(node, matrix, pen) {
      const {attributes} = node;
      const path = shapes[node.kind](node);
      if (path === '' || attributes['data-hitbox']) return;
      const rule = attributes['data-line'] || attributes['data-frame'];
      if (rule || node.kind === 'line' || pen.fill === 'none') {
        const width = rule ? number(node, 'stroke-thickness', 40) : pen.width;
        const dash = (attributes['stroke-dasharray'] || dashes[attributes.class] || '').split(/[ ,]+/).filter(Boolean);
        if (pen.stroke !== 'none' && width) {
          this.items.push(['stroke', pen.anchor, rounded(matrix), path, pen.stroke, width, dash.map(Number)]);
        }
      } else {
        this.items.push(['fill', pen.anchor, rounded(matrix), path, pen.fill]);
      }
    }

    text(node, matrix, pen) {
      const {attributes} = node;
      const style = [attributes['font-style'] === 'italic', attributes['font-weight'] === 'bold'];
      const all = words(node);
      if (all) {
        const size = number(node, 'font-size', 1000);
        this.items.push(['text', pen.anchor, rounded(matrix), size, all, pen.fill, ...style]);
      }
    }

    nested(node, matrix, pen) {
      const {attributes} = node;
      const view = (attributes.viewBox || '').split(' ').filter(Boolean).map(Number);
      if (view.length && (attributes['data-table'] || attributes['data-labels'])) {
        const table = Boolean(attributes['data-table']);
        const shift = table ? -(view[0] + view[2] / 2) : -(view[0] + view[2]);
        this.inside(node, [1, 0, 0, 1, shift, 0], {...plain, anchor: table ? 'centre' : 'right'});
        return;
      }
      const [x, y, w, h] = ['x', 'y', 'width', 'height'].map(name => number(node, name));
      const inner = times(matrix, [1, 0, 0, 1, x, y]);
      if (!view.length) {
        this.inside(node, inner, pen);
        return;
      }
      const [sx, sy] = [w / view[2], h / view[3]];
      this.items.push(['clip', pen.anchor, inner, 0, 0, w, h]);
      this.inside(node, times(inner, [sx, 0, 0, sy, -view[0] * sx, -view[1] * sy]), pen);
      this.items.push(['end']);
    }
  }

  // Where the first part of the outermost row is blank, and where its second part stands, in em.
  function start(node) {
    let row = node;
    while (row && row.attributes['data-mml-node'] !== 'math') row = row.children.find(child => child.kind === 'g');
    const parts = row ? row.children : [];
    const place = part => (part && part.attributes.transform ? transform(part.attributes.transform)[4] / 1000 : 0);
    const blank = part => part.attributes['data-mml-node'] === 'mspace';
    if (!parts.length || !blank(parts[0])) return {blank: 0, lead: place(parts[1])};
    return {blank: place(parts.find(part => !blank(part))), lead: 0};
  }

  function single(node) {
    const {attributes} = node;
    const stretch = attributes.viewBox === undefined;
    const [x, y, width, height] = (attributes.viewBox || attributes['data-mjx-viewBox']).split(' ').map(Number);
    const walk = new Walk(stretch);
    walk.inside(node, identity, plain);
    const size = {width: width / 1000, height: -y / 1000, depth: (height + y) / 1000, left: x};
    return {...size, stretch, items: walk.items, ...start(node)};
  }

  // What MathJax typeset: one drawing, or several, each with what stands before it.
  globalThis.drawings = container => {
    const parts = [];
    let gap = '', forced = false;
    for (const node of container.children) {
      if (node.kind === 'svg') {
        parts.push({...single(node), gap, break: forced});
        [gap, forced] = ['', false];
      } else if (node.kind === 'mjx-break') {
        gap = node.attributes.size || gap;
        forced ||= node.attributes.newline !== undefined;
      }
    }
    return parts;
  };
})();

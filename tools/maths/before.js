// Evaluated between MathJax's core and its other components.  They look for three parts of a loader that only a web
// page has; empty stand-ins are enough.  A warning nobody would see becomes an error.
{
  const loud = message => { throw new Error(message); };
  globalThis.console = {warn: loud, error: loud};
  Object.assign(MathJax._.components, {package: {}, loader: {}, startup: {MathJax}});
}

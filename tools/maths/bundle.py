"""Joins the scripts that four npm packages publish into the maths bundle: same packages, same bytes, no bundler.

bundle(node_modules, output)  →  output/maths.js, output/ranges/*.js, output/LICENSES.txt
"""

import json
import shutil
from pathlib import Path

HERE = Path(__file__).parent
FONT = "@mathjax/mathjax-newcm-font"
CHEMISTRY = "@mathjax/mathjax-mhchem-font-extension"
PACKAGES = ("mathjax", FONT, CHEMISTRY, "katex")
EXTENSIONS = (
    "newcommand textmacros enclose ams empheq "  # the others build on these
    "amscd bbox begingroup boldsymbol braket bussproofs cancel cases centernot color colortbl configmacros extpfeil "
    "gensymb html mathtools mhchem tagformat textcomp unicode units upgreek verb"
).split()


def scripts(modules: Path) -> list[Path]:
    """All scripts, in the order in which they need one another."""
    tex = modules / "mathjax/input/tex/extensions"
    return [
        modules / "mathjax/core.js",
        HERE / "before.js",
        modules / "mathjax/adaptors/liteDOM.js",
        modules / "mathjax/input/tex-base.js",
        *(tex / f"{name}.js" for name in EXTENSIONS),
        modules / "mathjax/input/mml.js",
        modules / "mathjax/output/svg.js",
        modules / FONT / "svg.js",
        modules / CHEMISTRY / "svg.js",
        modules / "katex/dist/katex.min.js",
        modules / "katex/dist/contrib/mhchem.min.js",
        HERE / "drawing.js",
        HERE / "maths.js",
    ]


def bundle(modules: Path, output: Path) -> None:
    """Write the bundle. SystemExit when a package is not the version that the lock file pins."""
    pins = json.loads((HERE / "package-lock.json").read_text("utf-8"))["packages"]
    notices = [notice(modules / name, name, pins[f"node_modules/{name}"]) for name in PACKAGES]
    output.mkdir(parents=True, exist_ok=True)
    text = ";\n".join(path.read_text("utf-8") for path in scripts(modules))
    (output / "maths.js").write_text(text, "utf-8", newline="\n")
    (output / "LICENSES.txt").write_text("\n\n".join(notices), "utf-8", newline="\n")
    shutil.rmtree(output / "ranges", ignore_errors=True)
    shutil.copytree(modules / FONT / "svg/dynamic", output / "ranges", copy_function=shutil.copyfile)


def notice(folder: Path, name: str, pin: dict) -> str:
    """Name, version and licence text of a package that the bundle holds."""
    version = json.loads((folder / "package.json").read_text("utf-8"))["version"]
    if version != pin["version"]:
        raise SystemExit(f"maths: {name} is {version}, the lock file pins {pin['version']}")
    licence = folder / "LICENSE"
    words = licence.read_text("utf-8") if licence.exists() else f"{pin['license']}, as under mathjax\n"
    return f"{name} {version}\n\n{words}"

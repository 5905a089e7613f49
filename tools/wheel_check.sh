#!/bin/sh
# A wheel, installed in an empty environment outside the checkout, builds a Hugo site: themes, templates, fonts found.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$here"
.venv/bin/python -c "from hatchling.builders.wheel import WheelBuilder; print(*WheelBuilder('.').build(directory='$work', versions=['standard']))"
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps "$work"/*.whl
[ ! -d .venv/lib/booklet-native ] || cp -r .venv/lib/booklet-native "$work/venv/lib/"
mkdir -p "$work/site/content/posts"
printf 'title = "x"\n' > "$work/site/hugo.toml"
printf -- '---\ntitle: 面试题-基础（1）\n---\n\n- ### 1. 什么是 $\\sqrt{d_k}$？\n\n  方差。\n' > "$work/site/content/posts/one.md"
cd "$work/site"
"$work/venv/bin/booklet" build --cache "$work/cache"
ls -l dist
test -s dist/mian-shi-ti.pdf && test -s dist/mian-shi-ti.epub && echo "wheel-check: ok"

#!/bin/sh
# install.sh LOCK: what a lock file pins, every hash checked, and booklet itself in place (editable).
set -eu
lock=$1
echo "setup: $lock" >&2
if command -v uv >/dev/null; then
  uv pip install --quiet --compile-bytecode --python .venv/bin/python --require-hashes -r "$lock"
else
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
fi
# booklet in place, without a build: its folder on the path and the command beside Python
site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
pwd > "$site/booklet.pth"
cat > .venv/bin/booklet <<SCRIPT
#!$PWD/.venv/bin/python
from booklet.cli import main

if __name__ == "__main__":  # workers read this file as well
    main()
SCRIPT
chmod +x .venv/bin/booklet

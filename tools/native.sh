#!/bin/sh
# native.sh TARGET: what Pango and HarfBuzz need on Debian and Ubuntu, unpacked into TARGET as any user.
# Does nothing where the system has them. booklet/native.py loads what lies there.
set -eu
target=$1
python=$2
if "$python" - <<'PYTHON'
import ctypes, sys
try:
    for name in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0", "libharfbuzz-subset.so.0", "libfontconfig.so.1"):
        ctypes.CDLL(name)
except OSError:
    sys.exit(1)
PYTHON
then exit 0; fi
command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || {
  echo "setup: Pango and HarfBuzz are missing. Install them and run make again:" >&2
  echo "  Fedora: dnf install pango    Arch: pacman -S pango    macOS: brew install pango" >&2
  exit 5
}
work=$(mktemp -d "${TMPDIR:-/tmp}/booklet-native.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/debs"
apt="apt-get -qq -o Dir::State::lists=$work/lists -o Dir::Cache=$work/cache -o APT::Sandbox::User="
echo "setup: fetching Pango and HarfBuzz (no system package is installed)" >&2
$apt update || { echo "setup: apt cannot reach its mirror; check /etc/apt/sources.list and the network" >&2; exit 5; }
wanted=$(apt-cache -o Dir::State::lists="$work/lists" -o Dir::Cache="$work/cache" depends --recurse --no-recommends --no-suggests --no-conflicts \
  --no-breaks --no-replaces --no-enhances libpangoft2-1.0-0 libharfbuzz-subset0 | grep '^[a-z0-9]' | sort -u |
  grep -vE '^(libc6|libgcc-s1|gcc-.*-base|libcrypt1|debconf.*|dpkg|tar|perl.*|libpam.*|ucf|sensible-utils|fonts-.*|fontconfig-config|cdebconf)$')
cd "$work/debs"
$apt download $wanted || { echo "setup: a package could not be fetched" >&2; exit 5; }
for deb in *.deb; do dpkg-deb -x "$deb" "$work/root"; done
mkdir -p "$target"
find "$work/root" -name '*.so*' -not -path '*/gconv/*' -exec cp -L {} "$target" \; 2>/dev/null
